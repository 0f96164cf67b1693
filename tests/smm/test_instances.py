"""The SMM's operations on instances that come and go (clause 5.3.3), each against clients that answer from a script."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from harness.clients.errors import Conflict
from harness.smm.operations import Done, Failed, Waiting
from harness.smm.operations.instances import (
    AwaitInstantiation,
    CommitInstance,
    FindHost,
    InstantiateEntity,
    ReleaseUnlessInhabited,
    TerminateEntity,
    TransferState,
    UnlockApplication,
)

LOCKED = {"operationalState": "STARTED", "administrativeState": "LOCKED"}
SERVING = {"operationalState": "STARTED", "administrativeState": "UNLOCKED"}


class Instances:
    """One host."""

    def __init__(self, there: bool, state: dict[str, str] | None = None) -> None:
        self.there = there
        self.asked: list[Any] = []
        self.made: list[dict[str, str]] = []
        self.application = state or SERVING

    def read(self) -> dict[str, Any]:
        return {"instantiationState": "INSTANTIATED" if self.there else "NOT_INSTANTIATED", "resources": self.made}

    def instantiate(self, body: dict[str, Any]) -> str:
        self.asked.append(body)
        return "i1"

    def terminate(self, how: str) -> str:
        self.asked.append(how)
        return "e1"

    def export_state(self) -> dict[str, str]:
        return {"from": str(id(self))}

    def import_state(self, data: dict[str, str]) -> None:
        self.asked.append(data)

    def mano_entity(self) -> dict[str, Any]:
        return {"manoApplicationState": self.application, "softwareVersion": "2.0.0"}

    def change_application(self, request: Any) -> str:
        self.asked.append(request)
        return "c1"


def context(
    source: Instances, destination: Instances, at: str = "destination", facts: dict[str, Any] | None = None, **more: Any
) -> Any:
    """As much of a context as these operations use."""
    hosts = {name: SimpleNamespace(instances=one, information=one) for name, one in (("a", source), ("b", destination))}
    here, there = ("b", "a") if at == "destination" else ("a", "b")
    known = facts or {}
    given = {
        "launch": SimpleNamespace(target="a", destination_actor="b"),
        "entities": hosts,
        "instance": hosts[here],
        "at": here,
        "other": there,
        "memory": {},
        "notified": {},
        "find": known.get,
        "parameter": lambda name, default=None: known.get(f"?{name}", default),
        "version": lambda: "2.0.0",
        "reserved": lambda: [{"provider": "vim", "reservationId": "r1"}],
        "fact": lambda name: known.get(name, {}),
        "now": SimpleNamespace(fact=lambda name: known.get(name, {})),
        "earlier": [],
    }
    return SimpleNamespace(**{**given, **more})


def test_a_host_has_to_be_empty_and_the_state_model_there() -> None:
    assert isinstance(FindHost().do(context(Instances(True), Instances(False))), Done)
    assert isinstance(FindHost().do(context(Instances(True), Instances(True))), Failed)
    stateless = {"capability": {"stateModel": False}}
    assert isinstance(FindHost().do(context(Instances(True), Instances(False), facts=stateless)), Failed)


def test_who_is_there_is_not_instantiated_again() -> None:
    """So that the way back may be entered at row 3 whether the source is gone or not."""
    empty, full = Instances(False), Instances(True)
    assert InstantiateEntity().do(context(full, empty)) == Done({"instanceOpOccId": "i1", "there": False})
    assert empty.asked[0]["replaces"] == "a"
    assert InstantiateEntity().do(context(full, empty, at="source")) == Done({"instanceOpOccId": None, "there": True})
    assert not full.asked


@pytest.mark.parametrize(("state", "outcome"), [(LOCKED, Done), (SERVING, Failed)])
def test_an_instance_that_came_has_to_be_locked(state: dict[str, str], outcome: type) -> None:
    report = {"instanceOpOccId": "i1", "operationState": "COMPLETED"}
    now = {"?of": "x", "x": {"instanceOpOccId": "i1"}}
    one = context(Instances(True), Instances(True, state), facts=now, notified={"i1": report})
    assert isinstance(AwaitInstantiation().do(one), outcome)


def test_state_goes_from_one_to_the_other_or_back_to_its_owner() -> None:
    """What nobody took over, its owner takes back (I-023)."""
    source, destination = Instances(True), Instances(True)
    assert TransferState().do(context(source, destination)) == Done({"state": "b"})
    assert destination.asked == [source.export_state()]
    back = {"?takeBack": True}
    TransferState().do(context(source, destination, at="source", facts={**back, "state": "b"}))
    TransferState().do(context(source, destination, at="source", facts=back))
    assert source.asked == [destination.export_state(), source.export_state()]


def test_who_is_unlocked_stays_so() -> None:
    serving, locked = Instances(True, SERVING), Instances(True, LOCKED)
    assert isinstance(UnlockApplication().do(context(Instances(True), serving)), Done)
    assert isinstance(UnlockApplication().do(context(Instances(True), locked, facts={})), Waiting)
    assert (len(serving.asked), len(locked.asked)) == (0, 1)


def test_nobody_is_terminated_twice() -> None:
    source = Instances(False)
    assert TerminateEntity().do(context(source, Instances(True), at="source")) == Done({"instanceOpOccId": None})
    assert not source.asked


def test_a_commit_wants_one_instance_only() -> None:
    assert isinstance(CommitInstance().do(context(Instances(False), Instances(True))), Done)
    assert isinstance(CommitInstance().do(context(Instances(True), Instances(True))), Failed)
    assert isinstance(CommitInstance().do(context(Instances(False), Instances(True, LOCKED))), Failed)


def test_what_an_instance_lives_on_is_not_given_back() -> None:
    """Else a commit would take the floor away from under the destination."""
    given: list[str] = []

    class Provider:
        def release(self, id: str) -> None:
            given.append(id)
            if id == "busy":
                raise Conflict("DELETE", 409, {})

    destination = Instances(True)
    destination.made = [{"reservationId": "r1"}]
    found = [{"reservationId": name, "provider": "vim", "made": True} for name in ("r1", "r2")]
    one = context(Instances(False), destination, earlier=found)
    one.entities["vim"] = SimpleNamespace(resources=Provider())
    assert ReleaseUnlessInhabited().do(one) == Done()
    assert given == ["r2"]
    one.earlier = [{"reservationId": "busy", "provider": "vim", "made": True}]
    assert isinstance(ReleaseUnlessInhabited().do(one), Failed)
