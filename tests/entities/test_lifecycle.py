from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from mocks.entities.admission import OperationAdmission
from mocks.entities.core import Core
from mocks.entities.errors import Conflict, NotFound, StepFailed, Unprocessable
from mocks.entities.interruption import Interruptible, Restorable
from mocks.entities.lifecycle import Lifecycle
from mocks.entities.lifecycle_operations import NS_OPERATIONS, VNF_OPERATIONS
from mocks.entities.ns_lifecycle import NsLifecycle
from mocks.entities.vnf_lifecycle import VnfLifecycle
from tests.fakes import RecordingPeers, World, make_core

NS_REQUEST = {"nsdId": "nsd", "nsName": "ns", "nsDescription": "an NS"}
VNF_REQUEST = {"vnfdId": "vnfd"}
INSTANTIATE = {"flavourId": "small", "nsFlavourId": "small"}

PARAMS: dict[str, dict[str, Any]] = {
    "INSTANTIATE": INSTANTIATE,
    "SCALE": {"type": "SCALE_OUT", "aspectId": "default"},
    "SCALE_TO_LEVEL": {"scaleInfo": [{"aspectId": "default", "scaleLevel": 2}]},
    "CHANGE_FLAVOUR": {"newFlavourId": "large"},
    "CHANGE_VNFPKG": {"vnfdId": "vnfd-2"},
    "OPERATE": {"changeStateTo": "STOPPED"},
    "MODIFY_INFO": {"vnfInstanceName": "renamed", "metadata": {"a": 1}},
}


@dataclass
class VimPeers(RecordingPeers):
    """A VIM that does at once, or never, what it is asked; `refusals` are statuses of the next POSTs."""

    resources: dict[str, str] = field(default_factory=dict)
    operations: list[dict[str, Any]] = field(default_factory=list)
    refusals: list[int | None] = field(default_factory=list)
    outcome: str = "COMPLETED"
    carried_out: bool = True

    def request(self, to: str, method: str, path: str, body: Any = None) -> tuple[int | None, Any]:
        self._note("request", to, method, path, body)
        path = path.partition("?")[0]
        if method == "GET":
            return 200, self.operations if path.endswith("op_occs") else self._listed()
        if method == "POST":
            return self._allocate(body["name"])
        name = path.rpartition("/")[2]
        if name not in self.resources:
            return 404, {"detail": "gone"}
        del self.resources[name]
        self._operation("TERMINATE", name)
        return 202, None

    def posts(self) -> int:
        return sum(call[2] == "POST" for call in self.calls if call[0] == "request")

    def _allocate(self, name: str) -> tuple[int | None, Any]:
        status = self.refusals.pop(0) if self.refusals else 202
        if status == 202 or (status is None and self.carried_out):
            made = f"compute-{len(self.operations)}"
            self.resources[made] = name
            self._operation("ALLOCATE", made)
        return status, None if status in (202, None) else {"detail": "Insufficient resources"}

    def _operation(self, operation: str, id: str) -> None:
        self.operations.append({"operation": operation, "computeResourceId": id, "operationState": self.outcome})
        if self.outcome == "ROLLED_BACK" and operation == "ALLOCATE":
            del self.resources[id]

    def _listed(self) -> list[dict[str, str]]:
        return [{"id": made, "name": name} for made, name in self.resources.items()]


@dataclass
class Bench:
    """One lifecycle power in a fake world, with a subscriber."""

    power: Lifecycle
    core: Core

    @property
    def clock(self) -> Any:
        return self.core.clock

    @property
    def gate(self) -> Any:
        return self.core.gate

    @property
    def peers(self) -> Any:
        return self.core.peers

    def instance(self) -> str:
        return str(self.power.create(NS_REQUEST | VNF_REQUEST, "oss")["id"])

    def instantiated(self) -> str:
        made = self.instance()
        self.do(made, "instantiate", INSTANTIATE)
        return made

    def do(self, id: str, task: str, params: dict[str, Any] | None = None) -> str:
        """Start an operation and let it run as far as it comes; returns its occurrence."""
        occurrence = self.power.start(id, task, params or {}, "oss")
        self.clock.run()
        return occurrence

    def again(self, occurrence: str, task: str) -> None:
        self.power.again(occurrence, task)
        self.clock.run()

    def state(self, occurrence: str) -> str:
        return str(self.power.occurrence(occurrence)["operationState"])

    def told(self, occurrence: str | None = None) -> list[str]:
        """The states that subscribers heard of."""
        key = self.power.dialect.occurrence_id
        return [
            body["operationState"]
            for body in self.peers.notifications()
            if key in body and occurrence in (None, body[key])
        ]


