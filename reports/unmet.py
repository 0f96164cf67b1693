"""What was not met, each point once: scenarios that fall at the same point for the same reason stand together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harness.judge.verdicts import Verdict
from reports.model import Report, Scenario
from reports.rollup import row_order
from reports.titles import bare

FINE = (Verdict.PASS, Verdict.NOT_APPLICABLE)
_MOST = 6  # messages named as proof of one point
_GRAVEST = (Verdict.ERROR, Verdict.FAIL, Verdict.INCONCLUSIVE)
_OWN = re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\bn=\d+|\d+\.\d+ s\b")  # differs from run to run


@dataclass(frozen=True, slots=True)
class Unmet:
    """One point; `reason` and `evidence` are those of the first scenario.

    ref: the row, None for a sentence that is no row; asked: the step's text, "" when a whole scenario broke;
    evidence: numbers in the history of the first scenario.
    """

    verdict: Verdict
    ref: str | None
    asked: str
    strength: str | None
    reason: str
    evidence: tuple[int, ...]
    scenarios: tuple[Scenario, ...]

    @property
    def proof(self) -> str:
        """The evidence as text, `n=56, 110`; "" without any."""
        told = ", ".join(map(str, self.evidence[:_MOST]))
        return f"n={told}{', …' if len(self.evidence) > _MOST else ''}" if told else ""

    @property
    def entities(self) -> tuple[str, ...]:
        """The targets concerned."""
        return tuple(dict.fromkeys(one.entity for one in self.scenarios if one.entity))


def unmet(report: Report) -> tuple[Unmet, ...]:
    """Every point that was not met: errors, then fails, then what is inconclusive, each in the order of the rows."""
    alike: dict[tuple[object, ...], list[tuple[Scenario, Unmet]]] = {}
    for scenario in report.scenarios:
        if scenario.verdict not in FINE:
            for point in points(scenario):
                key = (point.verdict, point.ref, point.asked, _OWN.sub("", point.reason))
                alike.setdefault(key, []).append((scenario, point))
    merged = [_merged(group) for group in alike.values()]
    return tuple(sorted(merged, key=_order))


def points(scenario: Scenario) -> Iterator[Unmet]:
    """What a scenario did not meet: the steps judged so; of one that has none, the scenario itself."""
    judged = [step for step in scenario.steps if step.verdict and step.verdict not in FINE]
    for step in judged:
        reason = step.reason or "no reason recorded"
        asked = bare(step.text).replace(" | ", ": ")
        yield Unmet(scenario.step_verdict(step), step.ref, asked, step.strength, reason, step.evidence, (scenario,))
    if scenario.error or not judged:
        yield Unmet(scenario.verdict, None, "", None, scenario.reason or "no reason recorded", (), (scenario,))


def _merged(group: list[tuple[Scenario, Unmet]]) -> Unmet:
    first = group[0][1]
    scenarios = tuple({scenario.id: scenario for scenario, _ in group}.values())
    return Unmet(first.verdict, first.ref, first.asked, first.strength, first.reason, first.evidence, scenarios)


def _order(point: Unmet) -> tuple[object, ...]:
    return (_GRAVEST.index(point.verdict), point.ref is None, row_order(point.ref or ""))
