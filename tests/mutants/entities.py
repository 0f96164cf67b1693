"""Wrong entities: each derives from a power of a mock and changes one thing; its docstring is its one lie."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from mocks.entities.admission import OperationAdmission, PendingOperation
from mocks.entities.core import Core
from mocks.entities.information import Information
from mocks.entities.lifecycle_occurrence import Asked, LifecycleOccurrence
from mocks.entities.logs import Logs
from mocks.entities.modification_operation import ModificationOperation
from mocks.entities.peering import Peering
from mocks.entities.ports import Body, Task
from mocks.entities.restoration import RestorationPoints
from mocks.entities.software_modification import SoftwareModification
from mocks.entities.virtualised_resources import VirtualisedResources
from mocks.entities.vnf_lifecycle import VnfLifecycle

SERVICE = "vnflcm-v1"


# How the target opens and closes its service interfaces (clause 5.2.3)


class AnnouncesNoInterfaces(SoftwareModification):
    """Says nothing of the new service interfaces in its descriptor."""

    def capability(self) -> Body:
        return {**super().capability(), "interfaceChanges": []}


class OpensUnlocked(SoftwareModification):
    """Opens its new service interfaces unlocked, for everybody at once."""

    class operation_class(ModificationOperation):  # noqa: N801
        def _switch(self, version: str) -> None:
            super()._switch(version)
            information = cast("Information", self.core.power(Information))
            for interface in information._interfaces.all():
                interface.state.administrative.state = "UNLOCKED"


class LeavesInterfacesBehind(Information):
    """Keeps its new service interfaces open after it went back to the source version."""

    def version_changed(self) -> None:
        if self._core.software_version != "1.0.0":
            super().version_changed()


# How the target modifies its software


class DoesNotSwitch(SoftwareModification):
    """Reports the destination version as deployed while the source version goes on running."""

    class operation_class(ModificationOperation):  # noqa: N801  (it overrides an attribute)
        def _switch(self, version: str) -> None:
            """Nothing begins to run."""


class KeepsItsAllocation(SoftwareModification):
    """Completes without giving back the resources it took for the modification."""

    class operation_class(ModificationOperation):  # noqa: N801
        def _clean(self) -> None:
            self.deployed.discard(self.source)


class ReportsTooEarly(SoftwareModification):
    """Reports completion as soon as the destination version runs, before it has given its resources back."""

    def _heard(self, operation: ModificationOperation) -> None:
        tidying = operation.state == "PROCESSING" and operation.body()["currentStep"] == "clean"
        super()._heard(_as_completed(operation) if tidying else operation)


class _Completed:
    """A modification that looks completed."""

    state = "COMPLETED"
    in_progress = False

    def __init__(self, operation: ModificationOperation) -> None:
        self.id = operation.id
        self._operation = operation

    def body(self) -> Body:
        ended = {"operationState": "COMPLETED", "result": "SUCCESSFUL", "percentage": 100, "error": None}
        return {**self._operation.body(), **ended}


def _as_completed(operation: ModificationOperation) -> ModificationOperation:
    return cast(ModificationOperation, _Completed(operation))


class NeverReports(SoftwareModification):
    """Does its work and never notifies anybody of it."""

    def _heard(self, operation: ModificationOperation) -> None:
        self._tell_admission(operation)


class ReportsAnotherResult(SoftwareModification):
    """Reports success to the SMM and answers whoever asks that the modification failed."""

    def get(self, id: str) -> Body:
        body = super().get(id)
        return {**body, "result": "FAILED"} if body["operationState"] == "COMPLETED" else body

    def list(self) -> list[Body]:
        return [self.get(body["id"]) for body in super().list()]


class LocksItsService(SoftwareModification):
    """Locks its service interface while it switches versions."""

    class operation_class(ModificationOperation):  # noqa: N801
        def stepped(self, step: str) -> None:
            if step == "deploy":
                _lock(self.core)
            elif step in ("switch", "undo-deploy"):
                _unlock(self.core)
            super().stepped(step)


class LocksBetweenSteps(SoftwareModification):
    """Locks its service interface inside a step of its work, and opens it again before the step ends."""

    class operation_class(ModificationOperation):  # noqa: N801
        def begin(self) -> None:
            self.core.gate = _LockingGate(self.core)
            super().begin()

        def _switch(self, version: str) -> None:
            super()._switch(version)
            _unlock(self.core)


class _LockingGate:
    """Locks whenever the work goes on from the gate before the switch."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._gate = core.gate

    def enter(self, point: str, proceed: Task, fail: Callable[[Exception], None]) -> None:
        def lock_and_proceed() -> None:
            _lock(self._core)
            proceed()

        self._gate.enter(point, lock_and_proceed if point == "software-modification/switch" else proceed, fail)


