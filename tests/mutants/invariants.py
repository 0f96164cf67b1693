"""Wrong parts that break an invariant where no step of a feature looks; the docstring of each is its one lie."""

from __future__ import annotations

from typing import cast

from harness.smm import Subject
from harness.smm.operations import Context, Done, Outcome
from harness.smm.operations.modification import RequestSoftwareModification
from harness.smm.operations.target import Unsubscribe
from harness.sut.surroundings import Surroundings
from mocks.entities.core import Core
from mocks.entities.information import Information
from mocks.entities.ports import Body
from mocks.entities.software_modification import SoftwareModification
from tests.mutants.mutant import Mutant
from tests.mutants.replanned import wrong

LOGS = "nfvmanologm-v1"


class BlinksAfterwards(SoftwareModification):
    """Locks an interface when it has reported completion, and opens it again before anybody needs it."""

    def list(self) -> list[Body]:
        _say(self._core, "LOCKED")
        _say(self._core, "UNLOCKED")
        return super().list()

    def commit(self, id: str) -> Body:
        _say(self._core, "LOCKED")
        _say(self._core, "UNLOCKED")
        return super().commit(id)


def _say(core: Core, administrative: str) -> None:
    """Tell whoever listens that the interface of the logs has changed its state, as it has for this moment."""
    information = cast("Information", core.power(Information))
    information.subscriptions.publish(
        lambda subscription: {
            "id": core.ids.uuid(),
            "notificationType": "ChangeStateNotification",
            "subscriptionId": subscription.id,
            "changeStateOperationState": "COMPLETED",
            "managedObjectRef": {"type": "MANO_SERVICE_IF", "objectId": core.name, "subObjectId": LOGS},
            "operationalState": "STARTED",
            "administrativeState": administrative,
        }
    )


class LeavesAnOperationOpen(SoftwareModification):
    """Lists, beside what it did, an operation of the SMM that is still under way when all is over."""

    def list(self) -> list[Body]:
        there = super().list()
        over = bool(there) and there[-1]["committed"]
        return [{**there[-1], "id": self._core.name, "operationState": "PROCESSING"}, *there] if over else there


def never_unsubscribes(surroundings: Surroundings) -> Subject:
    """Leaves its subscriptions at target and tester when a process is over."""

    class Leave(Unsubscribe):
        def do(self, context: Context) -> Outcome:
            return Done()

    return wrong(surroundings, {"unsubscribe": Leave()})


def touches_more_on_the_way_back(surroundings: Surroundings) -> Subject:
    """Starts, on the way back, an interface that nobody had stopped."""

    class Request(RequestSoftwareModification):
        def do(self, context: Context) -> Outcome:
            if context.parameter("version") == "source":
                start = {"administrativeStateChange": {"administrativeStateAction": "UNLOCK"}}
                context.target.information.change_interface(LOGS, start)
            return super().do(context)

    return wrong(surroundings, {"request-software-modification": Request()})


def _of(make: str, kind: str, breaks: str) -> Mutant:
    actor = "vnfm" if kind == "entity" else None
    return Mutant(make.lower(), kind, f"{__name__}:{make}", "", actor=actor, breaks=breaks)  # type: ignore[arg-type]


MUTANTS = (
    _of("BlinksAfterwards", "entity", "continuity"),
    _of("LeavesAnOperationOpen", "entity", "closure"),
    _of("never_unsubscribes", "smm", "leaks"),
    _of("touches_more_on_the_way_back", "smm", "mirror"),
)
