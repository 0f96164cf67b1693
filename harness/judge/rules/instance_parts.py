"""What source and destination do where another instance of the entity takes the place (table 5.3.3.2-1)."""

from __future__ import annotations

from harness.judge.case import Case
from harness.judge.findings import Finding, failed, passed
from harness.judge.instances import instantiations, terminations, transfers, view
from harness.judge.states import FE, entity_answers, types


def source_instance_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """The FE that ran in the beginning: its state was handed over, and it was terminated."""
    given = [pair[0] for pair in transfers(view(case, "destination"))]
    over = [entry for entry in terminations(case) if entry.ok]
    kind = types(case, actors).get(case.roles.target)
    if actors != (case.roles.target,) or not given or not over:
        return case.missing("a source that handed its state over and was terminated")
    if kind not in FE:
        return failed(f"{actors[0]} is a {kind}, no NFV-MANO functional entity", entity_answers(case, actors[0]))
    return passed(f"a {kind} handed its state over", [given[0], over[0]])


def destination_instance_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """Another FE of the same type, that was instantiated and took the state over."""
    one = view(case, "destination")
    made = [entry for entry in instantiations(one) if entry.status == 202]
    taken = [pair[1] for pair in transfers(one)]
    if actors != (one.roles.target,) or not made or not taken:
        return case.missing("a destination that was instantiated and took the state over")
    kinds = types(case, (case.roles.target, one.roles.target))
    if len(set(kinds.values())) != 1:
        return failed(f"source and destination differ: {kinds}", entity_answers(case, one.roles.target))
    return passed("instantiated, and took the state over", [made[0], taken[0]])
