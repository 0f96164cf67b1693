"""SMMs that are wrong in what a note asks for, tried where that note stands; each docstring is the one lie.

Some lies are told elsewhere already: here they are tried with another use case, whose table has a note of its own.
"""

from __future__ import annotations

from typing import Any

from harness.smm import Subject
from harness.sut.surroundings import Surroundings
from tests.mutants import smm, smm_endings
from tests.mutants.mutant import SEAMLESS, Mutant
from tests.mutants.replanned import Data, step_of, wrong

NON_SEAMLESS, FORKLIFT = "5_2_3_non_seamless", "5_3_3_forklift"


def gives_the_way_back_up(surroundings: Surroundings) -> Subject:
    """Calls for a person at the first failure of a software rollback, though a retry may help."""

    def change(plan: Data) -> None:
        plan["rollback"]["failure"]["transient"] = "fallback"
        for step in plan["rollback"]["steps"]:
            step.get("failure", {}).pop("transient", None)
            step.get("failure", {}).pop("rolled-back-retry-possible", None)

    return wrong(surroundings, change=change)


def is_content_with_any_source(surroundings: Surroundings) -> Subject:
    """Commits a software rollback whose source version did not pass its tests."""

    def change(plan: Data) -> None:
        step_of(plan, "await-source-tests")["failure"] = {"not-passed": "continue"}

    return wrong(surroundings, change=change)


def _tried(name: str, of: Any, home: str, at: str, then: str = "", breaks: str = "") -> Mutant:
    return Mutant(name, "smm", f"{of.__name__}:{name.partition('__')[0]}", at, then, home=home, breaks=breaks)


def _own(name: str, at: str, then: str = "", breaks: str = "") -> Mutant:
    return Mutant(name, "smm", f"{__name__}:{name}", at, then, home=SEAMLESS, breaks=breaks)


MUTANTS = (
    _own(
        "gives_the_way_back_up",
        "process_ended",
        (
            "completion_reported 6-1#4; modification_committed 6-1#end; modification_requested 6-1#2; "
            "target_moved 6-1#3; tests_invoked 6-1#5; tests_passed 6-1#6"
        ),
    ),
    _own("is_content_with_any_source", "process_ended; protection_kept", "handed_over"),
    _tried("ignores_existing_point__with_interfaces", smm, NON_SEAMLESS, "existing_point_used"),
    _tried("removes_existing_point__with_interfaces", smm, NON_SEAMLESS, "existing_point_kept"),
    _tried("clears_away_what_a_fallback_needs__with_interfaces", smm_endings, NON_SEAMLESS, "protection_kept"),
    _tried("rolls_back_the_committed__with_interfaces", smm_endings, NON_SEAMLESS, "rollback_refused", breaks="commit"),
    _tried(
        "commits_what_failed__with_interfaces",
        smm_endings,
        NON_SEAMLESS,
        "process_ended",
        (
            "completion_reported; completion_reported 5.2.3.6-1#9; interfaces_closed; "
            "interfaces_started 5.2.3.6-1#3 5.2.3.6-1#4; "
            "interfaces_stopped 5.2.3.6-1#5 5.2.3.6-1#6; modification_committed 5.2.3.6-1#end; "
            "modification_requested; modification_requested 5.2.3.6-1#7; "
            "rollback_resources_secured 5.2.3.6-1#1; shut_down_awaited 5.2.3.6-1#5; target_in_source 5.2.3.4-1#2; "
            "target_moved 5.2.3.6-1#8; target_released 5.2.3.6-1#8; tests_invoked 5.2.3.6-1#10; "
            "tests_passed 5.2.3.6-1#11"
        ),
    ),
    _tried("ignores_existing_point__of_an_instance", smm, FORKLIFT, "existing_point_used 5.3.3.5-1#1 5.3.3.7-1#2"),
)
"""Every mutant of a note: 5.2.2.6-1 note, 5.2.3.5-1 notes 1, 3 and 4, 5.3.3.7-1 note 1."""
