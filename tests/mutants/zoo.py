"""The zoo: every mutant, and where the suite has to fail it. First where the lie is seen, then what it leads to."""

from __future__ import annotations

import re

from tests.mutants import (
    components,
    containers,
    g_vnfm,
    halt,
    interfaces,
    invariants,
    notes,
    smm_endings,
    two,
    zoo_fallback,
)
from tests.mutants import smm as smm_on_the_way
from tests.mutants.breaks import with_breaks
from tests.mutants.mutant import SEAMLESS, Mutant
from tests.mutants.zoo_forklift import MUTANTS as INSTANCES
from tests.mutants.zoo_suspend import MUTANTS as SUSPENSIONS
from tests.mutants.zoo_units import UNITS

NON_SEAMLESS = "5_2_3_non_seamless"
HOMES = {interfaces: NON_SEAMLESS}
"""The features that the SMMs of a module are tried with, where it is not the seamless ones."""


def entity(name: str, at: str, then: str = "", actor: str = "vnfm", home: str = SEAMLESS) -> Mutant:
    """A class of entities.py in the place of a power of an actor, of the target where nothing else is said."""
    return Mutant(_words(name), "entity", f"tests.mutants.entities:{name}", at, then, actor, home)


def of_tester(name: str, at: str, then: str = "") -> Mutant:
    """A class of testers.py."""
    return Mutant(_words(name), "tester", f"tests.mutants.testers:{name}", at, then, "tester")


def smm(name: str, at: str, then: str = "") -> Mutant:
    """A factory of smm.py, smm_endings.py or interfaces.py."""
    module = next(module for module in (smm_on_the_way, smm_endings, interfaces) if hasattr(module, name))
    return Mutant(name, "smm", f"{module.__name__}:{name}", at, then, home=HOMES.get(module, SEAMLESS))


