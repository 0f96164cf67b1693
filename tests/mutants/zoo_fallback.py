"""The zoo of clause 5.9: wrong Fallback Managers, entities, testers and SMMs, and where the suite has to fail each."""

from __future__ import annotations

import re

from tests.mutants.mutant import FALLBACK, Kind, Mutant

ONWARDS = (
    "fallback_reported 5.9.5-1#end; reconciliation_notified 5.9.5-1#5; state_restored 5.9.5-1#end; "
    "targets_restored 5.9.5-1#2; targets_unlocked 5.9.5-1#6"
)
"""What is left undone when the targets never stop."""

NO_SECOND = "other_point_taken; targets_restored 5.9.5-1#2; targets_stopped 5.9.5-1#1"
"""No other restoration point is tried, because the first is taken for a success."""


def manager(name: str, at: str, then: str = "", kind: Kind = "fallback") -> Mutant:
    """A factory of fallback.py."""
    return Mutant(name, kind, f"tests.mutants.fallback:{name}", at, then, home=FALLBACK)


def entity(name: str, at: str, then: str = "", actor: str = "vnfm", kind: Kind = "entity") -> Mutant:
    """A class of fallback_entities.py in the place of a power of an actor."""
    words = re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
    return Mutant(words, kind, f"tests.mutants.fallback_entities:{name}", at, then, actor, FALLBACK)


