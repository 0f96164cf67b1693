"""Findings summed up by table row and by entity, and the order in which rows are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from harness.judge.verdicts import Verdict, roll_up
from reports.model import EntityResult, Row, Scenario, Step

_FIRST_AND_LAST = {"begin": -1, "end": 10_000}


def row_order(ref: str) -> tuple[tuple[int, ...], int, str]:
    """Sort key of a row reference: table by table, begin first, end last."""
    table, _, row = ref.partition("#")
    numbers = tuple(int(number) for number in re.findall(r"\d+", table))
    digits = re.match(r"\d+", row)
    place = int(digits.group()) if digits else _FIRST_AND_LAST.get(row, 9_999)
    return numbers, place, row


def bare(text: str) -> str:
    """A step's text without the row it begins with: `(1) ...` of a step, `1 | ...` of a row of its table."""
    return re.sub(r"^(\([^)]*\)|\w+ \|)\s*", "", text)


@dataclass(slots=True)
class _Judged:
    """What was found for one row so far."""

    steps: list[Step] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    entities: dict[str, list[Verdict]] = field(default_factory=dict)
    scenarios: list[str] = field(default_factory=list)


def rows_of(scenarios: Iterable[Scenario]) -> tuple[Row, ...]:
    """Every row that a scenario judges, once, in the order of the tables."""
    found: dict[str, _Judged] = {}
    for scenario in scenarios:
        for step in scenario.steps:
            if step.ref:
                _note(found.setdefault(step.ref, _Judged()), scenario, step)
    return tuple(_row(ref, found[ref]) for ref in sorted(found, key=row_order))


def _note(judged: _Judged, scenario: Scenario, step: Step) -> None:
    verdict = scenario.step_verdict(step)
    judged.steps.append(step)
    judged.verdicts.append(verdict)
    if scenario.entity:
        judged.entities.setdefault(scenario.entity, []).append(verdict)
    if scenario.id not in judged.scenarios:
        judged.scenarios.append(scenario.id)


def _row(ref: str, judged: _Judged) -> Row:
    table, _, row = ref.partition("#")
    entities = {name: roll_up(verdicts) for name, verdicts in judged.entities.items()}
    return Row(ref, table, row, _title(judged.steps), roll_up(judged.verdicts), entities, tuple(judged.scenarios))


def _title(steps: Iterable[Step]) -> str:
    """What most steps of a row ask for; of a row of a step's table its first cell, the others name who plays."""
    counted = Counter(bare(step.text).partition(" | ")[0] for step in steps)
    return counted.most_common(1)[0][0]


def entities_of(scenarios: Iterable[Scenario]) -> tuple[EntityResult, ...]:
    """The verdict of each entity over its scenarios, in the order in which they appear."""
    found: dict[str, list[Verdict]] = {}
    for scenario in scenarios:
        if scenario.entity:
            found.setdefault(scenario.entity, []).append(scenario.verdict)
    return tuple(_entity(name, verdicts) for name, verdicts in found.items())


def _entity(name: str, verdicts: Sequence[Verdict]) -> EntityResult:
    counted = Counter(verdicts)
    return EntityResult(name, roll_up(verdicts), {verdict: counted[verdict] for verdict in Verdict})
