"""The mutants of clauses 5.7.1 and 5.8, and where the suite has to fail them."""

from __future__ import annotations

import re

from tests.mutants.mutant import Mutant

SUSPEND = "5_7_1_suspend"
RETRY = "5_8_retry"


def _smm(name: str, at: str, then: str = "", home: str = SUSPEND, module: str = "suspend") -> Mutant:
    known = name if module == "suspend" else f"{name}_{'again' if home == SUSPEND else 'at_retry'}"
    return Mutant(known, "smm", f"tests.mutants.{module}:{name}", at, then, home=home)


def _entity(name: str, at: str, then: str = "", module: str = "suspended_entities", **rest: str) -> Mutant:
    words = re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
    home, actor = rest.get("home", SUSPEND), rest.get("actor", "vnfm")
    known = words if module == "suspended_entities" else f"{words}_{'again' if home == SUSPEND else 'at_retry'}"
    return Mutant(known, "entity", f"tests.mutants.{module}:{name}", at, then, actor, home)


def _tester(name: str, at: str, then: str = "", home: str = RETRY) -> Mutant:
    words = re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
    known = f"{words}_{'again' if home == SUSPEND else 'at_retry'}"
    return Mutant(known, "tester", f"tests.mutants.testers:{name}", at, then, "tester", home)


