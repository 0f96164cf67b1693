"""Wrong targets under suspension and undo (clause 5.7.1); each docstring is the one lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from mocks.entities.information import Information
from mocks.entities.modification_operation import ModificationOperation
from mocks.entities.ports import Body
from mocks.entities.runner import Step, nothing
from mocks.entities.software_modification import SoftwareModification
from tests.mutants.entities import SERVICE


class _Retold:
    """A modification that tells something else of itself."""

    def __init__(self, operation: ModificationOperation, body: Body) -> None:
        self.id, self.in_progress = operation.id, operation.in_progress
        self.state = body["operationState"]
        self._body = body

    def body(self) -> Body:
        return self._body


def _retold(operation: ModificationOperation, **changes: object) -> ModificationOperation:
    return cast("ModificationOperation", _Retold(operation, {**operation.body(), **changes}))


class _Retelling(SoftwareModification):
    """Tells in reports and answers what `changes` makes of the truth."""

    def changes(self, body: Body) -> Body:
        raise NotImplementedError

    def _heard(self, operation: ModificationOperation) -> None:
        super()._heard(_retold(operation, **self.changes(operation.body())))

    def _body(self, operation: ModificationOperation) -> Body:
        told = super()._body(operation)
        return {**told, **self.changes(told)}


class NeverSaysThatItBegan(_Retelling):
    """Says of its work that it is starting, until it stands still or is over."""

    def changes(self, body: Body) -> Body:
        return {"operationState": "STARTING"} if body["operationState"] in ("PROCESSING", "SUSPENDING") else {}


class CountsBackwards(_Retelling):
    """Says how much is left where it should say how much is done."""

    def changes(self, body: Body) -> Body:
        return {"percentage": 100 - body["percentage"]} if body["operationState"] != "COMPLETED" else {}


class ReportsOnlyTheEnd(SoftwareModification):
    """Tells nobody of its steps while it is at them."""

    def _heard(self, operation: ModificationOperation) -> None:
        if operation.state in ("STARTING", "PROCESSING", "SUSPENDING"):
            self._tell_admission(operation)
        else:
            super()._heard(operation)


class SuspendsAnywhere(SoftwareModification):
    """Lets itself be suspended at a step at which its descriptor does not allow it."""

    class operation_class(ModificationOperation):  # noqa: N801  (it overrides an attribute)
        def _plan(self) -> list[Step]:
            return [replace(step, safe=True) for step in super()._plan()]


class LocksWhileSuspended(SoftwareModification):
    """Is locked to its users as long as its work is suspended."""

    class operation_class(ModificationOperation):  # noqa: N801
        def suspended(self) -> None:
            _turn(self, "UNLOCKED", "LOCK")
            super().suspended()

        def resume(self, resources: Sequence[Body] = ()) -> None:
            _turn(self, "LOCKED", "UNLOCK")
            super().resume(resources)

        def undo(self, resources: Sequence[Body] = ()) -> None:
            _turn(self, "LOCKED", "UNLOCK")
            super().undo(resources)


def _turn(operation: ModificationOperation, present: str, action: str) -> None:
    information = cast("Information", operation.core.power(Information))
    machine = information._interfaces.get(SERVICE).state.administrative
    if machine.state == present:
        machine.fire(action)
        machine.fire("done")


class AnswersThatItGoesOn(SoftwareModification):
    """Reports that its work is suspended, and answers whoever asks that it goes on."""

    def _body(self, operation: ModificationOperation) -> Body:
        told = super()._body(operation)
        return {**told, "operationState": "PROCESSING"} if told["operationState"] == "SUSPENDED" else told


class SaysNothingOfItsNeed(_Retelling):
    """Suspends its work by itself, and does not say what it needs."""

    def changes(self, body: Body) -> Body:
        return {"assistance": None}


class KeepsWhatItUndid(SoftwareModification):
    """Undoes its work and keeps the resources that it took for it."""

    class operation_class(ModificationOperation):  # noqa: N801
        def _plan(self) -> list[Step]:
            first, *rest = super()._plan()
            return [replace(first, undo=nothing), *rest]
