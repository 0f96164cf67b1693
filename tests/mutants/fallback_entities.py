"""Entities and testers that are wrong in a fallback (clause 5.9); each docstring is the one lie."""

from __future__ import annotations

from mocks.entities.discovery import discover
from mocks.entities.errors import StepFailed
from mocks.entities.information import Information
from mocks.entities.peering import Peering
from mocks.entities.ports import Body
from mocks.entities.restoration import Fallback, RestorationPoints
from mocks.entities.state_changes import StateChange
from mocks.entities.suites import Suite
from mocks.entities.test_run import TestRun
from mocks.entities.test_runs import TestRuns


class SkipsDiscovery(RestorationPoints):
    """Reports its state reconciled without having asked what it really manages."""

    fallback_class = type("Skips", (Fallback,), {"_discover": lambda self: None, "_reconcile": lambda self: None})


class AdjustsNothing(RestorationPoints):
    """Discovers what it really manages, and leaves its books as they are."""

    class Idle(Fallback):
        def _reconcile(self) -> None:
            self.note(differences=[])

    fallback_class = Idle


class ComesUpUnlocked(RestorationPoints):
    """Serves its users before anybody has unlocked it."""

    class Open(Fallback):
        def _come_up(self) -> None:
            super()._come_up()
            information = self.core.power(Information)
            if information:
                information._application.put("STARTED", "UNLOCKED")

    fallback_class = Open


class DoesNotNotify(RestorationPoints):
    """Reconciles its state, and notifies nobody."""

    class Silent(Fallback):
        def _tell_reconciled(self) -> None:
            """Nobody is told."""

    fallback_class = Silent


class KeepsItsBooks(RestorationPoints):
    """Goes back to the version of the restoration point, and keeps what it has noted down since."""

    class Half(Fallback):
        def _restore(self) -> None:
            self.core.software_version = self.point.software_version

    fallback_class = Half


class HidesItsFailure(RestorationPoints):
    """Carries on as if restored when the restoration has failed."""

    class Brave(Fallback):
        def failed(self, error: StepFailed) -> None:
            self._come_up()
            self._actual = discover(self.core)
            self._reconcile()
            self.finished()

    fallback_class = Brave


class HasNoPart(RestorationPoints):
    """Does not know of the restoration point that says it holds its state."""

    def list(self) -> list[Body]:
        return []


class StopsAtItsLeisure(Information):
    """Waits for ongoing work when it is stopped by force."""

    def change_state(self, request: Body) -> StateChange:
        stop = request.get("operationalStateChange", {})
        eased = {**request, "operationalStateChange": {**stop, "stopType": "GRACEFUL"}} if stop else request
        return super().change_state(eased)


class IsLockedAfterwards(Information):
    """Reports itself locked, whatever it is."""

    def entity(self) -> Body:
        told = super().entity()
        return {**told, "manoApplicationState": {**told["manoApplicationState"], "administrativeState": "LOCKED"}}


class RestoresOnItsOwn(Peering):
    """Asks an entity to restore itself, past the Fallback Manager."""

    def check(self, peer: str) -> Body:
        self._core.peers.request(peer, "POST", "/nfvmanoswm/v1/restoration_points/mine/restore")
        return super().check(peer)


class CallsItselfAFunctionalEntity(Information):
    """Says that it is a functional entity, though functional entities manage it."""

    def entity(self) -> Body:
        return {**super().entity(), "type": "NFVO"}


class KnowsOneTargetOnly(TestRuns):
    """Has test suites for one functional entity, and none for the rest of NFV-MANO."""

    def suites(self, target: str | None = None, software_version: str | None = None) -> list[Body]:
        return super().suites(target, software_version) if target == "vnfm" else []


class NeverLooks(TestRuns):
    """Passes everything without a look."""

    class Blind(TestRun):
        def probe(self, suite: Suite) -> list[str]:
            return []

    run_class = Blind
