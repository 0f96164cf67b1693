"""What goes wrong with a target that consists of components (clause 5.3.6.2); each docstring is the one lie."""

from __future__ import annotations

import re
from contextlib import suppress

from harness.clients.errors import ClientError
from harness.clients.http import Body
from harness.smm import Subject
from harness.smm.decide import Action, Do, Wait, decide
from harness.smm.journal import Journal
from harness.smm.operations import Context, Done, Outcome
from harness.smm.operations.components import FindComponents
from harness.smm.operations.fallback import RequestFallback
from harness.smm.operations.parallel import SuspendSoftwareModification
from harness.smm.plans import Plan
from harness.smm.reading import progress
from harness.sut.surroundings import Surroundings
from mocks.entities.components import Components
from mocks.entities.ports import Body as Told
from mocks.entities.software_modification import SoftwareModification
from mocks.entities.virtualised_resources import VirtualisedResources
from tests.mutants.mutant import Mutant
from tests.mutants.replanned import Data, Nothing, step_of, wrong

HOME = "5_3_6_components"
KNOWN = ("platform", "compute", "network", "storage")
LOCKED: Body = {"administrativeStateChange": {"administrativeStateAction": "LOCK"}}


def takes_the_components_for_known(surroundings: Surroundings) -> Subject:
    """Does not ask which components there are, and takes them from a list of its own."""

    class Known(FindComponents):
        def do(self, context: Context) -> Outcome:
            if context.parameter("version") == "destination":
                return super().do(context)
            return Done({"components": [{"component": name} for name in KNOWN]})

    return wrong(surroundings, {"find-components": Known()})


def forgets_a_component(surroundings: Surroundings) -> Subject:
    """Leaves the last of the components as it is."""

    class Find(FindComponents):
        def do(self, context: Context) -> Outcome:
            found = super().do(context)
            if isinstance(found, Done) and context.parameter("version") == "source":
                return Done({"components": found.facts["components"][:-1]})
            return found

    return wrong(surroundings, {"find-components": Find()})


def begins_without_a_way_out(surroundings: Surroundings) -> Subject:
    """Begins with a target that offers neither rollback nor fallback."""

    def change(plan: Data) -> None:
        del step_of(plan, "find-components")["parameters"]["way-out"]

    return wrong(surroundings, change=change)


def takes_back_the_first_one_first(surroundings: Surroundings) -> Subject:
    """Takes components back in the order in which it moved them."""

    def change(plan: Data) -> None:
        del step_of(plan, "find-changed")["parameters"]["newest-first"]

    return wrong(surroundings, change=change)


def retries_no_component(surroundings: Surroundings) -> Subject:
    """Takes everything back when a component failed, though a retry is offered and may help."""

    def change(plan: Data) -> None:
        step_of(plan, "await-component")["failure"]["rolled-back-retry-possible"] = "rollback"

    return wrong(surroundings, change=change)


def locks_what_has_no_states(surroundings: Surroundings) -> Subject:
    """Has the application locked before the first component is modified, as if there were a state model."""

    class Find(FindComponents):
        def do(self, context: Context) -> Outcome:
            with suppress(ClientError):
                context.target.information.change_application(LOCKED)
            return super().do(context)

    return wrong(surroundings, {"find-components": Find()})


def suspends_whatever_is_offered(surroundings: Surroundings) -> Subject:
    """Asks for a suspension without a look at what the target offers."""

    class Suspend(SuspendSoftwareModification):
        def suspendable(self, context: Context) -> bool:
            return True

    return wrong(surroundings, {"suspend-software-modification": Suspend()})


def is_held_behind_the_last_only(surroundings: Surroundings) -> Subject:
    """Goes from component to component though the process is to be suspended."""

    def deciding(plan: Plan, journal: Journal) -> Action:
        action, now = decide(plan, journal), progress(plan, journal)
        waits = isinstance(action, Wait) and action.step is None and now.suspended
        return Do(now.todo[0]) if waits and now.todo and now.todo[0].item else action

    return wrong(surroundings, deciding=deciding)


def rolls_back_whatever_is_offered(surroundings: Surroundings) -> Subject:
    """Asks for a way back without a look at what the target offers."""
    return wrong(surroundings, {"check-way-back": Nothing()})


def falls_back_whatever_is_offered(surroundings: Surroundings) -> Subject:
    """Hands over to the Fallback Manager without a look at what the target offers."""

    class Request(RequestFallback):
        def offered(self, context: Context) -> bool:
            return True

    return wrong(surroundings, {"request-fallback": Request()})


class DragsAnotherAlong(Components):
    """Moves another component along with the one that it was asked for."""

    def run(self, name: str, version: str) -> None:
        names = list(self._versions)
        super().run(names[(names.index(name) + 1) % len(names)], version)
        super().run(name, version)


class LosesTheComponentsVersion(Components):
    """Goes back to the old version of its last component once the others were modified, and says nothing."""

    def run(self, name: str, version: str) -> None:
        before = self._versions[name]
        super().run(name, version)
        if name == list(self._versions)[-1]:
            self._versions[name] = before


class AssignsAnew(VirtualisedResources):
    """Assigns other resources to who has some as soon as a component was modified."""

    def list_compute_resources(self) -> list[Told]:
        modification = self._core.power(SoftwareModification)
        more = len(modification.list()) if modification else 0
        found = super().list_compute_resources()
        return [
            {**each, "resources": {**each["resources"], "vcpu": each["resources"]["vcpu"] + more}} for each in found
        ]


def _smm(name: str, at: str, then: str = "", breaks: str = "") -> Mutant:
    return Mutant(name, "smm", f"{__name__}:{name}", at, then, home=HOME, breaks=breaks, entity="vim")


def _entity(name: str, at: str, then: str = "", breaks: str = "") -> Mutant:
    words = re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
    return Mutant(words, "entity", f"{__name__}:{name}", at, then, "vim", HOME, breaks, "vim")


MUTANTS = (
    _smm(
        "takes_the_components_for_known",
        "components_learned",
        "all_components_run; no_component_modified; process_ended",
    ),
    _smm("forgets_a_component", "each_component_moved", "all_components_run; process_ended; tests_passed"),
    _smm("begins_without_a_way_out", "no_component_modified", "all_components_run; process_ended"),
    _smm("takes_back_the_first_one_first", "components_taken_back", breaks="mirror"),
    _smm("retries_no_component", "component_retried", "all_components_run; each_component_moved; process_ended"),
    _smm(
        "locks_what_has_no_states",
        "no_state_changed",
        "all_components_run; process_ended; protection_released; services_kept_up; tests_passed",
        "continuity; peers",
    ),
    _smm("suspends_whatever_is_offered", "no_suspension_asked"),
    _smm("is_held_behind_the_last_only", "held_between_components", "standstill"),
    _smm("rolls_back_whatever_is_offered", "no_way_back_asked"),
    _smm("falls_back_whatever_is_offered", "no_fallback_asked"),
    _entity(
        "DragsAnotherAlong",
        "others_left_alone",
        (
            "all_components_run; component_retried; components_taken_back; each_component_moved; process_ended; "
            "protection_released; rollback_resources_secured; tests_failed; tests_invoked; tests_passed"
        ),
        "mirror",
    ),
    _entity("LosesTheComponentsVersion", "all_components_run", "components_taken_back"),
    _entity("AssignsAnew", "assignments_kept"),
)
"""Every mutant of clause 5.3.6.2."""
