"""The mutants of clause 5.3.3, and where the suite has to fail them."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

HOME = "5_3_3_forklift"


def _smm(name: str, at: str, then: str = "", breaks: str = "") -> Mutant:
    return Mutant(name, "smm", f"tests.mutants.forklift:{name}", at, then, home=HOME, breaks=breaks)


def _entity(name: str, at: str, then: str = "", breaks: str = "", actor: str = "vnfm-b") -> Mutant:
    words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)[1:]
    return Mutant(words, "entity", f"tests.mutants.forklift:{name}", at, then, actor, HOME, breaks)


def _tester(name: str, make: str, at: str, then: str = "", breaks: str = "") -> Mutant:
    return Mutant(name, "tester", f"tests.mutants.testers:{make}", at, then, "tester", HOME, breaks)


MUTANTS = (
    _smm(
        "collects_nothing",
        "instance_information_collected 5.3.3.5-1#2 5.3.3.7-1#3 5.3.3.8-1#3",
        then="instance_requested 5.3.3.5-1#3 5.3.3.6-1#3 5.3.3.7-1#4 5.3.3.8-1#4",
    ),
    _smm(
        "forgets_on_the_way_back",
        "rollback_information_collected 5.3.3.6-1#2",
        then=(
            "instance_gone; instance_interfaces_down 5.3.3.6-1#14; instance_interfaces_started 5.3.3.6-1#8 "
            "5.3.3.6-1#9; instance_interfaces_stopped 5.3.3.6-1#10 5.3.3.6-1#14; instance_passed 5.3.3.6-1#13; "
            "instance_terminated 5.3.3.6-1#14; process_ended; replacement_committed 5.3.3.6-1#end; "
            "source_came_back 5.3.3.4-1#2"
        ),
        breaks="continuity",
    ),
    _smm("instantiates_on_nothing", "instance_requested 5.3.3.5-1#3 5.3.3.6-1#3 5.3.3.7-1#4 5.3.3.8-1#4"),
    _smm(
        "transfers_no_state",
        ("destination_played 5.3.3.2-1#3 5.3.5-1#3; state_transferred 5.3.3.5-1#7 5.3.3.6-1#7 5.3.3.7-1#8 5.3.3.8-1#8"),
        then=(
            "destination_took_over 5.3.3.4-1#2; health_verified 5.3.3.6-1#4; instance_gone; "
            "instance_interfaces_down 5.3.3.5-1#14 5.3.3.6-1#14 5.3.3.7-1#15 5.3.3.8-1#15; "
            "instance_interfaces_started 5.3.3.5-1#8 5.3.3.5-1#9 5.3.3.6-1#8 5.3.3.6-1#9 5.3.3.7-1#10 5.3.3.7-1#9 "
            "5.3.3.8-1#10 5.3.3.8-1#9; instance_interfaces_stopped 5.3.3.5-1#10 5.3.3.5-1#14 5.3.3.6-1#14 "
            "5.3.3.7-1#11 5.3.3.7-1#15 5.3.3.8-1#11 5.3.3.8-1#15; instance_locked 5.3.3.6-1#3; "
            "instance_not_passed; instance_passed 5.3.3.5-1#13 5.3.3.6-1#13 5.3.3.7-1#14 5.3.3.8-1#14; "
            "instance_requested 5.3.3.6-1#3; instance_terminated 5.3.3.5-1#14 5.3.3.6-1#14 5.3.3.7-1#15 "
            "5.3.3.8-1#15; instance_tested 5.3.3.5-1#11 5.3.3.6-1#11 5.3.3.7-1#12 5.3.3.8-1#12; "
            "operation_handled_between 5.3.3.8-1#2; process_ended; replacement_committed 5.3.3.5-1#end "
            "5.3.3.6-1#end 5.3.3.7-1#end 5.3.3.8-1#16; rollback_decided 5.3.3.6-1#begin; "
            "rollback_information_collected 5.3.3.6-1#2; rollback_resources_secured 5.3.3.6-1#1; "
            "services_kept_up_between; source_came_back 5.3.3.4-1#2; source_played 5.3.3.2-1#2 5.3.5-1#2; "
            "state_taken_back 5.3.3.6-1#7"
        ),
    ),
    _smm("never_takes_back", "state_taken_back 5.3.3.6-1#7", then="state_transferred 5.3.3.6-1#7", breaks="leaks"),
    _smm("unlocks_before_the_transfer", "application_unlocked 5.3.3.5-1#8 5.3.3.7-1#9 5.3.3.8-1#9"),
    _smm(
        "authenticates_towards_the_old",
        (
            "instance_interfaces_started 5.3.3.5-1#8 5.3.3.5-1#9 5.3.3.6-1#8 5.3.3.6-1#9 5.3.3.7-1#10 5.3.3.7-1#9 "
            "5.3.3.8-1#10 5.3.3.8-1#9"
        ),
        then=(
            "destination_took_over 5.3.3.4-1#2; health_found 5.3.3.6-1#6; health_verified 5.3.3.6-1#4; "
            "instance_gone; instance_interfaces_down 5.3.3.5-1#14 5.3.3.6-1#14 5.3.3.7-1#15 5.3.3.8-1#15; "
            "instance_interfaces_stopped 5.3.3.5-1#10 5.3.3.5-1#14 5.3.3.6-1#10 5.3.3.6-1#14 5.3.3.7-1#11 "
            "5.3.3.7-1#15 5.3.3.8-1#11 5.3.3.8-1#15; instance_locked 5.3.3.6-1#3; "
            "instance_passed 5.3.3.5-1#13 5.3.3.6-1#13 5.3.3.7-1#14 5.3.3.8-1#14; "
            "instance_requested 5.3.3.6-1#3; instance_terminated 5.3.3.5-1#14 5.3.3.6-1#14 5.3.3.7-1#15 "
            "5.3.3.8-1#15; instance_tested 5.3.3.6-1#11; operation_ended 5.3.3.8-1#end; operation_handled_between "
            "5.3.3.8-1#2; operation_learned_between 5.3.3.8-1#2; process_ended; replacement_committed "
            "5.3.3.5-1#end 5.3.3.6-1#end 5.3.3.7-1#end 5.3.3.8-1#16; services_kept_up_between; source_came_back "
            "5.3.3.4-1#2; source_played 5.3.3.2-1#2 5.3.5-1#2; state_transferred 5.3.3.6-1#7"
        ),
        breaks="continuity",
    ),
    _smm(
        "stops_the_old_before_the_new_serves",
        ("instance_interfaces_stopped 5.3.3.5-1#10 5.3.3.7-1#11 5.3.3.8-1#11; services_kept_up_between"),
        then="state_transferred 5.3.3.6-1#7",
        breaks="continuity; mirror",
    ),
    _smm(
        "stops_instances_by_force",
        (
            "instance_interfaces_stopped 5.3.3.5-1#10 5.3.3.5-1#14 5.3.3.6-1#10 5.3.3.6-1#14 5.3.3.7-1#11 "
            "5.3.3.7-1#15 5.3.3.8-1#11 5.3.3.8-1#15"
        ),
    ),
    _smm(
        "terminates_before_shut_down",
        (
            "instance_interfaces_down 5.3.3.5-1#14 5.3.3.6-1#14 5.3.3.7-1#15 5.3.3.8-1#15; instance_terminated "
            "5.3.3.5-1#14 5.3.3.6-1#14 5.3.3.7-1#15 5.3.3.8-1#15"
        ),
    ),
    _smm(
        "commits_before_the_tester_spoke",
        "replacement_committed 5.3.3.5-1#end 5.3.3.6-1#end 5.3.3.7-1#end 5.3.3.8-1#16",
        then=("operation_handled_between 5.3.3.8-1#2; operation_learned_between 5.3.3.8-1#2; protection_kept"),
    ),
    _smm(
        "tests_no_health",
        "health_verified 5.3.3.5-1#4 5.3.3.6-1#4 5.3.3.7-1#5 5.3.3.8-1#5",
        then=(
            "application_unlocked 5.3.3.5-1#8 5.3.3.7-1#9 5.3.3.8-1#9; health_found 5.3.3.7-1#7; "
            "instance_interfaces_started 5.3.3.5-1#8 5.3.3.5-1#9 5.3.3.6-1#8 5.3.3.6-1#9 5.3.3.7-1#10 "
            "5.3.3.7-1#9 5.3.3.8-1#10 5.3.3.8-1#9; instance_interfaces_stopped 5.3.3.5-1#10 5.3.3.6-1#10 "
            "5.3.3.6-1#14 5.3.3.7-1#11 5.3.3.8-1#11; instance_not_passed; instance_passed 5.3.3.5-1#13 "
            "5.3.3.6-1#13 5.3.3.7-1#14 5.3.3.8-1#14; instance_terminated 5.3.3.6-1#14; instance_tested "
            "5.3.3.5-1#11 5.3.3.6-1#11 5.3.3.7-1#12 5.3.3.8-1#12; rollback_decided; state_transferred "
            "5.3.3.5-1#7 5.3.3.6-1#7 5.3.3.7-1#8 5.3.3.8-1#8"
        ),
    ),
    _smm(
        "tests_the_old_one",
        "instance_tested 5.3.3.5-1#11 5.3.3.6-1#11 5.3.3.7-1#12 5.3.3.8-1#12",
        then=(
            "destination_took_over 5.3.3.4-1#2; health_verified 5.3.3.6-1#4; instance_gone; "
            "instance_interfaces_down 5.3.3.5-1#14 5.3.3.7-1#15 5.3.3.8-1#15; instance_interfaces_started "
            "5.3.3.6-1#8 5.3.3.6-1#9; instance_interfaces_stopped 5.3.3.5-1#14 5.3.3.6-1#10 5.3.3.6-1#14 "
            "5.3.3.7-1#15 5.3.3.8-1#15; instance_locked 5.3.3.6-1#3; instance_passed 5.3.3.5-1#13 5.3.3.6-1#13 "
            "5.3.3.7-1#14 5.3.3.8-1#14; instance_requested 5.3.3.6-1#3; instance_terminated 5.3.3.5-1#14 "
            "5.3.3.6-1#14 5.3.3.7-1#15 5.3.3.8-1#15; operation_handled_between 5.3.3.8-1#2; process_ended; "
            "replacement_committed 5.3.3.5-1#end 5.3.3.7-1#end 5.3.3.8-1#16; source_played 5.3.3.2-1#2 5.3.5-1#2; "
            "state_transferred 5.3.3.6-1#7"
        ),
    ),
    _smm(
        "leaves_the_other_behind",
        (
            "destination_took_over 5.3.3.4-1#2; instance_gone; source_came_back 5.3.3.4-1#2; source_played "
            "5.3.3.2-1#2 5.3.5-1#2"
        ),
        then=(
            "health_verified 5.3.3.6-1#4; instance_interfaces_down 5.3.3.6-1#14; instance_interfaces_started "
            "5.3.3.6-1#8 5.3.3.6-1#9; instance_interfaces_stopped 5.3.3.6-1#10 5.3.3.6-1#14; instance_locked "
            "5.3.3.6-1#3; instance_looked_at 5.3.3.6-1#12; instance_passed 5.3.3.6-1#13; instance_requested "
            "5.3.3.6-1#3; instance_terminated 5.3.3.5-1#14 5.3.3.6-1#14 5.3.3.7-1#15 5.3.3.8-1#15; "
            "instance_tested 5.3.3.6-1#11; process_ended; replacement_committed 5.3.3.5-1#end 5.3.3.6-1#end "
            "5.3.3.7-1#end 5.3.3.8-1#16; rollback_decided 5.3.3.6-1#begin; state_transferred 5.3.3.6-1#7"
        ),
        breaks="leaks",
    ),
    _smm(
        "never_releases_what_nobody_inhabits",
        "replacement_committed 5.3.3.5-1#end 5.3.3.6-1#end 5.3.3.7-1#end 5.3.3.8-1#16",
        then="process_ended",
        breaks="leaks",
    ),
    _smm("restarts_what_never_stopped", "source_left_alone", breaks="mirror"),
    _smm(
        "stops_listening_for_operations",
        "operation_learned_between 5.3.3.8-1#2",
        then="operation_ended 5.3.3.8-1#end; operation_handled_between 5.3.3.8-1#2",
        breaks="continuity",
    ),
    _smm("tells_nobody_of_the_handling", "operation_handled_between 5.3.3.8-1#2", then="operation_ended 5.3.3.8-1#end"),
    _smm(
        "instantiates_once_only",
        "instance_retried",
        then=(
            "instance_terminated 5.3.3.5-1#14 5.3.3.7-1#15; process_ended; replacement_committed 5.3.3.5-1#end "
            "5.3.3.7-1#end"
        ),
    ),
    _smm(
        "instantiates_without_room",
        "nothing_instantiated",
        then=(
            "health_verified 5.3.3.5-1#4 5.3.3.6-1#4 5.3.3.7-1#5 5.3.3.8-1#5; instance_requested 5.3.3.5-1#3 "
            "5.3.3.6-1#3 5.3.3.7-1#4 5.3.3.8-1#4; instance_tested 5.3.3.5-1#11 5.3.3.6-1#11 5.3.3.7-1#12 "
            "5.3.3.8-1#12; process_ended; resources_secured 5.3.3.5-1#1 5.3.3.7-1#2 5.3.3.8-1#1; "
            "rollback_resources_secured 5.3.3.6-1#1"
        ),
    ),
    _entity(
        "StartsUnlocked",
        "instance_locked 5.3.3.5-1#3 5.3.3.6-1#3 5.3.3.7-1#4 5.3.3.8-1#4",
        then=(
            "destination_played 5.3.3.2-1#3 5.3.5-1#3; destination_took_over 5.3.3.4-1#2; health_found "
            "5.3.3.5-1#6 5.3.3.6-1#6 5.3.3.7-1#7 5.3.3.8-1#7; health_verified 5.3.3.5-1#4 5.3.3.6-1#4 5.3.3.7-1#5 "
            "5.3.3.8-1#5; instance_gone; instance_interfaces_down 5.3.3.5-1#14 5.3.3.6-1#14 5.3.3.7-1#15 "
            "5.3.3.8-1#15; instance_interfaces_started 5.3.3.5-1#8 5.3.3.5-1#9 5.3.3.6-1#8 5.3.3.6-1#9 "
            "5.3.3.7-1#10 5.3.3.7-1#9 5.3.3.8-1#10 5.3.3.8-1#9; instance_interfaces_stopped 5.3.3.5-1#10 "
            "5.3.3.5-1#14 5.3.3.6-1#10 5.3.3.6-1#14 5.3.3.7-1#11 5.3.3.7-1#15 5.3.3.8-1#11 5.3.3.8-1#15; "
            "instance_looked_at 5.3.3.5-1#12 5.3.3.5-1#5 5.3.3.6-1#12 5.3.3.6-1#5 5.3.3.7-1#13 5.3.3.7-1#6 "
            "5.3.3.8-1#13 5.3.3.8-1#6; instance_not_passed; instance_passed 5.3.3.5-1#13 5.3.3.6-1#13 "
            "5.3.3.7-1#14 5.3.3.8-1#14; instance_requested 5.3.3.6-1#3; instance_terminated 5.3.3.5-1#14 "
            "5.3.3.6-1#14 5.3.3.7-1#15 5.3.3.8-1#15; instance_tested 5.3.3.5-1#11 5.3.3.6-1#11 5.3.3.7-1#12 "
            "5.3.3.8-1#12; operation_ended 5.3.3.8-1#end; operation_handled_between 5.3.3.8-1#2; "
            "operation_learned_between 5.3.3.8-1#2; process_ended; replacement_committed 5.3.3.5-1#end "
            "5.3.3.6-1#end 5.3.3.7-1#end 5.3.3.8-1#16; rollback_information_collected 5.3.3.6-1#2; "
            "rollback_resources_secured 5.3.3.6-1#1; source_came_back 5.3.3.4-1#2; source_played 5.3.3.2-1#2 "
            "5.3.5-1#2; state_taken_back 5.3.3.6-1#7; state_transferred 5.3.3.5-1#7 5.3.3.6-1#7 5.3.3.7-1#8 "
            "5.3.3.8-1#8; tester_played 5.3.3.2-1#6 5.3.5-1#6"
        ),
    ),
    _entity(
        "IsNeverEmpty",
        "destination_host_available 5.3.3.3-1#1",
        then=(
            "application_unlocked 5.3.3.5-1#8 5.3.3.7-1#9 5.3.3.8-1#9; destination_played 5.3.3.2-1#3 "
            "5.3.5-1#3; destination_took_over 5.3.3.4-1#2; existing_point_used 5.3.3.5-1#1 5.3.3.7-1#2; "
            "health_found 5.3.3.5-1#6 5.3.3.6-1#6 5.3.3.7-1#7 5.3.3.8-1#7; health_verified 5.3.3.5-1#4 "
            "5.3.3.6-1#4 5.3.3.7-1#5 5.3.3.8-1#5; instance_gone; instance_information_collected 5.3.3.5-1#2 "
            "5.3.3.7-1#3 5.3.3.8-1#3; instance_interfaces_down 5.3.3.5-1#14 5.3.3.7-1#15 5.3.3.8-1#15; "
            "instance_interfaces_started 5.3.3.5-1#8 5.3.3.5-1#9 5.3.3.6-1#8 5.3.3.6-1#9 5.3.3.7-1#10 "
            "5.3.3.7-1#9 5.3.3.8-1#10 5.3.3.8-1#9; instance_interfaces_stopped 5.3.3.5-1#10 5.3.3.5-1#14 "
            "5.3.3.7-1#11 5.3.3.7-1#15 5.3.3.8-1#11 5.3.3.8-1#15; instance_locked 5.3.3.5-1#3 5.3.3.6-1#3 "
            "5.3.3.7-1#4 5.3.3.8-1#4; instance_looked_at 5.3.3.5-1#12 5.3.3.5-1#5 5.3.3.6-1#12 5.3.3.6-1#5 "
            "5.3.3.7-1#13 5.3.3.7-1#6 5.3.3.8-1#13 5.3.3.8-1#6; instance_not_passed; instance_passed "
            "5.3.3.5-1#13 5.3.3.6-1#13 5.3.3.7-1#14 5.3.3.8-1#14; instance_requested 5.3.3.5-1#3 5.3.3.6-1#3 "
            "5.3.3.7-1#4 5.3.3.8-1#4; instance_retried; instance_terminated 5.3.3.5-1#14 5.3.3.6-1#14 "
            "5.3.3.7-1#15 5.3.3.8-1#15; instance_tested 5.3.3.5-1#11 5.3.3.6-1#11 5.3.3.7-1#12 5.3.3.8-1#12; "
            "ongoing_handled 5.3.3.7-1#1; operation_ended 5.3.3.8-1#end; "
            "operation_handled_between 5.3.3.8-1#2; operation_learned_between 5.3.3.8-1#2; process_ended; "
            "protection_kept; replacement_committed 5.3.3.5-1#end 5.3.3.6-1#end 5.3.3.7-1#end 5.3.3.8-1#16; "
            "requested_at_most; resources_secured 5.3.3.5-1#1 5.3.3.7-1#2 5.3.3.8-1#1; restoration_point_held "
            "5.3.3.5-1#1 5.3.3.7-1#2 5.3.3.8-1#1; rollback_decided; rollback_decided 5.3.3.6-1#begin; "
            "rollback_information_collected 5.3.3.6-1#2; rollback_refused; rollback_resources_secured "
            "5.3.3.6-1#1; smm_played 5.3.3.2-1#1 5.3.5-1#1; source_came_back 5.3.3.4-1#2; source_left_alone; "
            "source_played 5.3.3.2-1#2 5.3.5-1#2; special_logs_started 5.3.3.5-1#1; state_taken_back "
            "5.3.3.6-1#7; state_transferred 5.3.3.5-1#7 5.3.3.6-1#7 5.3.3.7-1#8 5.3.3.8-1#8; tester_played "
            "5.3.3.2-1#6 5.3.5-1#6"
        ),
    ),
    _entity("KeepsWhatItWasMadeOf", "instance_gone", then="replacement_committed 5.3.3.6-1#end", breaks="leaks"),
    _entity(
        "ClaimsSeamlessSupport",
        "plan_available 5.3.3.3-1#2",
        then=(
            "application_unlocked 5.3.3.5-1#8 5.3.3.7-1#9 5.3.3.8-1#9; destination_played 5.3.3.2-1#3 "
            "5.3.5-1#3; destination_took_over 5.3.3.4-1#2; existing_point_used 5.3.3.5-1#1 5.3.3.7-1#2; "
            "health_found 5.3.3.5-1#6 5.3.3.6-1#6 5.3.3.7-1#7 5.3.3.8-1#7; health_verified 5.3.3.5-1#4 "
            "5.3.3.6-1#4 5.3.3.7-1#5 5.3.3.8-1#5; instance_gone; instance_information_collected 5.3.3.5-1#2 "
            "5.3.3.7-1#3 5.3.3.8-1#3; instance_interfaces_down 5.3.3.5-1#14 5.3.3.7-1#15 5.3.3.8-1#15; "
            "instance_interfaces_started 5.3.3.5-1#8 5.3.3.5-1#9 5.3.3.6-1#8 5.3.3.6-1#9 5.3.3.7-1#10 "
            "5.3.3.7-1#9 5.3.3.8-1#10 5.3.3.8-1#9; instance_interfaces_stopped 5.3.3.5-1#10 5.3.3.5-1#14 "
            "5.3.3.7-1#11 5.3.3.7-1#15 5.3.3.8-1#11 5.3.3.8-1#15; instance_locked 5.3.3.5-1#3 5.3.3.6-1#3 "
            "5.3.3.7-1#4 5.3.3.8-1#4; instance_looked_at 5.3.3.5-1#12 5.3.3.5-1#5 5.3.3.6-1#12 5.3.3.6-1#5 "
            "5.3.3.7-1#13 5.3.3.7-1#6 5.3.3.8-1#13 5.3.3.8-1#6; instance_not_passed; instance_passed "
            "5.3.3.5-1#13 5.3.3.6-1#13 5.3.3.7-1#14 5.3.3.8-1#14; instance_requested 5.3.3.5-1#3 5.3.3.6-1#3 "
            "5.3.3.7-1#4 5.3.3.8-1#4; instance_retried; instance_terminated 5.3.3.5-1#14 5.3.3.6-1#14 "
            "5.3.3.7-1#15 5.3.3.8-1#15; instance_tested 5.3.3.5-1#11 5.3.3.6-1#11 5.3.3.7-1#12 5.3.3.8-1#12; "
            "ongoing_checked 5.3.3.7-1#1; ongoing_handled 5.3.3.7-1#1; operation_ended 5.3.3.8-1#end; "
            "operation_handled_between 5.3.3.8-1#2; operation_learned_between 5.3.3.8-1#2; process_ended; "
            "protection_kept; replacement_committed 5.3.3.5-1#end 5.3.3.6-1#end 5.3.3.7-1#end 5.3.3.8-1#16; "
            "requested_at_most; resources_secured 5.3.3.5-1#1 5.3.3.7-1#2 5.3.3.8-1#1; restoration_point_held "
            "5.3.3.5-1#1 5.3.3.7-1#2 5.3.3.8-1#1; rollback_decided; rollback_decided 5.3.3.6-1#begin; "
            "rollback_information_collected 5.3.3.6-1#2; rollback_refused; rollback_resources_secured "
            "5.3.3.6-1#1; smm_played 5.3.3.2-1#1 5.3.5-1#1; source_left_alone; source_played 5.3.3.2-1#2 "
            "5.3.5-1#2; special_logs_started 5.3.3.5-1#1; state_taken_back 5.3.3.6-1#7; state_transferred "
            "5.3.3.5-1#7 5.3.3.6-1#7 5.3.3.7-1#8 5.3.3.8-1#8; tester_played 5.3.3.2-1#6 5.3.5-1#6"
        ),
        actor="vnfm",
    ),
    _tester(
        "passes_an_instance_unseen",
        "PassesUnseen",
        (
            "health_found 5.3.3.5-1#6 5.3.3.6-1#6 5.3.3.7-1#7 5.3.3.8-1#7; instance_looked_at 5.3.3.5-1#12 "
            "5.3.3.5-1#5 5.3.3.6-1#12 5.3.3.6-1#5 5.3.3.7-1#13 5.3.3.7-1#6 5.3.3.8-1#13 5.3.3.8-1#6; "
            "instance_passed 5.3.3.5-1#13 5.3.3.6-1#13 5.3.3.7-1#14 5.3.3.8-1#14"
        ),
        then="tester_played 5.3.3.2-1#6 5.3.5-1#6",
    ),
    _tester(
        "passes_an_instance_that_failed",
        "PassesWhatFailed",
        "instance_not_passed",
        then=(
            "instance_gone; instance_interfaces_down 5.3.3.6-1#14; instance_interfaces_started 5.3.3.6-1#8 "
            "5.3.3.6-1#9; instance_interfaces_stopped 5.3.3.6-1#10 5.3.3.6-1#14; instance_looked_at "
            "5.3.3.6-1#12; instance_passed 5.3.3.6-1#13; instance_terminated 5.3.3.6-1#14; instance_tested "
            "5.3.3.6-1#11; process_ended; protection_kept; replacement_committed 5.3.3.6-1#end; "
            "rollback_decided; rollback_decided 5.3.3.6-1#begin; source_came_back 5.3.3.4-1#2; "
            "state_transferred 5.3.3.6-1#7"
        ),
    ),
)
"""Every mutant of clause 5.3.3."""