def bench(cls: type[Lifecycle], peers: RecordingPeers | None = None, **profile: Any) -> Bench:
    world = World(peers=peers) if peers else World()
    core = make_core("VNFM" if cls is VnfLifecycle else "NFVO", world=world, **profile)
    power = core.give(cls(core))
    power.subscriptions.add("http://observer/callbacks")
    return Bench(power, core)


@pytest.fixture(params=[NsLifecycle, VnfLifecycle])
def both(request: pytest.FixtureRequest) -> Bench:
    """Each of the two lifecycles in its turn."""
    return bench(request.param)


def test_a_created_instance_is_not_instantiated_and_announced(both):
    """Creation makes an identifier, tells of it, and can be taken back by deletion."""
    made = both.instance()
    assert "NOT_INSTANTIATED" in both.power.get(made).values()
    both.power.delete(made, "oss")
    both.clock.run()
    prefix = both.power.dialect.prefix
    assert [body["notificationType"] for body in both.peers.notifications()] == [
        f"{prefix}IdentifierCreationNotification",
        f"{prefix}IdentifierDeletionNotification",
    ]
    with pytest.raises(NotFound):
        both.power.get(made)


def test_an_operation_is_told_of_at_each_change_of_state(both):
    """STARTING, PROCESSING, COMPLETED, each with who asked for it; the last is a result."""
    made = both.instantiated()
    assert "INSTANTIATED" in both.power.get(made).values()
    assert both.told() == ["STARTING", "PROCESSING", "COMPLETED"]
    last = both.peers.notifications()[-1]
    assert (last["notificationStatus"], last["requestedBy"], last["operation"]) == ("RESULT", "oss", "INSTANTIATE")


def test_an_accepted_operation_has_not_begun(both):
    """The answer goes out while the occurrence is STARTING."""
    occurrence = both.power.start(both.instance(), "instantiate", INSTANTIATE, "oss")
    assert both.state(occurrence) == "STARTING"


@pytest.mark.parametrize(
    ("cls", "task", "name"),
    [
        *((VnfLifecycle, operation.task, operation.name) for operation in VNF_OPERATIONS),
        *((NsLifecycle, operation.task, operation.name) for operation in NS_OPERATIONS),
    ],
)
def test_each_operation_completes_where_it_is_possible(cls, task, name):
    """Every operation walks its steps through the gate under its kind of work."""
    world = bench(cls)
    made = world.instance() if task == "instantiate" else world.instantiated()
    world.gate.points.clear()
    occurrence = world.do(made, task, PARAMS.get(name, {}))
    operation = world.power.dialect.operation(task)
    assert world.state(occurrence) == "COMPLETED"
    assert world.power.occurrence(occurrence)["operation"] == name
    assert world.gate.points == [f"{world.power.dialect.kind}/{step}" for step in operation.steps]


def test_operations_leave_their_mark_on_a_vnf():
    """Flavour, state, information and scale level of a VNF are those that were asked for."""
    world = bench(VnfLifecycle)
    made = world.instantiated()
    for operation in ("SCALE_TO_LEVEL", "CHANGE_FLAVOUR", "OPERATE", "MODIFY_INFO"):
        world.do(made, {"MODIFY_INFO": ""}.get(operation, operation.lower()), PARAMS[operation])
    vnf = world.power.get(made)
    info = vnf["instantiatedVnfInfo"]
    assert (info["flavourId"], info["vnfState"]) == ("large", "STOPPED")
    assert info["scaleStatus"] == [{"aspectId": "default", "scaleLevel": 2}]
    assert len(info["vnfcResourceInfo"]) == 3
    assert (vnf["vnfInstanceName"], vnf["metadata"]) == ("renamed", {"a": 1})


def test_a_busy_instance_takes_no_second_operation(both):
    """While an operation has not ended, not even a broken one, others are refused and so is deletion."""
    made = both.instance()
    both.gate.failing[f"{both.power.dialect.kind}/{first_step(both)}"] = StepFailed("broken")
    occurrence = both.do(made, "instantiate", INSTANTIATE)
    with pytest.raises(Conflict, match=f"busy.*{occurrence}"):
        both.power.start(made, "instantiate", INSTANTIATE, "oss")
    with pytest.raises(Conflict, match="busy"):
        both.power.delete(made, "oss")
    both.power.fail(occurrence)
    both.power.delete(made, "oss")