MUTANTS = (
    manager("takes_no_request", "fallback_requested 5.9.5-1#begin", "process_ended; protection_released"),
    manager(
        "stops_nobody",
        "targets_stopped 5.9.5-1#1",
        "stopped_meanwhile; targets_locked 5.9.5-1#3; targets_restored 5.9.5-1#2",
    ),
    manager("stops_gracefully", "targets_stopped 5.9.5-1#1; stopped_meanwhile", ONWARDS),
    manager("stops_and_restores_one_by_one", "targets_stopped 5.9.5-1#1"),
    manager(
        "restores_only_one",
        "targets_restored 5.9.5-1#2; fallback_targets_played 5.9.2-1#2",
        (
            "everything_passed 5.9.5-1#8; everything_tested 5.9.5-1#7; managed_discovered 5.9.5-1#4; "
            "managed_entities_played 5.9.2-1#3; reconciliation_notified 5.9.5-1#5; targets_locked 5.9.5-1#3; "
            "targets_stopped 5.9.5-1#1; targets_unlocked 5.9.5-1#6"
        ),
    ),
    manager("unlocks_too_early", "targets_unlocked 5.9.5-1#6", "targets_locked 5.9.5-1#3"),
    manager("unlocks_one_after_the_other", "targets_unlocked 5.9.5-1#6"),
    manager(
        "leaves_one_locked",
        "targets_unlocked 5.9.5-1#6",
        "everything_passed 5.9.5-1#8; everything_tested 5.9.5-1#7; fallback_reported 5.9.5-1#end",
    ),
    manager("tests_the_targets_only", "everything_tested 5.9.5-1#7"),
    manager("leaves_a_suite_out", "everything_tested 5.9.5-1#7", f"point_failed; {NO_SECOND}"),
    manager(
        "does_without_the_tester",
        "everything_tested 5.9.5-1#7; everything_passed 5.9.5-1#8; fallback_reported 5.9.5-1#end",
        f"point_failed; {NO_SECOND}",
    ),
    manager(
        "reports_before_the_tester",
        "fallback_reported 5.9.5-1#end",
        (f"everything_passed 5.9.5-1#8; everything_tested 5.9.5-1#7; state_restored 5.9.5-1#end; {NO_SECOND}"),
    ),
    manager(
        "hears_what_it_likes",
        "everything_passed 5.9.5-1#8; other_point_taken",
        "everything_tested 5.9.5-1#7; targets_restored 5.9.5-1#2; targets_stopped 5.9.5-1#1",
    ),
    manager(
        "takes_the_same_point_again",
        "other_point_taken; reinstallation_reported 5.9.5-1#end",
        "fallback_reported 5.9.5-1#end",
    ),
    manager(
        "gives_up_at_once",
        "other_point_taken; reinstallation_reported 5.9.5-1#end",
        (
            "everything_passed 5.9.5-1#8; everything_tested 5.9.5-1#7; fallback_reported 5.9.5-1#end; "
            "managed_discovered 5.9.5-1#4; point_failed; reconciliation_notified 5.9.5-1#5; targets_locked 5.9.5-1#3; "
            "targets_restored 5.9.5-1#2; targets_stopped 5.9.5-1#1; targets_unlocked 5.9.5-1#6"
        ),
    ),
    manager("is_never_at_a_loss", "reinstallation_reported 5.9.5-1#end", "process_ended; protection_kept"),
    manager("hands_nothing_over", "handed_over; process_ended", "protection_released", kind="smm"),
    manager(
        "hands_over_another_point",
        "handed_over",
        (
            "all_work_after_fallback 5.9.4-1#1; everything_passed 5.9.5-1#8; everything_tested 5.9.5-1#7; "
            "fallback_reported 5.9.5-1#end; managed_discovered 5.9.5-1#4; point_failed; process_ended; "
            "protection_released; reconciliation_notified 5.9.5-1#5; reinstallation_reported 5.9.5-1#end; "
            "state_restored 5.9.5-1#end; targets_locked 5.9.5-1#3; targets_restored 5.9.5-1#2; "
            "targets_stopped 5.9.5-1#1; targets_unlocked 5.9.5-1#6"
        ),
        kind="smm",
    ),
    manager(
        "says_fallen_back_too_early",
        "process_ended",
        (
            "everything_passed 5.9.5-1#8; everything_tested 5.9.5-1#7; fallback_reported 5.9.5-1#end; "
            "managed_discovered 5.9.5-1#4; point_failed; protection_kept; reconciliation_notified 5.9.5-1#5; "
            "targets_locked 5.9.5-1#3; targets_restored 5.9.5-1#2; targets_unlocked 5.9.5-1#6"
        ),
        kind="smm",
    ),
    entity(
        "SkipsDiscovery",
        "managed_discovered 5.9.5-1#4; state_restored 5.9.5-1#end; all_work_after_fallback 5.9.4-1#1",
        "managed_entities_played 5.9.2-1#3",
    ),
    entity("AdjustsNothing", "state_restored 5.9.5-1#end; all_work_after_fallback 5.9.4-1#1"),
    entity(
        "ComesUpUnlocked",
        "targets_locked 5.9.5-1#3",
        (
            "everything_passed 5.9.5-1#8; everything_tested 5.9.5-1#7; fallback_reported 5.9.5-1#end; point_failed; "
            "process_ended; protection_released; targets_unlocked 5.9.5-1#6"
        ),
    ),
    entity(
        "DoesNotNotify",
        "reconciliation_notified 5.9.5-1#5",
        "targets_locked 5.9.5-1#3; targets_unlocked 5.9.5-1#6",
    ),
    entity("KeepsItsBooks", "state_restored 5.9.5-1#end"),
    entity(
        "HidesItsFailure",
        "point_failed",
        f"process_ended; protection_kept; reinstallation_reported 5.9.5-1#end; {NO_SECOND}",
    ),
    entity("HasNoPart", "point_available 5.9.3-1#1", actor="vim"),
    entity("StopsAtItsLeisure", "stopped_meanwhile; targets_stopped 5.9.5-1#1", ONWARDS),
    entity("IsLockedAfterwards", "all_work_after_fallback 5.9.4-1#1", actor="vnf"),
    entity("RestoresOnItsOwn", "fallback_manager_played 5.9.2-1#1", actor="nfvo"),
    entity("CallsItselfAFunctionalEntity", "managed_entities_played 5.9.2-1#3", actor="vnf"),
    entity(
        "KnowsOneTargetOnly",
        "all_suites_available 5.9.3-1#2",
        "everything_tested 5.9.5-1#7; fallback_reported 5.9.5-1#end; process_ended; protection_released",
        actor="tester",
        kind="tester",
    ),
    entity("NeverLooks", "everything_passed 5.9.5-1#8", actor="tester", kind="tester"),
)