MUTANTS = (
    _entity(
        "NeverSaysThatItBegan",
        "execution_begun 5.7.1.5-1#3",
        (
            "assistance_asked 5.7.1.6-1#4; status_asked 5.7.1.5-1#4; status_reported 5.7.1.5-1#5; "
            "steps_reported; suspended_safely 5.7.1.5-1#7; suspension_asked 5.7.1.5-1#6; suspension_reported "
            "5.7.1.5-1#8"
        ),
    ),
    _entity(
        "CountsBackwards",
        "status_reported 5.7.1.5-1#5",
    ),
    _entity(
        "ReportsOnlyTheEnd",
        "status_asked 5.7.1.5-1#4; steps_reported",
        "assistance_asked 5.7.1.6-1#4; execution_begun 5.7.1.5-1#3; status_reported 5.7.1.5-1#5",
    ),
    _entity(
        "SuspendsAnywhere",
        "suspended_between_steps",
    ),
    _entity(
        "LocksWhileSuspended",
        "suspended_safely 5.7.1.5-1#7",
        "services_kept_up 5.7.1.5-1#10",
    ),
    _entity(
        "AnswersThatItGoesOn",
        "suspension_reported 5.7.1.5-1#8",
    ),
    _entity(
        "SaysNothingOfItsNeed",
        "assistance_asked 5.7.1.6-1#4",
        (
            "assistance_given 5.7.1.6-1#5; completion_reported; modification_committed 5.7.1.6-1#end; "
            "process_ended; protection_released 5.7.1.6-1#end; resumed; resumed_at_most; standstill; "
            "steps_reported; suites_run 5.7.1.6-1#10; target_failed; target_moved; target_undone 5.7.1.6-1#7; "
            "tests_invoked 5.7.1.6-1#9; tests_passed 5.7.1.6-1#11; undo_asked 5.7.1.6-1#6; undo_committed "
            "5.7.1.6-1#end; undo_reported 5.7.1.6-1#8"
        ),
    ),
    _entity(
        "KeepsWhatItUndid",
        "target_undone 5.7.1.6-1#7; target_undone",
        "automatic_rollback_reported; protection_released 5.7.1.5-1#end 5.7.1.6-1#end",
    ),
    _entity(
        "HidesItsRollback",
        "undo_reported 5.7.1.6-1#8; undo_reported",
        (
            "automatic_rollback_reported; completion_reported 5.7.1.5-1#11; modification_committed "
            "5.7.1.5-1#end; modification_requested 5.7.1.5-1#2; process_ended; protection_released "
            "5.7.1.5-1#end 5.7.1.6-1#end; suites_run 5.7.1.5-1#13 5.7.1.6-1#10; tests_invoked 5.7.1.5-1#12 "
            "5.7.1.6-1#9; tests_passed 5.7.1.5-1#14 5.7.1.6-1#11; undo_committed 5.7.1.5-1#end 5.7.1.6-1#end"
        ),
        module="entities",
    ),
    _entity(
        "IsNotCompatible",
        "destination_delivered 5.7.1.3-1#1",
        module="entities",
    ),
    _entity(
        "IsLocked",
        "actors_work_before 5.7.1.3-1#3",
        "all_work_after 5.7.1.4-1#1",
        module="entities",
        actor="em",
    ),
    _entity(
        "SaysItIsAnElementManager",
        "destination_played 5.8.2-1#3; source_played 5.8.2-1#2",
        module="entities",
        home=RETRY,
    ),
    _smm(
        "leaves_the_target_at_work",
        "suspension_asked 5.7.1.5-1#6",
        (
            "process_ended; protection_kept; resumed 5.7.1.5-1#9; suspended_safely 5.7.1.5-1#7; "
            "suspension_reported 5.7.1.5-1#8; target_failed; target_undone; undo_asked; undo_reported"
        ),
    ),
    _smm(
        "resumes_by_itself",
        "resumed 5.7.1.5-1#9; standstill",
        "target_undone; undo_asked; undo_reported",
    ),
    _smm(
        "helps_nobody",
        "assistance_given 5.7.1.6-1#5",
        "completion_reported; process_ended; target_moved; tests_passed 5.7.1.6-1#11",
    ),
    _smm(
        "helps_for_ever",
        "resumed_at_most",
    ),
    _smm(
        "does_not_undo",
        "undo_asked 5.7.1.6-1#6; undo_asked",
        (
            "process_ended; protection_kept; requested_at_most; resumed_at_most; target_failed; "
            "target_undone 5.7.1.6-1#7; target_undone; tests_invoked 5.7.1.6-1#9; tests_passed 5.7.1.6-1#11; "
            "undo_reported 5.7.1.6-1#8; undo_reported"
        ),
    ),
    _smm(
        "commits_nothing_undone",
        "undo_committed 5.7.1.5-1#end 5.7.1.6-1#end",
        "modification_committed 5.7.1.5-1#end 5.7.1.6-1#end; process_ended",
    ),
    _smm(
        "shows_no_plan",
        "smm_ready 5.7.1.3-1#2",
    ),
    _smm(
        "tests_for_ever",
        "tests_limited",
        home=RETRY,
    ),
    _smm(
        "repeats_the_hopeless",
        "not_tested_again",
        (
            "completion_reported; modification_committed 5.8.5-1#end; modification_requested; process_ended; "
            "rollback_decided; tests_invoked; tests_passed"
        ),
        home=RETRY,
    ),
    _smm(
        "takes_each_error_for_final",
        "transient_repeated",
        (
            "completion_reported 5.2.2.6-1#4; destination_played 5.8.2-1#3; modification_committed "
            "5.2.2.6-1#end 5.8.5-1#end; modification_requested 5.2.2.6-1#2 5.8.5-1#2; process_ended; "
            "protection_released 5.8.5-1#end; requested_at_most; resources_verified 5.8.5-1#8; suites_run "
            "5.8.5-1#10; target_in_destination 5.8.4-1#2; tests_invoked 5.2.2.6-1#5; tests_passed "
            "5.2.2.6-1#6 5.8.5-1#11; tests_retried 5.8.5-1#9; tests_retried"
        ),
        home=RETRY,
    ),
    _smm(
        "repeats_the_refused",
        "permanent_not_repeated",
        "process_ended",
        home=RETRY,
    ),
    _smm(
        "runs_tests_twice",
        "looked_up_first",
        home=RETRY,
    ),
    _smm(
        "repeats_tests_blindly",
        "resources_verified 5.8.5-1#8; tests_retried 5.8.5-1#9",
        (
            "modification_committed 5.8.5-1#end; process_ended; requested_at_most; suites_run 5.8.5-1#10; "
            "target_in_destination 5.8.4-1#2; tests_passed 5.8.5-1#11"
        ),
        home=RETRY,
        module="smm",
    ),
    _tester(
        "PassesUnseen",
        "suites_run 5.8.5-1#10",
        "tester_played 5.8.2-1#6; tests_passed 5.2.2.6-1#6 5.8.5-1#11; tests_passed",
    ),
    _tester(
        "TestsWithoutResources",
        "resources_not_had 5.8.5-1#6",
        (
            "completion_reported; modification_committed 5.8.5-1#end; modification_requested; process_ended; "
            "protection_kept; resources_verified 5.8.5-1#8; rollback_decided; test_resources_missing "
            "5.8.5-1#7; test_resources_missing; tests_invoked; tests_limited; tests_passed; tests_retried "
            "5.8.5-1#9; tests_retried"
        ),
    ),
)
