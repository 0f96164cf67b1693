"""What in the project rests on a row, note or recommendation: scenarios, steps of plans, interpretations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from harness.spec.editions import Change
from harness.spec.scenarios import Scenario

STEP = re.compile(r"\bid: (?P<id>[\w-]+)\s*,?\s*row: \"(?P<ref>[^\"]+)\"")
PLACE = re.compile(r"(?P<table>\d[\d.]*-\d+)\s+(?P<what>rows?|notes?)\s+(?P<list>\w+(?:(?:,| and| or) \w+\b(?![.-]))*)")
Touched = dict[str, list[str]]


def index(scenarios: Iterable[Scenario], plans: Path, interpretations: Mapping[str, Iterable[str]]) -> Touched:
    """For each reference what rests on it; `interpretations` are the places that each is about, by its id."""
    found: Touched = {}
    for one in scenarios:
        notes = [f"{table} note {note}" for table in one.tagged("table") for note in one.tagged("note")]
        for ref in dict.fromkeys((*(p.ref for p in one.points), *one.tagged("rec"), *notes)):
            found.setdefault(ref, []).append(f"scenario {one.id}")
    for path in sorted(plans.glob("*.yaml")):
        for step in STEP.finditer(path.read_text(encoding="utf-8")):
            found.setdefault(step["ref"], []).append(f"plan {path.name} step {step['id']}")
    for name, places in interpretations.items():
        for place in PLACE.finditer(", ".join(places)):
            join = "#" if place["what"].startswith("row") else " note "
            for number in re.findall(r"\b(?:\d+|begin|end)\b", place["list"]):
                found.setdefault(f"{place['table']}{join}{number}", []).append(f"interpretation {name}")
    return found


def with_touched(changes: Iterable[Change], found: Touched) -> list[Change]:
    """The same changes, each with what rests on its reference."""
    return [replace(one, touches=tuple(found.get(one.ref, ())) if one.kind != "added" else ()) for one in changes]