class StopsServingAfterCommit(SoftwareModification):
    """Is locked to its users from the commit on."""

    def commit(self, id: str) -> Body:
        _lock(self._core)
        return super().commit(id)


def _lock(core: Core) -> None:
    _turn(core, "UNLOCKED", "LOCK")


def _unlock(core: Core) -> None:
    _turn(core, "LOCKED", "UNLOCK")


def _turn(core: Core, present: str, action: str) -> None:
    information = core.power(Information)
    assert information is not None
    machine = information._interfaces.get(SERVICE).state.administrative
    if machine.state == present:
        machine.fire(action)
        machine.fire("done")


# How the target ends a modification that failed


class RollsForward(SoftwareModification):
    """Says that it rolled back to the source version while the destination version runs."""

    class operation_class(ModificationOperation):  # noqa: N801
        def undone(self) -> None:
            self.core.software_version = self.destination
            super().undone()


class CallsItRetryable(SoftwareModification):
    """Says of every automatic rollback that a retry is possible."""

    class operation_class(ModificationOperation):  # noqa: N801
        def undone(self) -> None:
            self._turn("undone", result="ROLLED_BACK_RETRY_POSSIBLE")


class HidesItsRollback(SoftwareModification):
    """Reports an automatic rollback as a modification that succeeded."""

    def _heard(self, operation: ModificationOperation) -> None:
        super()._heard(_as_completed(operation) if operation.state == "ROLLED_BACK" else operation)


# Commit and restoration points


class CommitsByItself(SoftwareModification):
    """Makes a modification final as soon as it has completed, without being asked."""

    class operation_class(ModificationOperation):  # noqa: N801
        def finished(self) -> None:
            self._turn("finish", result="SUCCESSFUL", committed=True)


class PretendsToCommit(SoftwareModification):
    """Answers that a modification is committed, and leaves it open."""

    def commit(self, id: str) -> Body:
        return {**self.get(id), "committed": True}


class ForgetsItsWork(SoftwareModification):
    """Started again after a crash, it goes on to say that it is at work."""

    def interrupt(self, reason: str) -> None:
        """Nobody is told."""


class RestoresNothing(RestorationPoints):
    """Reports a restoration as completed that put nothing back."""

    def restore(self, id: str, requested_by: str) -> Body:
        self._points.get(id).captured.clear()
        self._points.get(id).software_version = self._core.software_version
        return super().restore(id, requested_by)


class MakesNoRestorationPoint(RestorationPoints):
    """Answers that a restoration point was made, and has none."""

    def create(self, request: Body) -> Body:
        made = super().create(request)
        self._points.take(made["id"])
        return made

    def knows(self, id: str) -> bool:
        return True


class KeepsNoLogs(Logs):
    """Answers that special logs were started, and keeps none."""

    def create(self, request: Body) -> Body:
        made = super().create(request)
        self._jobs.take(made["id"])
        return made


# Operations of its consumers


