"""The part of the zoo for redundancy units (clause 5.3.2): every mutant, and where the suite has to fail it."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

HOME = "5_3_2_redundancy_units"


def _smm(name: str, at: str, then: str = "") -> Mutant:
    """A factory of units.py."""
    return Mutant(name, "smm", f"tests.mutants.units:{name}", at, then, home=HOME)


def _entity(name: str, make: str, at: str, then: str = "") -> Mutant:
    """A class of unit_entities.py in the place of the target's power."""
    return Mutant(name, "entity", f"tests.mutants.unit_entities:{make}", at, then, "vnfm", HOME)


def _again(name: str, kind: str, make: str, at: str, then: str = "") -> Mutant:
    """A mutant of clause 5.2.2 that tells its lie here too."""
    actor = "tester" if kind == "tester" else None
    return Mutant(name, kind, f"tests.mutants.{make}", at, then, actor, HOME)  # type: ignore[arg-type]


UNITS: tuple[Mutant, ...] = (
    _smm(
        "knows_other_units",
        "units_learned 5.3.2.5-1#2",
        (
            "destination_units_played 5.3.2.2-1#3; instantiated_again; instantiated_at_most; one_at_a_time "
            "5.3.2.5-1#12; process_ended; rollback_refused; rollback_resources_secured 5.3.2.5-1#1; "
            "services_kept_up; smm_played 5.3.2.2-1#1; source_units_played 5.3.2.2-1#2; tester_played "
            "5.3.2.2-1#6; tests_failed; tests_invoked 5.3.2.5-1#13; tests_passed 5.3.2.5-1#15; "
            "unit_tests_invoked 5.3.2.5-1#4; units_healthy 5.3.2.5-1#6; units_in_destination 5.3.2.4-1#2; "
            "units_instantiated 5.3.2.5-1#3; units_started 5.3.2.5-1#8 5.3.2.5-1#9; units_stopped "
            "5.3.2.5-1#10; units_synchronised 5.3.2.5-1#7; units_terminated 5.3.2.5-1#11; units_tested "
            "5.3.2.5-1#5; version_reported; whole_tested 5.3.2.5-1#14"
        ),
    ),
    _smm(
        "tells_not_whom_it_replaces",
        "units_instantiated 5.3.2.5-1#3",
        (
            "one_at_a_time 5.3.2.5-1#12; process_ended; protection_released 5.3.2.5-1#end; "
            "rollback_resources_secured 5.3.2.5-1#1; source_units_played 5.3.2.2-1#2; tests_failed; "
            "tests_invoked 5.3.2.5-1#13; tests_passed 5.3.2.5-1#15; units_in_destination 5.3.2.4-1#2; "
            "units_in_source 5.3.2.4-1#2; units_started 5.3.2.5-1#8 5.3.2.5-1#9; units_stopped 5.3.2.5-1#10; "
            "units_synchronised 5.3.2.5-1#7; units_terminated 5.3.2.5-1#11; version_reported; "
            "whole_tested 5.3.2.5-1#14"
        ),
    ),
    _smm("names_no_resources_for_units", "units_instantiated 5.3.2.5-1#3"),
    _smm(
        "protects_units_afterwards",
        "restoration_point_held 5.3.2.5-1#1; special_logs_started 5.3.2.5-1#1",
        "existing_point_used",
    ),
    _smm(
        "tests_no_unit",
        ("unit_tests_invoked 5.3.2.5-1#4; units_tested 5.3.2.5-1#5; units_healthy 5.3.2.5-1#6"),
        (
            "one_at_a_time 5.3.2.5-1#12; process_ended; rollback_decided; tests_invoked 5.3.2.5-1#13; "
            "tests_passed 5.3.2.5-1#15; units_in_source 5.3.2.4-1#2; units_instantiated 5.3.2.5-1#3; "
            "units_started 5.3.2.5-1#8 5.3.2.5-1#9; units_stopped 5.3.2.5-1#10; units_synchronised "
            "5.3.2.5-1#7; units_terminated 5.3.2.5-1#11; whole_tested 5.3.2.5-1#14"
        ),
    ),
    _smm(
        "tests_no_restored_unit",
        ("unit_tests_invoked 5.3.2.5-1#4; units_tested 5.3.2.5-1#5; units_healthy 5.3.2.5-1#6"),
    ),
    _smm(
        "opens_before_the_health_test",
        "unit_tests_invoked 5.3.2.5-1#4; units_healthy 5.3.2.5-1#6",
        "units_tested 5.3.2.5-1#5",
    ),
    _smm(
        "starts_towards_fes_only",
        "units_started 5.3.2.5-1#9",
        (
            "instantiated_at_most; one_at_a_time 5.3.2.5-1#12; process_ended; protection_released "
            "5.3.2.5-1#end; services_kept_up; tests_invoked 5.3.2.5-1#13; "
            "tests_passed 5.3.2.5-1#15; whole_tested 5.3.2.5-1#14; units_in_destination 5.3.2.4-1#2; "
            "units_in_source 5.3.2.4-1#2; units_instantiated 5.3.2.5-1#3; units_stopped 5.3.2.5-1#10; "
            "units_terminated 5.3.2.5-1#11; version_reported"
        ),
    ),
    _smm(
        "stops_a_unit_before_the_new_one_serves",
        "units_stopped 5.3.2.5-1#10",
        "services_kept_up; units_started 5.3.2.5-1#8 5.3.2.5-1#9",
    ),
    _smm(
        "stops_a_unit_first",
        "units_untouched; units_stopped 5.3.2.5-1#10",
        (
            "one_at_a_time 5.3.2.5-1#12; process_ended; protection_released 5.3.2.5-1#end; services_kept_up; "
            "unit_tests_invoked 5.3.2.5-1#4; units_healthy 5.3.2.5-1#6; units_in_source 5.3.2.4-1#2; "
            "units_instantiated 5.3.2.5-1#3; units_started 5.3.2.5-1#8 5.3.2.5-1#9; units_synchronised "
            "5.3.2.5-1#7; units_terminated 5.3.2.5-1#11; units_tested 5.3.2.5-1#5"
        ),
    ),
    _smm(
        "stops_units_by_force",
        "units_stopped 5.3.2.5-1#10",
        (
            "one_at_a_time 5.3.2.5-1#12; process_ended; rollback_decided; tests_invoked 5.3.2.5-1#13; "
            "tests_passed 5.3.2.5-1#15; unit_tests_invoked 5.3.2.5-1#4; units_healthy 5.3.2.5-1#6; "
            "units_in_source 5.3.2.4-1#2; units_instantiated 5.3.2.5-1#3; units_started 5.3.2.5-1#8 "
            "5.3.2.5-1#9; units_synchronised 5.3.2.5-1#7; units_terminated 5.3.2.5-1#11; units_tested "
            "5.3.2.5-1#5; whole_tested 5.3.2.5-1#14"
        ),
    ),
    _smm(
        "does_not_await_the_shut_down",
        "units_terminated 5.3.2.5-1#11",
        (
            "instantiated_again; one_at_a_time 5.3.2.5-1#12; process_ended; protection_released "
            "5.3.2.5-1#end; source_units_played 5.3.2.2-1#2; tester_played 5.3.2.2-1#6; tests_failed; "
            "tests_invoked 5.3.2.5-1#13; tests_passed 5.3.2.5-1#15; units_in_destination 5.3.2.4-1#2; "
            "units_in_source 5.3.2.4-1#2; units_stopped 5.3.2.5-1#10; version_reported; whole_tested "
            "5.3.2.5-1#14"
        ),
    ),
    _smm(
        "terminates_what_was_not_stopped",
        "units_stopped 5.3.2.5-1#10; units_terminated 5.3.2.5-1#11",
        (
            "one_at_a_time 5.3.2.5-1#12; process_ended; rollback_decided; tests_invoked 5.3.2.5-1#13; "
            "tests_passed 5.3.2.5-1#15; unit_tests_invoked 5.3.2.5-1#4; units_healthy 5.3.2.5-1#6; "
            "units_in_source 5.3.2.4-1#2; units_instantiated 5.3.2.5-1#3; units_started 5.3.2.5-1#8 "
            "5.3.2.5-1#9; units_synchronised 5.3.2.5-1#7; units_tested 5.3.2.5-1#5; whole_tested "
            "5.3.2.5-1#14"
        ),
    ),
    _smm(
        "stops_two_at_once",
        "one_at_a_time 5.3.2.5-1#12",
        (
            "process_ended; protection_released 5.3.2.5-1#end; rollback_resources_secured 5.3.2.5-1#1; "
            "tests_invoked 5.3.2.5-1#13; tests_passed 5.3.2.5-1#15; unit_tests_invoked 5.3.2.5-1#4; "
            "units_healthy 5.3.2.5-1#6; units_in_source 5.3.2.4-1#2; units_instantiated 5.3.2.5-1#3; "
            "units_started 5.3.2.5-1#8 5.3.2.5-1#9; units_stopped 5.3.2.5-1#10; units_synchronised "
            "5.3.2.5-1#7; units_terminated 5.3.2.5-1#11; units_tested 5.3.2.5-1#5; whole_tested 5.3.2.5-1#14"
        ),
    ),
    _smm(
        "leaves_a_unit_behind",
        ("one_at_a_time 5.3.2.5-1#12; units_in_destination 5.3.2.4-1#2; source_units_played 5.3.2.2-1#2"),
        (
            "instantiated_again; process_ended; rollback_decided; tester_played 5.3.2.2-1#6; tests_failed; "
            "tests_invoked 5.3.2.5-1#13; tests_passed 5.3.2.5-1#15; unit_tests_invoked 5.3.2.5-1#4; "
            "units_healthy 5.3.2.5-1#6; units_in_source 5.3.2.4-1#2; units_instantiated 5.3.2.5-1#3; "
            "units_started 5.3.2.5-1#8 5.3.2.5-1#9; units_stopped 5.3.2.5-1#10; units_synchronised "
            "5.3.2.5-1#7; units_terminated 5.3.2.5-1#11; units_tested 5.3.2.5-1#5; version_reported; "
            "whole_tested 5.3.2.5-1#14"
        ),
    ),
    _smm(
        "leaves_a_destination_unit",
        "units_terminated 5.3.2.5-1#11; units_in_source 5.3.2.4-1#2",
        (
            "one_at_a_time 5.3.2.5-1#12; process_ended; protection_released 5.3.2.5-1#end; tests_invoked "
            "5.3.2.5-1#13; tests_passed 5.3.2.5-1#15; units_instantiated 5.3.2.5-1#3; whole_tested 5.3.2.5-1#14"
        ),
    ),
    _smm("repeats_instantiations_blindly", "instantiated_at_most", "one_at_a_time 5.3.2.5-1#12"),
    _smm("never_retries_a_unit", "instantiated_again", "one_at_a_time 5.3.2.5-1#12; process_ended"),
    _entity(
        "instantiates_unlocked",
        "InstantiatesUnlocked",
        "units_instantiated 5.3.2.5-1#3",
        (
            "instantiated_again; one_at_a_time 5.3.2.5-1#12; process_ended; protection_released "
            "5.3.2.5-1#end; rollback_decided; rollback_resources_secured 5.3.2.5-1#1; source_units_played "
            "5.3.2.2-1#2; tests_failed; tests_invoked 5.3.2.5-1#13; tests_passed 5.3.2.5-1#15; "
            "unit_tests_invoked 5.3.2.5-1#4; units_healthy 5.3.2.5-1#6; units_in_destination 5.3.2.4-1#2; "
            "units_started 5.3.2.5-1#8 5.3.2.5-1#9; units_stopped 5.3.2.5-1#10; units_terminated "
            "5.3.2.5-1#11; units_tested 5.3.2.5-1#5; version_reported; whole_tested 5.3.2.5-1#14"
        ),
    ),
    _entity(
        "loses_the_state_of_a_stopped_unit",
        "LosesTheStateOfAStoppedUnit",
        "units_synchronised 5.3.2.5-1#7; operation_completed_once",
    ),
    _entity("serves_nobody_meanwhile", "ServesNobodyMeanwhile", "services_kept_up"),
    _entity("reports_the_newest_version", "ReportsTheNewestVersion", "version_reported"),
    _entity(
        "shows_no_units",
        "ShowsNoUnits",
        "units_seen_before 5.3.2.3-1#2",
        (
            "destination_units_played 5.3.2.2-1#3; existing_point_used; instantiated_again; "
            "instantiated_at_most; one_at_a_time 5.3.2.5-1#12; process_ended; rollback_decided; "
            "rollback_refused; services_kept_up; smm_played 5.3.2.2-1#1; source_units_played 5.3.2.2-1#2; "
            "tester_played 5.3.2.2-1#6; tests_failed; tests_invoked 5.3.2.5-1#13; tests_passed 5.3.2.5-1#15; "
            "unit_tests_invoked 5.3.2.5-1#4; units_healthy 5.3.2.5-1#6; units_instantiated 5.3.2.5-1#3; "
            "units_started 5.3.2.5-1#8 5.3.2.5-1#9; units_stopped 5.3.2.5-1#10; units_synchronised "
            "5.3.2.5-1#7; units_terminated 5.3.2.5-1#11; units_tested 5.3.2.5-1#5; version_reported; "
            "whole_tested 5.3.2.5-1#14"
        ),
    ),
    _entity(
        "has_an_idle_unit",
        "HasAnIdleUnit",
        "units_work_before 5.3.2.3-1#3",
        ("process_ended; protection_released 5.3.2.5-1#end; units_in_source 5.3.2.4-1#2; units_untouched"),
    ),
    _entity(
        "mislabels_new_units",
        "MislabelsNewUnits",
        "destination_units_played 5.3.2.2-1#3",
        (
            "instantiated_again; one_at_a_time 5.3.2.5-1#12; process_ended; protection_released "
            "5.3.2.5-1#end; source_units_played 5.3.2.2-1#2; tests_invoked 5.3.2.5-1#13; tests_passed "
            "5.3.2.5-1#15; units_healthy 5.3.2.5-1#6; units_in_destination 5.3.2.4-1#2; units_in_source "
            "5.3.2.4-1#2; units_started 5.3.2.5-1#8 5.3.2.5-1#9; units_stopped 5.3.2.5-1#10; "
            "units_terminated 5.3.2.5-1#11; version_reported; whole_tested 5.3.2.5-1#14"
        ),
    ),
    _again(
        "passes_units_unseen",
        "tester",
        "testers:PassesUnseen",
        "units_tested 5.3.2.5-1#5; whole_tested 5.3.2.5-1#14",
        "tester_played 5.3.2.2-1#6; tests_passed 5.3.2.5-1#15",
    ),
    _again("skips_special_logs_of_units", "smm", "smm:skips_special_logs", "special_logs_started 5.3.2.5-1#1"),
)