def test_the_state_of_the_instance_decides_what_is_possible(both):
    """Only what is instantiated can be terminated, only what is not can be instantiated or deleted."""
    made = both.instance()
    with pytest.raises(Conflict, match="NOT_INSTANTIATED"):
        both.power.start(made, "terminate", {}, "oss")
    both.do(made, "instantiate", INSTANTIATE)
    with pytest.raises(Conflict, match="needs NOT_INSTANTIATED"):
        both.power.start(made, "instantiate", INSTANTIATE, "oss")
    with pytest.raises(Conflict, match="terminate it first"):
        both.power.delete(made, "oss")
    both.do(made, "terminate")
    both.power.delete(made, "oss")


def test_a_broken_step_can_be_tried_again(both):
    """FAILED_TEMP with the error, then retry: the broken step is done anew, those before it are not."""
    made, last = both.instance(), broken_at_last_step(both)
    occurrence = both.do(made, "instantiate", INSTANTIATE)
    assert both.state(occurrence) == "FAILED_TEMP"
    assert both.power.occurrence(occurrence)["error"]["detail"] == "broken"
    both.gate.failing.clear()
    both.gate.points.clear()
    both.again(occurrence, "retry")
    assert both.state(occurrence) == "COMPLETED"
    assert both.gate.points == [last]
    assert "error" not in both.power.occurrence(occurrence)
    assert both.told(occurrence) == ["STARTING", "PROCESSING", "FAILED_TEMP", "PROCESSING", "COMPLETED"]


def test_a_broken_operation_can_be_rolled_back(both):
    """Rollback undoes in reverse order, the broken step included, and leaves the instance as it was."""
    made, last = both.instance(), broken_at_last_step(both)
    before = both.power.get(made)
    occurrence = both.do(made, "instantiate", INSTANTIATE)
    both.gate.points.clear()
    both.again(occurrence, "rollback")
    assert both.state(occurrence) == "ROLLED_BACK"
    assert both.gate.points[0] == last.replace("/", "/undo-")
    assert len(both.gate.points) == len(both.power.dialect.operation("instantiate").steps)
    assert both.power.get(made) == before
    assert both.told(occurrence)[-2:] == ["ROLLING_BACK", "ROLLED_BACK"]


def test_a_rollback_can_break_and_be_taken_up_in_either_direction(both):
    """A half undone step is undone again by rollback, or done again by retry."""
    made, last = both.instance(), broken_at_last_step(both)
    occurrence = both.do(made, "instantiate", INSTANTIATE)
    undo = last.replace("/", "/undo-")
    both.gate.failing = {undo: StepFailed("broken again")}
    both.again(occurrence, "rollback")
    assert both.state(occurrence) == "FAILED_TEMP"
    both.gate.failing.clear()
    both.gate.points.clear()
    both.again(occurrence, "retry")
    assert both.gate.points == [last]
    assert both.state(occurrence) == "COMPLETED"


def test_an_ns_goes_on_after_a_broken_step():
    """Continue is the NS's own: the broken step is left undone."""
    world = bench(NsLifecycle)
    made = world.instance()
    world.gate.failing["ns-lcm-operation/vnfs"] = StepFailed("broken")
    occurrence = world.do(made, "instantiate", INSTANTIATE)
    world.gate.points.clear()
    world.again(occurrence, "continue")
    assert world.gate.points == ["ns-lcm-operation/connect"]
    assert world.state(occurrence) == "COMPLETED"


def test_a_vnf_operation_knows_no_continue():
    """SOL 003 has no such task."""
    world = bench(VnfLifecycle)
    made = world.instance()
    broken_at_last_step(world)
    occurrence = world.do(made, "instantiate", INSTANTIATE)
    with pytest.raises(Conflict, match="fail, retry, rollback"):
        world.power.again(occurrence, "continue")


@pytest.mark.parametrize("task", ["retry", "rollback", "fail"])
def test_only_a_broken_operation_can_be_taken_up(both, task):
    """In any state but FAILED_TEMP, the tasks of a broken operation are conflicts."""
    occurrence = both.do(both.instance(), "instantiate", INSTANTIATE)
    with pytest.raises(Conflict):
        both.power.fail(occurrence) if task == "fail" else both.power.again(occurrence, task)


def test_cancelling_before_the_work_begins_just_ends_it(both):
    """STARTING goes to ROLLED_BACK, no step is taken, and the instance is free again."""
    made = both.instance()
    occurrence = both.power.start(made, "instantiate", INSTANTIATE, "oss")
    both.power.cancel(occurrence, "GRACEFUL")
    both.clock.run()
    assert both.told(occurrence) == ["STARTING", "ROLLED_BACK"]
    assert both.gate.points == []
    both.power.delete(made, "oss")


