"""Which invariants fall with which mutant, besides the rows at which it fails (lines by tests.mutants.points)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tests.mutants.mutant import Mutant

BREAKS = {
    "asks_again_blindly": "closure",
    "authenticates_nobody": "continuity; peers",
    "claims_success": "closure",
    "commits_before_the_tests": "commit",
    "commits_by_itself": "closure",
    "commits_nothing_undone": "closure",
    "drops_ongoing_operations": "continuity",
    "executes_twice": "continuity",
    "forgets_the_commit": "closure",
    "forgets_what_it_terminates": "leaks",
    "gives_no_reason": "closure",
    "is_locked_throughout": "closure; leaks; peers",
    "is_never_at_a_loss": "leaks; peers",
    "is_of_another_version": "closure",
    "keeps_its_allocation": "leaks",
    "keeps_its_resources": "leaks",
    "keeps_the_source_vnf": "closure",
    "keeps_what_it_undid": "leaks",
    "leaves_a_destination_unit": "leaks",
    "leaves_a_unit_behind": "closure",
    "leaves_it_locked": "continuity",
    "leaves_logs_open": "leaks",
    "leaves_networks": "leaks",
    "leaves_nsds_behind": "leaks",
    "leaves_them_on_what_stops": "continuity",
    "locks_between_steps": "continuity",
    "locks_its_service": "continuity",
    "locks_while_suspended": "continuity",
    "loses_its_instances": "continuity",
    "loses_pending_operations": "continuity",
    "loses_the_state_of_a_stopped_unit": "continuity",
    "names_the_wrong_vnfm": "continuity; peers",
    "never_releases_reservations": "leaks",
    "never_triggers_the_delayed": "continuity",
    "overstates_its_end": "closure; leaks; peers",
    "pretends_to_commit": "closure",
    "protects_another": "leaks",
    "removes_the_path_in_use": "closure; continuity",
    "replaces_the_path": "mirror",
    "reports_what_is_ordered": "continuity",
    "rolls_back_the_committed": "commit",
    "says_fallen_back_too_early": "leaks; peers",
    "says_it_reaches_its_peers": "peers",
    "serves_nobody_meanwhile": "continuity",
    "sets_no_peering": "peers",
    "starts_towards_fes_only": "continuity",
    "stops_a_unit_before_the_new_one_serves": "continuity",
    "stops_a_unit_first": "continuity",
    "stops_before_it_starts": "continuity; mirror",
    "stops_serving_after_commit": "continuity; leaks; peers",
    "tells_not_whom_it_replaces": "leaks",
    "terminates_what_is_needed": "leaks; peers",
    "unprotects_before_the_commit": "commit",
    "wants_its_own_g_vnfm": "leaks; peers",
}


def with_breaks(mutants: Iterable[Mutant]) -> tuple[Mutant, ...]:
    """The mutants with what stands here of them; one that is not here keeps what it says itself."""
    return tuple(replace(mutant, breaks=BREAKS.get(mutant.name, mutant.breaks)) for mutant in mutants)
