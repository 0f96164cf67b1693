"""Operations that reach an entity while its software is being modified (GR clause 5.2.2.8)."""

from __future__ import annotations

import pytest

from mocks.entities.admission import OperationAdmission, PendingOperation
from mocks.entities.errors import NotFound
from tests.fakes import make_core


class Operation:
    """An operation that remembers what became of it."""

    def __init__(self, identifier: str = "op-1", type: str = "VNF_LCM") -> None:
        self.pending = PendingOperation(type, identifier, "INSTANTIATE", "nfvo")
        self.fate: list[str] = []

    def ask(self, admission: OperationAdmission) -> Operation:
        admission.admit(self.pending, lambda: self.fate.append("ran"), lambda: self.fate.append("given back"))
        return self


@pytest.fixture
def admission() -> OperationAdmission:
    return OperationAdmission(make_core("VNFM"))


def during(admission: OperationAdmission, **handling: str) -> OperationAdmission:
    admission.modification_began(handling)
    return admission


def test_runs_at_once_without_a_modification(admission):
    """Without a modification in progress every operation runs at once."""
    assert Operation().ask(admission).fate == ["ran"]
    assert admission.list() == []


def test_parallel_is_the_default(admission):
    """A type of operation that the request did not mention runs in parallel."""
    assert Operation().ask(during(admission, VRM="DELAY")).fate == ["ran"]


@pytest.mark.parametrize("handling", ["DELAY", "NOTIFY_CONSUMER", "SUSPEND"])
def test_kept_operation_is_listed(admission, handling):
    """An operation that is not executed now stands in the list with its consumer and its handling."""
    operation = Operation().ask(during(admission, VNF_LCM=handling))
    (kept,) = admission.list()
    assert operation.fate == []
    assert admission.get(kept["id"]) == kept
    assert {k: v for k, v in kept.items() if k not in ("id", "_links")} == {
        "operationType": "VNF_LCM",
        "operationOccurrenceId": "op-1",
        "operation": "INSTANTIATE",
        "consumer": "nfvo",
        "handling": handling,
    }


@pytest.mark.parametrize("handling", ["DELAY", "NOTIFY_CONSUMER"])
def test_kept_operation_outlasts_the_modification(admission, handling):
    """A delayed operation waits for execute or return even when the modification has ended; new ones run."""
    operation = Operation().ask(during(admission, VNF_LCM=handling))
    admission.modification_suspended()
    admission.modification_resumed()
    admission.modification_ended()
    assert operation.fate == []
    assert Operation("op-2").ask(admission).fate == ["ran"]
    admission.execute(admission.list()[0]["id"])
    assert operation.fate == ["ran"]
    assert admission.list() == []


def test_returned_operation_never_runs(admission):
    """An operation given back ends once and cannot be executed any more."""
    operation = Operation().ask(during(admission, VNF_LCM="NOTIFY_CONSUMER"))
    identifier = admission.list()[0]["id"]
    assert admission.give_back(identifier) == operation.pending
    with pytest.raises(NotFound):
        admission.execute(identifier)
    assert operation.fate == ["given back"]


def test_suspended_modification_lets_those_run_that_asked_for_it(admission):
    """Reaching SUSPENDED runs all kept SUSPEND operations, in their order, and none of the others."""
    during(admission, VNF_LCM="SUSPEND", VRM="DELAY")
    operations = [
        Operation("op-1").ask(admission),
        Operation("op-2").ask(admission),
        Operation("op-3", "VRM").ask(admission),
    ]
    admission.modification_suspended()
    assert [operation.fate for operation in operations] == [["ran"], ["ran"], []]


def test_suspend_operation_runs_at_once_while_suspended_and_waits_after_resume(admission):
    """While SUSPENDED there is nothing to wait for; after the resume there is again."""
    during(admission, VNF_LCM="SUSPEND").modification_suspended()
    assert Operation("op-1").ask(admission).fate == ["ran"]
    admission.modification_resumed()
    assert Operation("op-2").ask(admission).fate == []


def test_suspend_operation_runs_when_the_modification_ends_unsuspended(admission):
    """When the suspension came too late, the end of the modification is the next possibility."""
    operation = Operation().ask(during(admission, VNF_LCM="SUSPEND"))
    admission.modification_ended()
    assert operation.fate == ["ran"]


def test_forceful_stop_gives_kept_operations_back(admission):
    """A kept operation of an entity that is stopped by force is given back, not forgotten."""
    operation = Operation().ask(during(admission, VNF_LCM="DELAY"))
    admission.interrupt("stopped")
    assert operation.fate == ["given back"]
    assert admission.list() == []


def test_unknown_operation_is_named(admission):
    """Asking for an operation that is not kept names its id."""
    for ask in (admission.get, admission.execute, admission.give_back):
        with pytest.raises(NotFound, match="nope"):
            ask("nope")