def _words(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


STARVED = (
    "; completion_reported 8-1#5; tests_invoked 8-1#6; tests_passed 8-1#7; "
    "modification_committed 8-1#8; protection_released 8-1#8"
)
"""What comes of it when nobody asks for the suspension that the lab holds the target for: the SMM's patience ends."""

ENTITIES = (
    entity(
        "DoesNotSwitch",
        "target_moved 5-1#3 6-1#3 7-1#4 8-1#4",
        (
            "commit_waits; completion_reported 5-1#4 6-1#4 7-1#5 8-1#5; modification_committed 5-1#end 6-1#end "
            "7-1#end 8-1#8; modification_requested 5-1#2 6-1#2; operation_ended 8-1#end; process_ended; "
            "protection_released; protection_released 5-1#end 6-1#end 7-1#end 8-1#8; rollback_refused; "
            "target_failed; target_in_destination 4-1#2; target_released 6-1#3; tests_failed; tests_invoked "
            "5-1#5 6-1#5; tests_passed 5-1#6 6-1#6 7-1#7 8-1#7; way_back_taken_back"
        ),
    ),
    entity(
        "KeepsItsAllocation",
        "target_released 5-1#3 6-1#3 7-1#4 8-1#4",
        "protection_released; protection_released 5-1#end 6-1#end 7-1#end 8-1#8",
    ),
    entity("ReportsTooEarly", "target_released 5-1#3 6-1#3 7-1#4 8-1#4"),
    entity(
        "NeverReports",
        "completion_reported 5-1#4 6-1#4 7-1#5 8-1#5; automatic_rollback_reported 5-1#4",
        "modification_committed 5-1#end; operation_handled 8-1#2; way_back_taken_back",
    ),
    entity("LocksItsService", "services_kept_up 5-1#3 6-1#3", "restored"),
    entity("ReportsAnotherResult", "completion_reported 5-1#4 6-1#4 7-1#5 8-1#5"),
    entity("LocksBetweenSteps", "services_kept_up 5-1#3 6-1#3"),
    entity(
        "StopsServingAfterCommit",
        "all_work_after 4-1#1; target_in_destination 4-1#2; target_in_source 4-1#2",
        (
            "completion_reported 5-1#4; modification_committed 5-1#end; modification_requested 5-1#2; "
            "operation_ended 8-1#end; target_moved 5-1#3; tests_invoked 5-1#5; tests_passed 5-1#6"
        ),
    ),
    entity(
        "RollsForward",
        "automatic_rollback_reported 5-1#4",
        (
            "completion_reported 5-1#4 6-1#4; modification_committed 5-1#end 6-1#end; modification_requested "
            "5-1#2 6-1#2; process_ended; protection_released 5-1#end; tests_invoked 6-1#5; tests_passed 5-1#6 "
            "6-1#6; way_back_taken_back"
        ),
    ),
    entity(
        "CallsItRetryable",
        "automatic_rollback_reported 5-1#4",
        "not_asked_again; process_ended; tests_invoked 5-1#5; tests_passed 5-1#6",
    ),
    entity(
        "HidesItsRollback",
        "automatic_rollback_reported 5-1#4; way_back_taken_back",
        (
            "completion_reported 5-1#4 6-1#4; modification_committed 5-1#end 6-1#end; modification_requested "
            "5-1#2 6-1#2; process_ended; protection_released 5-1#end; target_moved 5-1#3; tests_invoked 5-1#5; "
            "tests_passed 5-1#6 6-1#6"
        ),
    ),
    entity(
        "CommitsByItself", "modification_committed 5-1#end 6-1#end 7-1#end 8-1#8", "process_ended; rollback_refused"
    ),
    entity("PretendsToCommit", "modification_committed 5-1#end 6-1#end 7-1#end 8-1#8"),
    entity(
        "MakesNoRestorationPoint",
        "restoration_point_held 5-1#1 7-1#2 8-1#1",
        (
            "existing_point_kept; existing_point_used; modification_committed 5-1#end; process_ended; "
            "protection_released; restored"
        ),
    ),
    entity(
        "AnnouncesNoInterfaces",
        "new_interfaces_announced 5.2.3.3-1#1",
        (
            "completion_reported 5.2.3.6-1#9; interfaces_learned 5.2.3.5-1#2 5.2.3.6-1#2; interfaces_stopped "
            "5.2.3.5-1#12 5.2.3.5-1#9 5.2.3.6-1#5 5.2.3.6-1#6; modification_committed 5.2.3.6-1#end; "
            "modification_requested 5.2.3.6-1#7; opened_locked 5.2.3.5-1#4; process_ended; rollback_decided "
            "5.2.3.6-1#begin; shut_down_awaited 5.2.3.5-1#12 5.2.3.6-1#5; target_in_source 5.2.3.4-1#2; "
            "target_moved 5.2.3.6-1#8; target_released 5.2.3.6-1#8; tests_invoked 5.2.3.6-1#10; tests_passed "
            "5.2.3.6-1#11"
        ),
        home=NON_SEAMLESS,
    ),
    entity(
        "OpensUnlocked",
        "opened_locked 5.2.3.5-1#4",
        (
            "commit_waits; completion_reported; completion_reported 5.2.3.6-1#9; interfaces_closed; "
            "interfaces_started 5.2.3.5-1#7 5.2.3.5-1#8 5.2.3.6-1#3 5.2.3.6-1#4; interfaces_stopped "
            "5.2.3.5-1#12 5.2.3.5-1#9 5.2.3.6-1#5 5.2.3.6-1#6; modification_committed 5.2.3.5-1#end "
            "5.2.3.6-1#end; modification_requested; modification_requested 5.2.3.6-1#7; process_ended; "
            "protection_released 5.2.3.6-1#end; requested_at_most; rollback_decided 5.2.3.6-1#begin; "
            "rollback_resources_secured 5.2.3.6-1#1; shut_down_awaited 5.2.3.5-1#12 5.2.3.6-1#5; "
            "target_in_destination 5.2.3.4-1#2; target_in_source 5.2.3.4-1#2; target_moved 5.2.3.6-1#8; "
            "target_released 5.2.3.6-1#8; tests_failed; tests_invoked 5.2.3.5-1#10 5.2.3.6-1#10; tests_passed "
            "5.2.3.5-1#11 5.2.3.6-1#11"
        ),
        home=NON_SEAMLESS,
    ),
    entity("LeavesInterfacesBehind", "interfaces_closed", home=NON_SEAMLESS),
    entity("ForgetsItsWork", "failure_reported"),
    entity("RestoresNothing", "restored", then="process_ended; protection_released"),
    entity("ExecutesAtOnce", "operation_handled 8-1#2", "operation_ended 8-1#end"),
    entity("KeepsNoLogs", "special_logs_started 5-1#1 7-1#2 8-1#1"),
    entity("LosesPendingOperations", "operation_ended 8-1#end"),
    entity("DropsOngoingOperations", "operation_completed_once", "ongoing_handled 7-1#1"),
    entity("IgnoresSuspension", "operation_handled 8-1#2"),
    entity("LosesItsInstances", "operation_completed_once; operation_ended 8-1#end"),
    entity("ExecutesTwice", "operation_completed_once; operation_ended 8-1#end"),
    entity("IsLocked", "all_work_before 3-1#2; all_work_after 4-1#1", actor="vnf"),
    entity("IsNotCompatible", "destination_available 3-1#1"),
    entity("SaysItIsAnOrchestrator", "impacted_entities_played 5.2.2-1#4 5.2.5-1#4", actor="em"),
    entity("SaysItIsAnElementManager", "impacted_fes_played 5.2.2-1#3 5.2.5-1#3", actor="nfvo"),
    entity("IsFullAtFirst", "resources_free 3-1#3", actor="vim"),
    entity("SaysItReachesItsPeers", "services_kept_up 5-1#3 6-1#3; all_work_after 4-1#1", "restored", actor="em"),
    entity("Meddles", "smm_played 5.2.2-1#1 5.2.5-1#1", actor="em"),
)

TESTERS = (
    of_tester("LooksAtTheTargetOnly", "tests_passed 5-1#6 6-1#6 7-1#7 8-1#7"),
    of_tester("PassesUnseen", "tests_passed 5-1#6 6-1#6 7-1#7 8-1#7; tester_played 5.2.2-1#5 5.2.5-1#5"),
    of_tester(
        "PassesWhatFailed",
        "tests_failed",
        (
            "completion_reported 6-1#4; handed_over; modification_committed 6-1#end; modification_requested "
            "6-1#2; process_ended; protection_kept; rollback_decided 6-1#begin; target_failed; "
            "target_in_source 4-1#2; target_moved 6-1#3; target_released 6-1#3; tests_invoked 6-1#5; "
            "tests_passed 6-1#6; way_back_taken_back"
        ),
    ),
    of_tester(
        "FailsWhatPassed",
        "tests_passed 5-1#6 7-1#7 8-1#7",
        (
            "commit_waits; completion_reported 5-1#4; modification_committed 5-1#end 7-1#end 8-1#8; "
            "modification_requested 5-1#2; process_ended; requested_at_most; target_in_destination 4-1#2; "
            "tests_invoked 5-1#5"
        ),
    ),
    of_tester(
        "KeepsItsResources",
        "tests_passed 5-1#6 6-1#6 7-1#7 8-1#7",
        ("process_ended; protection_released; protection_released 5-1#end 6-1#end 7-1#end 8-1#8"),
    ),
    of_tester("TestsWithoutResources", "test_resources_missing", "tests_retried"),
    of_tester(
        "NeverSaysItIsDone",
        "tests_passed 5-1#6 6-1#6 7-1#7 8-1#7; tester_played 5.2.2-1#5 5.2.5-1#5; tests_failed",
        "rollback_decided 6-1#begin; test_resources_missing",
    ),
    of_tester("HasNoSuitesAtFirst", "suites_available 3-1#4"),
)

SMMS = (
    smm(
        "claims_success",
        "process_launched 5-1#begin 7-1#begin 8-1#begin; process_ended; target_played 5.2.2-1#2 5.2.5-1#2",
        (
            "automatic_rollback_reported 5-1#4; capability_read 7-1#1 8-1#2; commit_waits; completion_reported "
            "5-1#4 6-1#4 7-1#5 8-1#5; existing_point_used; failure_reported; handed_over; "
            "modification_committed 5-1#end 6-1#end 7-1#end 8-1#8; modification_requested 5-1#2 6-1#2 7-1#3 "
            "8-1#3; not_asked_again; ongoing_checked 7-1#1; ongoing_handled 7-1#1; operation_ended 8-1#end; "
            "operation_handled 8-1#2; operation_learned 8-1#2; outcome_looked_up; own_point_made; "
            "protection_kept; protection_released; protection_released 5-1#end 6-1#end 7-1#end 8-1#8; "
            "request_refused; requested_at_most; resources_secured 5-1#1 7-1#2 8-1#1; restoration_point_held "
            "5-1#1 7-1#2 8-1#1; restored; rollback_decided 6-1#begin; rollback_refused; "
            "rollback_resources_secured 6-1#1; services_kept_up 5-1#3 6-1#3; smm_played 5.2.2-1#1 5.2.5-1#1; "
            "special_logs_started 5-1#1 7-1#2 8-1#1; target_failed; target_in_destination 4-1#2; target_moved "
            "5-1#3 6-1#3 7-1#4 8-1#4; target_released 5-1#3 6-1#3 7-1#4 8-1#4; test_resources_missing; "
            "tester_played 5.2.2-1#5 5.2.5-1#5; tests_failed; tests_invoked 5-1#5 6-1#5 7-1#6 8-1#6; "
            "tests_passed 5-1#6 6-1#6 7-1#7 8-1#7; tests_retried; way_back_taken_back"
        ),
    ),
    smm(
        "asks_nobody",
        "modification_requested 5-1#2 6-1#2 7-1#3 8-1#3; request_refused; target_failed",
        (
            "automatic_rollback_reported 5-1#4; commit_waits; completion_reported 5-1#4 6-1#4 7-1#5 8-1#5; "
            "existing_point_used; failure_reported; handed_over; modification_committed 5-1#end 6-1#end "
            "7-1#end 8-1#8; not_asked_again; ongoing_handled 7-1#1; operation_ended 8-1#end; operation_handled "
            "8-1#2; operation_learned 8-1#2; outcome_looked_up; process_ended; protection_kept; "
            "requested_at_most; restored; rollback_decided 6-1#begin; rollback_refused; services_kept_up 5-1#3 "
            "6-1#3; smm_played 5.2.2-1#1 5.2.5-1#1; target_in_destination 4-1#2; target_moved 5-1#3 6-1#3 "
            "7-1#4 8-1#4; target_played 5.2.2-1#2 5.2.5-1#2; target_released 5-1#3 6-1#3 7-1#4 8-1#4; "
            "test_resources_missing; tester_played 5.2.2-1#5 5.2.5-1#5; tests_failed; tests_invoked 5-1#5 "
            "6-1#5 7-1#6 8-1#6; tests_passed 5-1#6 6-1#6 7-1#7 8-1#7; tests_retried; way_back_taken_back"
        ),
    ),
    smm(
        "guesses_capability",
        "capability_read 7-1#1 8-1#2",
        "ongoing_handled 7-1#1; operation_ended 8-1#end; operation_handled 8-1#2" + STARVED,
    ),
    smm("skips_reservation", "resources_secured 5-1#1 7-1#2 8-1#1", "modification_requested 5-1#2 7-1#3 8-1#3"),
    smm("reserves_afterwards", "resources_secured 5-1#1 7-1#2 8-1#1", "modification_requested 5-1#2 7-1#3 8-1#3"),
    smm(
        "skips_restoration_point",
        "restoration_point_held 5-1#1 7-1#2 8-1#1; own_point_made",
        "existing_point_used; handed_over; process_ended; protection_released; restored",
    ),
    smm("protects_afterwards", "restoration_point_held 5-1#1 7-1#2 8-1#1", "existing_point_used"),
    smm(
        "protects_another",
        "restoration_point_held 5-1#1 7-1#2 8-1#1; own_point_made",
        "handed_over; process_ended; protection_released; restored",
    ),
    smm("ignores_existing_point", "existing_point_used"),
    smm("removes_existing_point", "existing_point_kept"),
    smm("skips_special_logs", "special_logs_started 5-1#1 7-1#2 8-1#1"),
    smm("names_no_resources", "modification_requested 5-1#2 6-1#2 7-1#3 8-1#3"),
    smm("asks_again_blindly", "outcome_looked_up", "modification_committed 5-1#end"),
    smm(
        "rehearses",
        "requested_at_most",
        (
            "completion_reported 6-1#4; modification_committed 5-1#end 6-1#end; modification_requested 6-1#2; "
            "process_ended; rollback_decided 6-1#begin; tests_invoked 6-1#5; tests_passed 6-1#6"
        ),
    ),
    smm("retries_the_not_feasible", "not_asked_again", "process_ended; tests_invoked 5-1#5; tests_passed 5-1#6"),
    smm("tests_too_early", "tests_invoked 5-1#5 6-1#5 7-1#6 8-1#6", "failure_reported; requested_at_most"),
    smm(
        "skips_the_tests",
        "tests_invoked 5-1#5 6-1#5 7-1#6 8-1#6; tester_played 5.2.2-1#5 5.2.5-1#5",
        (
            "completion_reported 6-1#4; handed_over; modification_committed 6-1#end; modification_requested "
            "6-1#2; process_ended; protection_kept; rollback_decided 6-1#begin; target_failed; "
            "target_in_source 4-1#2; target_moved 6-1#3; target_released 6-1#3; test_resources_missing; "
            "tests_failed; tests_passed 5-1#6 6-1#6 7-1#7 8-1#7; tests_retried; way_back_taken_back"
        ),
    ),
    smm("leaves_suites_out", "tests_invoked 5-1#5 6-1#5 7-1#6 8-1#6"),
    smm("leaves_the_impacted_out", "tests_invoked 5-1#5 6-1#5 7-1#6 8-1#6"),
    smm("names_no_test_resources", "tests_invoked 5-1#5 6-1#5 7-1#6 8-1#6; tests_retried"),
    smm("repeats_tests_blindly", "tests_retried"),
    smm("never_repeats_tests", "tests_retried", "modification_committed 5-1#end; tests_passed 5-1#6"),
    smm(
        "commits_what_failed",
        "rollback_decided 6-1#begin",
        (
            "completion_reported 6-1#4; handed_over; modification_committed 6-1#end; modification_requested "
            "6-1#2; process_ended; protection_kept; target_failed; target_in_source 4-1#2; target_moved 6-1#3; "
            "target_released 6-1#3; tests_failed; tests_invoked 6-1#5; tests_passed 6-1#6; way_back_taken_back"
        ),
    ),
    smm("rolls_back_unprepared", "rollback_resources_secured 6-1#1"),
    smm(
        "rolls_back_untested",
        "tests_invoked 5-1#5 6-1#5",
        "handed_over; process_ended; protection_kept; tests_failed; tests_passed 5-1#6 6-1#6",
    ),
    smm("rolls_back_the_committed", "rollback_refused"),
    smm(
        "commits_without_its_manager",
        "commit_waits",
        (
            "completion_reported 6-1#4; modification_committed 6-1#end; modification_requested 6-1#2; "
            "rollback_decided 6-1#begin; target_in_source 4-1#2; target_moved 6-1#3; tests_invoked 6-1#5; "
            "tests_passed 6-1#6"
        ),
    ),
    smm(
        "forgets_the_commit", "modification_committed 5-1#end 6-1#end 7-1#end 8-1#8", "process_ended; rollback_refused"
    ),
    smm("commits_before_the_tests", "modification_committed 5-1#end 7-1#end 8-1#8"),
    smm("never_releases_reservations", "protection_released 5-1#end 6-1#end 7-1#end 8-1#8", "protection_released"),
    smm("leaves_logs_open", "protection_released 5-1#end 6-1#end 7-1#end 8-1#8", "protection_released"),
    smm("unprotects_before_the_commit", "protection_released 5-1#end 6-1#end 7-1#end 8-1#8"),
    smm("clears_away_what_a_fallback_needs", "protection_kept", "handed_over; process_ended; restored"),
    smm("overstates_its_end", "process_ended"),
    smm("gives_no_reason", "process_ended"),
    smm("overlooks_ongoing", "ongoing_checked 7-1#1", "ongoing_handled 7-1#1"),
    smm("does_not_wait", "ongoing_handled 7-1#1"),
    smm("ignores_policy_for_ongoing", "ongoing_handled 7-1#1"),
    smm("ignores_policy_for_parallel", "operation_handled 8-1#2", "operation_ended 8-1#end" + STARVED),
    smm("does_not_listen", "operation_learned 8-1#2", "operation_handled 8-1#2" + STARVED),
    smm("forgets_the_consumer", "operation_handled 8-1#2"),
    smm("never_retriggers", "operation_ended 8-1#end"),
    smm("never_triggers_the_delayed", "operation_ended 8-1#end"),
    smm("executes_and_retriggers", "operation_ended 8-1#end"),
    smm(
        "learns_nothing_of_interfaces",
        "interfaces_learned 5.2.3.5-1#2 5.2.3.6-1#2",
        (
            "completion_reported 5.2.3.6-1#9; interfaces_closed; interfaces_started 5.2.3.5-1#7 5.2.3.5-1#8 "
            "5.2.3.6-1#3 5.2.3.6-1#4; interfaces_stopped 5.2.3.5-1#12 5.2.3.5-1#9; locked_verified "
            "5.2.3.5-1#6; modification_committed 5.2.3.6-1#end; modification_requested 5.2.3.6-1#7; "
            "process_ended; rollback_decided 5.2.3.6-1#begin; shut_down_awaited 5.2.3.5-1#12; "
            "target_in_source 5.2.3.4-1#2; target_moved 5.2.3.6-1#8; target_released 5.2.3.6-1#8; "
            "tests_invoked 5.2.3.6-1#10; tests_passed 5.2.3.6-1#11"
        ),
    ),
    smm("verifies_no_lock", "locked_verified 5.2.3.5-1#6"),
    smm(
        "authenticates_nobody",
        "interfaces_started 5.2.3.5-1#7 5.2.3.5-1#8 5.2.3.6-1#4",
        "all_work_after 5.2.3.4-1#1; interfaces_stopped 5.2.3.5-1#12 5.2.3.6-1#5",
    ),
    smm("stops_by_force", "interfaces_stopped 5.2.3.5-1#12 5.2.3.5-1#9 5.2.3.6-1#5 5.2.3.6-1#6"),
    smm("stops_before_it_starts", "interfaces_stopped 5.2.3.5-1#9", "interfaces_closed"),
    smm("waits_for_no_shut_down", "shut_down_awaited 5.2.3.6-1#5"),
    smm("keeps_the_old_towards_fes", "interfaces_stopped 5.2.3.5-1#12"),
    smm(
        "leaves_them_on_what_stops",
        "interfaces_stopped 5.2.3.6-1#5 5.2.3.6-1#6",
        (
            "all_work_after 5.2.3.4-1#1; interfaces_closed; interfaces_started 5.2.3.6-1#3 5.2.3.6-1#4; "
            "modification_committed 5.2.3.6-1#end; process_ended; protection_released 5.2.3.6-1#end; "
            "tests_passed 5.2.3.6-1#11"
        ),
    ),
    smm("never_suspends", "operation_handled 8-1#2", STARVED),
    smm("resumes_too_early", "operation_handled 8-1#2"),
)

MUTANTS = with_breaks(
    (
        *ENTITIES,
        *TESTERS,
        *SMMS,
        *SUSPENSIONS,
        *invariants.MUTANTS,
        *notes.MUTANTS,
        *components.MUTANTS,
        *containers.MUTANTS,
        *zoo_fallback.MUTANTS,
        *UNITS,
        *g_vnfm.MUTANTS,
        *INSTANCES,
        *halt.MUTANTS,
        *two.MUTANTS,
    )
)