class ExecutesAtOnce(OperationAdmission):
    """Executes an operation at once though it was told to delay it."""

    def admit(self, operation: PendingOperation, run: Task, give_back: Task) -> None:
        run()


class LosesPendingOperations(OperationAdmission):
    """Accepts an operation for later and forgets it."""

    def admit(self, operation: PendingOperation, run: Task, give_back: Task) -> None:
        handling = (self._handling or {}).get(operation.type, "PARALLEL")
        if handling not in ("DELAY", "NOTIFY_CONSUMER"):
            super().admit(operation, run, give_back)


class IgnoresSuspension(SoftwareModification):
    """Accepts to be suspended and goes on."""

    class operation_class(ModificationOperation):  # noqa: N801
        def suspend(self) -> None:
            self._turn("suspend")


class DropsOngoingOperations(SoftwareModification):
    """Ends the operations that are under way when its software begins to change."""

    def create(self, request: Body, requested_by: str) -> Body:
        made = super().create(request, requested_by)
        lifecycle = self._core.power(VnfLifecycle)
        assert lifecycle is not None
        lifecycle.interrupt("the software is being modified")
        return made


class LosesItsInstances(SoftwareModification):
    """Has forgotten the instances that it managed once the destination version runs."""

    def _heard(self, operation: ModificationOperation) -> None:
        lifecycle = self._core.power(VnfLifecycle)
        if lifecycle and operation.state == "COMPLETED":
            lifecycle._instances.take_all(lambda instance: True)
        super()._heard(operation)


class ExecutesTwice(VnfLifecycle):
    """Executes each operation of its consumers twice."""

    def start(self, id: str, task: str, params: Body, requested_by: str) -> str:
        first = super().start(id, task, params, requested_by)
        instance, operation = self._instances.get(id), self.dialect.operation(task)
        size = instance.members.size
        asked = Asked(operation, params, requested_by, size, operation.size(instance, params, self._core.profile))
        again = LifecycleOccurrence(self._core, self.dialect, instance, asked, self._announce)
        self._occurrences.add(again.id, again)
        self._announce(again)
        self._core.clock.call_later(0, again.begin)
        return first


# What actors say of themselves


class IsNotCompatible(SoftwareModification):
    """Offers a destination version that is not compatible with the source version on its interfaces."""

    def capability(self) -> Body:
        told = super().capability()
        only = [{**item, "versions": [told["softwareVersion"]]} for item in told["interfaceCompatibility"]]
        return {**told, "interfaceCompatibility": only}


class IsLocked(Information):
    """Takes part in the process though it is locked."""

    def entity(self) -> Body:
        told = super().entity()
        return {**told, "manoApplicationState": {**told["manoApplicationState"], "administrativeState": "LOCKED"}}


class SaysItIsAnElementManager(Information):
    """Says of itself that it is an element manager, no functional entity."""

    def entity(self) -> Body:
        return {**super().entity(), "type": "EM"}


class SaysItIsAnOrchestrator(Information):
    """Says of itself that it is a functional entity, though it is none."""

    def entity(self) -> Body:
        return {**super().entity(), "type": "NFVO"}


class Meddles(Peering):
    """Asks the target by itself to modify its software, past the SMM."""

    def check(self, peer: str) -> Body:
        path = "/nfvmanoswm/v1/software_modifications"
        self._core.peers.request(peer, "POST", path, {"destinationSoftwareVersion": "3.0.0"})
        return super().check(peer)


class SaysItReachesItsPeers(Peering):
    """Says that it can use its peers' services without trying."""

    def check(self, peer: str) -> Body:
        return {"peer": peer, "reachable": True, "status": 200, "detail": ""}


class IsFullAtFirst(VirtualisedResources):
    """Has no free resources when it is asked for them before the process."""

    asked = False

    def capacity(self) -> Body:
        told = super().capacity()
        first, self.asked = not self.asked, True
        return {**told, "available": dict.fromkeys(told["available"], 0)} if first else told
