"""Wrong SMMs where a specific VNFM gives way to a generic one (clause 5.5.2); each docstring is the one lie."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from harness.clients.http import Body
from harness.smm import Subject
from harness.smm.operations import Context, Done, Outcome
from harness.smm.operations.network_service import UpdateNsd
from harness.smm.operations.testing import AwaitTests
from harness.smm.operations.traffic import RedirectTraffic
from harness.smm.operations.vnfms import INSTANCE, UNLOCK, FindGVnfm, RetireVnfm, UnlockVnfm
from harness.sut.surroundings import Surroundings
from tests.mutants.replanned import Data, Nothing, moved, step_of, without, wrong


def names_the_wrong_vnfm(surroundings: Surroundings) -> Subject:
    """Names a VNFM that does not know the VNF as its manager in the NSD."""

    class Update(UpdateNsd):
        def profile(self, context: Context, which: str) -> Body:
            return {**super().profile(context, which), "vnfmId": "svnfm-a"}

    return wrong(surroundings, {"update-nsd": Update()})


def replaces_the_path(surroundings: Surroundings) -> Subject:
    """Puts the path with the destination VNF in the place of the other, not in parallel."""

    class Update(UpdateNsd):
        def wanted(self, context: Context, content: Body) -> Body:
            made = super().wanted(context, content)
            if context.parameter("add") != "destination":
                return made
            source = self.vnf(context, "source")
            return {**made, "paths": [path for path in made["paths"] if source not in path["vnfProfileIds"]]}

    return wrong(surroundings, {"update-nsd": Update()})


def looks_at_no_load(surroundings: Surroundings) -> Subject:
    """Takes it for granted that a VNF without a share of the traffic handles none."""
    return wrong(surroundings, change=without("await-source-idle", "await-destination-idle"))


def removes_the_path_in_use(surroundings: Surroundings) -> Subject:
    """Removes the path of the source VNF while all the traffic is on it."""
    ids = ("remove-source-path", "associate-destination", "await-destination")

    def change(plan: Data) -> None:
        moved(*ids, behind="await-both")(plan)
        without("await-source-idle")(plan)

    return wrong(surroundings, change=change)


def redirects_all_at_once(surroundings: Surroundings) -> Subject:
    """Sends all new requests to the other VNF in one go, whatever the schedule says."""

    class Redirect(RedirectTraffic):
        def schedule(self, context: Context) -> list[int]:
            return [100]

    return wrong(surroundings, {"redirect-traffic": Redirect()})


def never_retries_a_deployment(surroundings: Surroundings) -> Subject:
    """Gives up a deployment that broke only for the time being."""

    def change(plan: Data) -> None:
        step_of(plan, "await-both")["failure"]["transient"] = {"rollback": "undo-update"}

    return wrong(surroundings, change=change)


def wants_its_own_g_vnfm(surroundings: Surroundings) -> Subject:
    """Instantiates a new G-VNFM though there is one with capacity."""

    class Find(FindGVnfm):
        def has_capacity(self, context: Context, name: str) -> bool:
            return False

    return wrong(surroundings, {"find-g-vnfm": Find()})


def unlocks_unseen(surroundings: Surroundings) -> Subject:
    """Unlocks a new VNFM without having looked whether it came up."""

    class Unlock(UnlockVnfm):
        def turn_new(self, context: Context, name: str) -> Outcome | None:
            if self.is_new(context) and self.once(context, "application"):
                context.entities[name].information.change_application(UNLOCK)
                return None
            return super().turn_new(context, name)

    return wrong(surroundings, {"unlock-vnfm": Unlock(), "verify-vnfm": Nothing()})


def sets_no_peering(surroundings: Surroundings) -> Subject:
    """Leaves it to a new VNFM and the NFVO to find out about each other."""
    return wrong(surroundings, {"set-vnfm-peering": Nothing()})


def leaves_it_locked(surroundings: Surroundings) -> Subject:
    """Forgets to unlock a new VNFM."""
    return wrong(surroundings, {"unlock-vnfm": Nothing()})


def peers_nobody(surroundings: Surroundings) -> Subject:
    """Goes on without a new VNFM and the NFVO having peered."""
    return wrong(surroundings, {"connect-vnfm": Nothing()})


def terminates_unlocked(surroundings: Surroundings) -> Subject:
    """Terminates a VNFM by force, without having locked it."""

    class Retire(RetireVnfm):
        def retired(self, context: Context, name: str) -> Outcome | None:
            if self.once(context, "terminate"):
                body: Body = {"terminationType": "FORCEFUL"}
                context.entities[name].http.post(f"{INSTANCE}/terminate", body)
            return None

    return wrong(surroundings, {"retire-vnfm": Retire()})


def terminates_what_is_needed(surroundings: Surroundings) -> Subject:
    """Terminates the S-VNFM though it manages other VNFs."""

    class Retire(RetireVnfm):
        def needed(self, context: Context, name: str) -> bool:
            return False

    return wrong(surroundings, {"retire-vnfm": Retire()})


def goes_on_after_failed_tests(surroundings: Surroundings) -> Subject:
    """Takes any verdict of the tester for a pass."""

    class Await(AwaitTests):
        def judge(self, report: Body) -> Outcome | None:
            return Done({"verdict": "PASS"}) if report.get("state") in ("COMPLETED", "FAILED") else None

    return wrong(surroundings, {"await-tests": Await()})


def verifies_nothing(surroundings: Surroundings) -> Subject:
    """Commits a replacement that nobody has tested."""
    names = [name for role in ("destination", "source") for name in (f"test-{role}", f"await-{role}-tests")]
    names += [name for role in ("g-vnfm", "s-vnfm") for name in (f"test-{role}", f"await-{role}-tests")]
    return wrong(surroundings, change=without(*names))


def leaves_nsds_behind(surroundings: Surroundings) -> Subject:
    """Leaves the NSDs of the way at the NFVO."""
    return wrong(surroundings, {"remove-nsd": Nothing()})


def keeps_the_source_vnf(surroundings: Surroundings) -> Subject:
    """Says that the destination version is committed while the NS still has the source VNF."""
    ids = ("remove-source-path", "associate-destination", "await-destination", "conclude")

    def change(plan: Data) -> None:
        without(*ids)(plan)
        step_of(plan, "await-g-vnfm-tests")["gate"] = "commit"

    return wrong(surroundings, change=change)


def has_no_plans(surroundings: Surroundings) -> Callable[..., Any]:
    """Lists no execution plan."""
    subject = wrong(surroundings)

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        if environ["PATH_INFO"] != "/smm/v1/execution_plans":
            return subject(environ, start)
        start("200 OK", [("Content-Type", "application/json"), ("Version", "1.0.0"), ("Content-Length", "2")])
        return [b"[]"]

    return app


def returns_after_the_commit(surroundings: Surroundings) -> Callable[..., Any]:
    """Takes up a rollback of a replacement that is committed."""
    subject = wrong(surroundings)

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        def accepting(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            accepted = environ["PATH_INFO"].endswith("/rollback") and status.startswith("409")
            return start("202 ACCEPTED" if accepted else status, headers, *rest)

        return subject(environ, accepting)

    return app