def test_a_forceful_cancel_stops_the_step_under_way(both):
    """PROCESSING goes to FAILED_TEMP at once, and the step that was under way is without effect."""
    first = f"{both.power.dialect.kind}/{first_step(both)}"
    both.gate.closed.add(first)
    occurrence = both.do(both.instance(), "instantiate", INSTANTIATE)
    both.power.cancel(occurrence, "FORCEFUL")
    assert both.state(occurrence) == "FAILED_TEMP"
    both.gate.open(first)
    both.clock.run()
    assert both.gate.points == [first]
    both.again(occurrence, "rollback")
    assert both.state(occurrence) == "ROLLED_BACK"


def test_a_graceful_cancel_lets_the_step_under_way_end(both):
    """The occurrence says that a cancel is pending until the step is done."""
    first = f"{both.power.dialect.kind}/{first_step(both)}"
    both.gate.closed.add(first)
    occurrence = both.do(both.instance(), "instantiate", INSTANTIATE)
    both.power.cancel(occurrence, "GRACEFUL")
    pending = both.power.occurrence(occurrence)
    assert (pending["operationState"], pending["isCancelPending"], pending["cancelMode"]) == (
        "PROCESSING",
        True,
        "GRACEFUL",
    )
    both.gate.open(first)
    both.clock.run()
    assert both.state(occurrence) == "FAILED_TEMP"
    assert not both.power.occurrence(occurrence)["isCancelPending"]


def test_a_cancelled_walk_does_not_disturb_the_retry(both):
    """Work of the walk before, let go late, changes nothing of the present one."""
    first = f"{both.power.dialect.kind}/{first_step(both)}"
    both.gate.closed.add(first)
    occurrence = both.do(both.instance(), "instantiate", INSTANTIATE)
    both.power.cancel(occurrence, "FORCEFUL")
    both.again(occurrence, "retry")
    both.gate.open(first)
    both.clock.run()
    assert both.told(occurrence).count("COMPLETED") == 1
    assert both.gate.points.count(f"{both.power.dialect.kind}/{last_step(both)}") == 1


def test_an_operation_that_has_ended_cannot_be_cancelled(both):
    """COMPLETED stays COMPLETED."""
    occurrence = both.do(both.instance(), "instantiate", INSTANTIATE)
    with pytest.raises(Conflict):
        both.power.cancel(occurrence, "FORCEFUL")


def test_an_operation_kept_by_a_software_modification_stays_starting(both):
    """Admission decides: kept it is STARTING, executed it runs, and the consumer is known by name (5.2.2.8)."""
    admission = both.core.give(OperationAdmission(both.core))
    admission.modification_began({both.power.dialect.type: "DELAY"})
    occurrence = both.do(both.instance(), "instantiate", INSTANTIATE)
    (kept,) = admission.list()
    assert (kept["operationOccurrenceId"], kept["operation"], kept["consumer"]) == (occurrence, "INSTANTIATE", "oss")
    assert both.told(occurrence) == ["STARTING"]
    admission.execute(kept["id"])
    both.clock.run()
    assert both.state(occurrence) == "COMPLETED"


def test_an_operation_given_back_ends_rolled_back_and_frees_the_instance(both):
    """Never executed, told to the subscribers, and the consumer can ask again."""
    admission = both.core.give(OperationAdmission(both.core))
    admission.modification_began({both.power.dialect.type: "NOTIFY_CONSUMER"})
    made = both.instance()
    occurrence = both.do(made, "instantiate", INSTANTIATE)
    admission.give_back(admission.list()[0]["id"])
    both.clock.run()
    assert both.told(occurrence) == ["STARTING", "ROLLED_BACK"]
    assert both.gate.points == []
    admission.modification_ended()
    assert both.state(both.do(made, "instantiate", INSTANTIATE)) == "COMPLETED"


def test_a_kept_operation_that_was_cancelled_does_not_run_later(both):
    """Executing it afterwards is without effect."""
    admission = both.core.give(OperationAdmission(both.core))
    admission.modification_began({both.power.dialect.type: "DELAY"})
    occurrence = both.do(both.instance(), "instantiate", INSTANTIATE)
    both.power.cancel(occurrence, "FORCEFUL")
    admission.execute(admission.list()[0]["id"])
    both.clock.run()
    assert both.state(occurrence) == "ROLLED_BACK"


