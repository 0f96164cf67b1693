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
    _smm("knows_other_units", ""),
    _smm("tells_not_whom_it_replaces", ""),
    _smm("names_no_resources_for_units", ""),
    _smm("tests_no_unit", ""),
    _smm("tests_no_restored_unit", ""),
    _smm("opens_before_the_health_test", ""),
    _smm("starts_towards_fes_only", ""),
    _smm("stops_a_unit_before_the_new_one_serves", ""),
    _smm("stops_a_unit_first", ""),
    _smm("stops_units_by_force", ""),
    _smm("does_not_await_the_shut_down", ""),
    _smm("terminates_what_was_not_stopped", ""),
    _smm("stops_two_at_once", ""),
    _smm("leaves_a_unit_behind", ""),
    _smm("leaves_a_destination_unit", ""),
    _smm("repeats_instantiations_blindly", ""),
    _smm("never_retries_a_unit", ""),
    _entity("instantiates_unlocked", "InstantiatesUnlocked", ""),
    _entity("loses_the_state_of_a_stopped_unit", "LosesTheStateOfAStoppedUnit", ""),
    _entity("serves_nobody_meanwhile", "ServesNobodyMeanwhile", ""),
    _entity("reports_the_newest_version", "ReportsTheNewestVersion", ""),
    _entity("shows_no_units", "ShowsNoUnits", ""),
    _entity("has_an_idle_unit", "HasAnIdleUnit", ""),
    _entity("mislabels_new_units", "MislabelsNewUnits", ""),
    _again("passes_units_unseen", "tester", "testers:PassesUnseen", ""),
    _again("skips_special_logs_of_units", "smm", "smm:skips_special_logs", ""),
    _again("protects_units_afterwards", "smm", "smm:protects_afterwards", ""),
)
