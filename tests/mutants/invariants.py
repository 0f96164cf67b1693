"""Wrong parts that break an invariant where no step of a feature looks; the docstring of each is its one lie."""

from __future__ import annotations

from typing import cast

from harness.smm import Subject
from harness.smm.operations import Context, Done, Outcome
from harness.smm.operations.target import Unsubscribe
from harness.sut.surroundings import Surroundings
from mocks.entities.core import Core
from mocks.entities.information import Information
from mocks.entities.ports import Body
from mocks.entities.software_modification import SoftwareModification
from tests.mutants.mutant import Mutant
from tests.mutants.replanned import Data, step_of, wrong

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


def unwinds_in_the_wrong_order(surroundings: Surroundings) -> Subject:
    """On the way back stops the new service interfaces in the order in which it had started them."""

    def change(plan: Data) -> None:
        steps = plan["rollback"]["steps"]
        first, second = (step_of(plan, f"stop-new-towards-{whom}") for whom in ("entities", "fes"))
        one, other = steps.index(first), steps.index(second)
        steps[one], steps[other] = second, first

    return wrong(surroundings, change=change)


MUTANTS = (
    Mutant("blinks_afterwards", "entity", f"{__name__}:BlinksAfterwards", "", actor="vnfm", breaks="continuity"),
    Mutant(
        "leaves_an_operation_open", "entity", f"{__name__}:LeavesAnOperationOpen", "", actor="vnfm", breaks="closure"
    ),
    Mutant("never_unsubscribes", "smm", f"{__name__}:never_unsubscribes", "", breaks="leaks"),
    Mutant(
        "unwinds_in_the_wrong_order",
        "smm",
        f"{__name__}:unwinds_in_the_wrong_order",
        "interfaces_stopped 5.2.3.6-1#6",
        (
            "all_work_after 5.2.3.4-1#1; modification_committed 5.2.3.6-1#end; process_ended; "
            "protection_released 5.2.3.6-1#end; tests_passed 5.2.3.6-1#11"
        ),
        home="5_2_3_non_seamless",
        breaks="mirror",
    ),
)