def test_a_subscription_hears_only_what_its_filter_lets_through():
    """Types, operations and states of the filter all count."""
    world = bench(VnfLifecycle)
    wanted = {"operationTypes": ["TERMINATE"], "operationStates": ["COMPLETED"]}
    world.power.subscriptions.add("http://picky/callbacks", wanted)
    world.do(world.instantiated(), "terminate")
    heard = [body for uri, body in world.peers.delivered if uri == "http://picky/callbacks"]
    assert [(body["operation"], body["operationState"]) for body in heard] == [("TERMINATE", "COMPLETED")]


def test_scaling_beyond_the_aspect_is_refused():
    """An unknown aspect is no sense, a level out of reach is a conflict; neither makes the VNF busy."""
    world = bench(VnfLifecycle, maxScaleLevel=1)
    made = world.instantiated()
    with pytest.raises(Unprocessable, match="'default'"):
        world.power.start(made, "scale", {"type": "SCALE_OUT", "aspectId": "other"}, "oss")
    with pytest.raises(Conflict, match="0 to 1"):
        world.power.start(made, "scale", {"type": "SCALE_IN", "aspectId": "default"}, "oss")
    with pytest.raises(Conflict, match="0 to 1"):
        world.power.start(made, "scale", {"type": "SCALE_OUT", "aspectId": "default", "numberOfSteps": 2}, "oss")
    assert world.state(world.do(made, "scale", PARAMS["SCALE"])) == "COMPLETED"


def test_instances_and_occurrences_that_do_not_exist_are_not_found(both):
    """Unknown ids and tasks are NotFound, everywhere."""
    for call in (
        lambda: both.power.get("x"),
        lambda: both.power.delete("x", "oss"),
        lambda: both.power.start("x", "instantiate", {}, "oss"),
        lambda: both.power.occurrence("x"),
        lambda: both.power.again("x", "retry"),
        lambda: both.power.fail("x"),
        lambda: both.power.cancel("x", "GRACEFUL"),
        lambda: both.power.start(both.instance(), "dance", {}, "oss"),
    ):
        with pytest.raises(NotFound):
            call()


def test_a_vnf_takes_its_compute_from_the_vim():
    """Instantiate takes one compute resource, scaling out another, terminate gives both back."""
    world = bench(VnfLifecycle, VimPeers(), vim="vim")
    made = world.instantiated()
    info = world.power.get(made)["instantiatedVnfInfo"]
    assert [vnfc["computeResource"]["resourceId"] for vnfc in info["vnfcResourceInfo"]] == list(world.peers.resources)
    world.do(made, "scale", PARAMS["SCALE"])
    assert len(world.peers.resources) == 2
    world.do(made, "scale", {"type": "SCALE_IN", "aspectId": "default"})
    assert len(world.peers.resources) == 1
    occurrence = world.do(made, "terminate")
    assert world.state(occurrence) == "COMPLETED"
    assert world.peers.resources == {}


@pytest.mark.parametrize(("status", "retryable"), [(409, True), (503, True), (403, False)])
def test_a_vim_that_refuses_breaks_the_operation(status, retryable):
    """FAILED_TEMP names what was refused; retry asks the VIM again."""
    world = bench(VnfLifecycle, VimPeers(refusals=[status]), vim="vim")
    made = world.instance()
    occurrence = world.do(made, "instantiate", INSTANTIATE)
    error = world.power.occurrence(occurrence)["error"]
    assert world.state(occurrence) == "FAILED_TEMP"
    assert "POST /vrm/v1/compute_resources at vim" in error["detail"]
    assert error["retryable"] is retryable
    world.again(occurrence, "retry")
    assert world.state(occurrence) == "COMPLETED"
    assert len(world.peers.resources) == 1


@pytest.mark.parametrize("carried_out", [True, False])
def test_an_answer_of_the_vim_that_got_lost_is_looked_up_not_repeated(carried_out):
    """After a lost answer, retry finds the compute resource by its name and orders only what is missing."""
    world = bench(VnfLifecycle, VimPeers(refusals=[None], carried_out=carried_out), vim="vim")
    occurrence = world.do(world.instance(), "instantiate", INSTANTIATE)
    assert world.state(occurrence) == "FAILED_TEMP"
    world.again(occurrence, "retry")
    assert world.state(occurrence) == "COMPLETED"
    assert len(world.peers.resources) == 1
    assert world.peers.posts() == (1 if carried_out else 2)


