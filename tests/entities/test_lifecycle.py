from __future__ import annotations

import pytest

from mocks.entities.admission import OperationAdmission
from mocks.entities.errors import Conflict, NotFound, StepFailed, Unprocessable
from mocks.entities.interruption import Interruptible, Restorable
from mocks.entities.lifecycle_operations import NS_OPERATIONS, VNF_OPERATIONS
from mocks.entities.ns_lifecycle import NsLifecycle
from mocks.entities.vnf_lifecycle import VnfLifecycle
from tests.entities.lifecycle_bench import INSTANTIATE, PARAMS, Bench, bench, broken_at_last_step, first_step, last_step


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
