"""Findings summed up by table row and by entity, and the order in which rows are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from harness.judge.verdicts import Verdict, roll_up
from reports.model import EntityResult, Row, Scenario, Step
from reports.titles import title

_FIRST_AND_LAST = {"begin": -1, "end": 10_000}


def row_order(ref: str) -> tuple[tuple[int, ...], int, str]:
    """Sort key of a row reference: table by table, begin first, end last."""
    table, _, row = ref.partition("#")
    numbers = tuple(int(number) for number in re.findall(r"\d+", table))
    digits = re.match(r"\d+", row)
    place = int(digits.group()) if digits else _FIRST_AND_LAST.get(row, 9_999)
    return numbers, place, row


@dataclass(slots=True)
class _Judged:
    """What was found for one row so far."""

    texts: list[str] = field(default_factory=list)  # of the first step for the row in each scenario
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
    judged.verdicts.append(verdict)
    if scenario.entity:
        judged.entities.setdefault(scenario.entity, []).append(verdict)
    if scenario.id not in judged.scenarios:
        judged.texts.append(step.text)
        judged.scenarios.append(scenario.id)


def _row(ref: str, judged: _Judged) -> Row:
    table, _, row = ref.partition("#")
    entities = {name: roll_up(verdicts) for name, verdicts in judged.entities.items()}
    return Row(ref, table, row, title(judged.texts), roll_up(judged.verdicts), entities, tuple(judged.scenarios))


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