def test_rollback_gives_back_what_a_lost_answer_left_behind():
    """Nothing stays allocated at the VIM."""
    world = bench(VnfLifecycle, VimPeers(refusals=[None]), vim="vim")
    occurrence = world.do(world.instance(), "instantiate", INSTANTIATE)
    assert len(world.peers.resources) == 1
    world.again(occurrence, "rollback")
    assert world.state(occurrence) == "ROLLED_BACK"
    assert world.peers.resources == {}


def test_an_allocation_that_fails_at_the_vim_breaks_the_operation():
    """The VIM accepted but could not: FAILED_TEMP, and retry orders anew."""
    world = bench(VnfLifecycle, VimPeers(outcome="FAILED"), vim="vim")
    occurrence = world.do(world.instance(), "instantiate", INSTANTIATE)
    assert "ended in FAILED" in world.power.occurrence(occurrence)["error"]["detail"]
    world.peers.outcome = "COMPLETED"
    world.again(occurrence, "retry")
    assert world.state(occurrence) == "COMPLETED"


def test_the_wait_for_the_vim_has_an_end():
    """An operation of the VIM that never ends breaks the step after the patience is over, with few questions."""
    world = bench(VnfLifecycle, VimPeers(outcome="PROCESSING"), vim="vim")
    occurrence = world.do(world.instance(), "instantiate", INSTANTIATE)
    assert "not carried out within 120 s" in world.power.occurrence(occurrence)["error"]["detail"]
    assert len(world.peers.named("request")) < 60


def test_the_wait_for_the_vim_ends_when_the_vim_is_done():
    """The step goes on as soon as the VIM says COMPLETED."""
    world = bench(VnfLifecycle, VimPeers(outcome="PROCESSING"), vim="vim")
    occurrence = world.power.start(world.instance(), "instantiate", INSTANTIATE, "oss")
    world.clock.run(5)
    assert world.state(occurrence) == "PROCESSING"
    world.peers.operations[0]["operationState"] = "COMPLETED"
    world.clock.run()
    assert world.state(occurrence) == "COMPLETED"


def test_what_a_failed_operation_left_behind_does_not_count():
    """After FAILED, a new attempt takes up what is there and ends with one compute resource."""
    world = bench(VnfLifecycle, VimPeers(refusals=[None]), vim="vim")
    made = world.instance()
    world.power.fail(world.do(made, "instantiate", INSTANTIATE))
    assert world.state(world.do(made, "instantiate", INSTANTIATE)) == "COMPLETED"
    assert len(world.peers.resources) == 1


def test_both_are_interruptible_and_restorable(both):
    """They offer what a stop by force and a restoration point need."""
    assert isinstance(both.power, Interruptible)
    assert isinstance(both.power, Restorable)


def test_an_interruption_ends_the_work_and_keeps_it_known(both):
    """A stop by force leaves FAILED_TEMP with its reason, so that no accepted operation is lost."""
    both.gate.closed.add(f"{both.power.dialect.kind}/{first_step(both)}")
    occurrence = both.do(both.instance(), "instantiate", INSTANTIATE)
    waiting = both.power.start(both.instance(), "instantiate", INSTANTIATE, "oss")
    both.power.interrupt("stopped by force")
    both.clock.run()
    assert both.power.occurrence(occurrence)["error"]["detail"] == "stopped by force"
    assert (both.state(occurrence), both.state(waiting)) == ("FAILED_TEMP", "ROLLED_BACK")


def test_a_restoration_brings_back_the_instances_as_they_were(both):
    """What came later is forgotten, what was deleted is there again."""
    kept, changed = both.instantiated(), both.instance()
    captured = both.power.capture()
    before = both.power.list()
    both.do(changed, "instantiate", INSTANTIATE)
    both.instance()
    both.do(kept, "terminate")
    both.power.delete(kept, "oss")
    both.power.restore(captured)
    assert sorted(both.power.list(), key=str) == sorted(before, key=str)
    assert len(both.power.occurrences()) == 1
    assert both.state(both.do(kept, "terminate")) == "COMPLETED"


def first_step(world: Bench) -> str:
    return world.power.dialect.operation("instantiate").steps[0]


def last_step(world: Bench) -> str:
    return world.power.dialect.operation("instantiate").steps[-1]


def broken_at_last_step(world: Bench) -> str:
    """Let the last step of the instantiation fail; returns its point."""
    point = f"{world.power.dialect.kind}/{last_step(world)}"
    world.gate.failing[point] = StepFailed("broken")
    return point
