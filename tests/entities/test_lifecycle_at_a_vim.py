"""A VNFM that takes the compute of its VNFs from a VIM: refusals, lost answers, failures, and the way back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from mocks.entities.vnf_lifecycle import VnfLifecycle
from tests.entities.lifecycle_bench import INSTANTIATE, PARAMS, bench
from tests.fakes import RecordingPeers


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
