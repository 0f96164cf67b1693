"""What in the project rests on a row, note or recommendation: scenarios, steps of plans, interpretations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from harness.spec.editions import Change
from harness.spec.scenarios import Scenario

STEP = re.compile(r"\bid: (?P<id>[\w-]+)\s*,?\s*row: \"(?P<ref>[^\"]+)\"")
Touched = dict[str, list[str]]
"""For each place (5.2.2.5-1#3, "5.2.2.5-1 note 2", "5.3.3.6-1 at", Fun.006, 5.2.2.5-1) what rests on it."""


def index(scenarios: Iterable[Scenario], plans: Path, interpretations: Mapping[str, Iterable[str]]) -> Touched:
    """For each reference what rests on it; `interpretations` are the places that each is about, by its id."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for one in scenarios:
        notes = [f"{table} note {note}" for table in one.tagged("table") for note in one.tagged("note")]
        for ref in (*(p.ref for p in one.points), *one.tagged("rec"), *one.tagged("table"), *notes):
            found[ref][f"scenario {one.id}"] = None
    for path in sorted(plans.glob("*.yaml")):
        for step in STEP.finditer(path.read_text(encoding="utf-8")):
            found[step["ref"]][f"plan {path.name} step {step['id']}"] = None
            found[step["ref"].partition("#")[0]][f"plan {path.name}"] = None
    for name, named in interpretations.items():
        for place in named:
            found[place][f"interpretation {name}"] = None
    return {place: list(there) for place, there in found.items()}


def with_touched(changes: Iterable[Change], found: Touched) -> list[Change]:
    """The same changes, each with what rests on it."""
    return [replace(one, touches=tuple(_touching(one, found))) for one in changes]


def _touching(change: Change, found: Touched) -> list[str]:
    """Nothing can rest on what is new, but what goes by its table has to take it up; a table that moved is cited."""
    if change.kind == "added":
        return found.get(change.table, [])
    if change.what == "table" and change.kind in ("moved", "removed"):
        of_it = (f"{change.table}#", f"{change.table} ")
        rows = (each for place, there in found.items() if place.startswith(of_it) for each in there)
        return list(dict.fromkeys((*found.get(change.table, ()), *rows)))
    if change.kind == "at":
        return list(dict.fromkeys((*found.get(change.ref, ()), *found.get(f"{change.table} at", ()))))
    return found.get(change.ref, [])
