"""The document against the features: rows and recommendations without a scenario, scenarios that contradict a row.

Who acts is compared only where a step begins with one of the roles below: a step that is about something else
("each unit has ...") says nothing of who acts.

The External Manager is played by the suite itself, so no step has it act: a step about such a row tells what whom it
speaks to makes of it, and is compared with that. Those rows are listed, because what the External Manager does in them
is the suite's word and no observation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from harness.spec.model import Document, Row
from harness.spec.scenarios import Point, Scenario

FORMAT = "manolab-spec-coverage/1"
ACTING = re.compile(r"the (?P<role>SMM|tester|target|NFVO|Fallback Manager)\s", re.IGNORECASE)
ASKED = ("actors", "role-mapping", "pre", "post", "flow")


@dataclass(frozen=True)
class Asked:
    """A row, or a recommendation, that has to have a scenario."""

    ref: str
    row: Row
    recommendation: bool = False


@dataclass(frozen=True)
class Uncovered:
    """A row or recommendation that no scenario is about."""

    ref: str
    text: str


@dataclass(frozen=True)
class Contradiction:
    """A step of a scenario that is not what the document says: `kind` is gone or actor."""

    kind: str
    ref: str
    scenario: str
    line: int
    step: str
    why: str


@dataclass(frozen=True)
class Coverage:
    """What the comparison gave; `covered` has the ids of the scenarios for each row that has some.

    `asked` are all rows and recommendations that have to have one; `played` the rows whose actor the suite plays.
    """

    covered: dict[str, list[str]]
    uncovered: list[Uncovered]
    contradictions: list[Contradiction]
    asked: list[Asked]
    played: list[str]

    def without(self, recommendations: bool) -> list[Uncovered]:
        """What has no scenario: recommendations, or rows."""
        wanted = {one.ref for one in self.asked if one.recommendation is recommendations}
        return [one for one in self.uncovered if one.ref in wanted]

    def count(self, recommendations: bool) -> int:
        """How many recommendations, or rows, have to have a scenario."""
        return sum(one.recommendation is recommendations for one in self.asked)


def compared(document: Document, scenarios: Sequence[Scenario]) -> Coverage:
    """All scenarios against all rows of the document."""
    covered: dict[str, list[str]] = {}
    for scenario in scenarios:
        refs = [*(point.ref for point in scenario.points), *scenario.tagged("rec")]
        for ref in dict.fromkeys(refs):
            covered.setdefault(ref, []).append(scenario.id)
    asked = list(_asked(document))
    uncovered = [Uncovered(one.ref, one.row.whole) for one in asked if one.ref not in covered]
    played = [one.ref for one in asked if one.ref in covered and _played(one.row)]
    wrong = [one for scenario in scenarios for one in _contradictions(document, scenario)]
    return Coverage(covered, uncovered, wrong, asked, played)


def _asked(document: Document) -> Iterator[Asked]:
    """What has to have a scenario: rows by their reference, recommendations by their identifier."""
    for table in document.tables:
        for row in table.rows:
            if table.kind == "recommendation":
                yield Asked(row.number, row, recommendation=True)
            elif table.kind in ASKED:
                yield Asked(table.ref(row), row)


def _contradictions(document: Document, scenario: Scenario) -> Iterator[Contradiction]:
    for point in scenario.points:
        name, _, number = point.ref.rpartition("#")
        table = document.by_id.get(name)
        row = table.row(number) if table else None
        why = _disagreement(row, point) if row else f"the document has no {'such row' if table else f'table {name}'}"
        if why:
            yield Contradiction("actor" if row else "gone", point.ref, scenario.id, point.line, point.text, why)
    known = {row.number for table in document.tables if table.kind == "recommendation" for row in table.rows}
    for named in scenario.tagged("rec"):
        if named not in known:
            why = "the document has no such recommendation"
            yield Contradiction("gone", named, scenario.id, scenario.line, f"@rec:{named}", why)


SUITE = "external manager"
"""Who is played by the suite itself."""


def _played(row: Row) -> bool:
    """Whether the suite plays who acts in a row."""
    return row.actors is not None and SUITE in " ".join(row.actors.sources).casefold()


def _disagreement(row: Row, point: Point) -> str:
    """Why a step and its row do not agree about who acts; empty where they do, or where it cannot be told."""
    acting = ACTING.match(point.text)
    if acting is None or row.actors is None:
        return ""
    acts = row.actors.everybody if row.actors.form == "peer" or _played(row) else row.actors.sources
    # What the External Manager decides alone is known by what the SMM does next, which is whom it speaks to.
    named = " ".join((*acts, "SMM") if _played(row) else acts).casefold()
    if acting["role"].casefold() in named:
        return ""
    return f"the step has the {acting['role']} act, the row {row.actor}"


def record(document: Document, found: Coverage) -> dict[str, Any]:
    """The comparison as JSON carries it."""
    return {
        "format": FORMAT,
        "source": {"name": document.source.rpartition("/")[2], "format": document.format},
        "counts": {
            "asked": len(found.asked),
            "uncovered": len(found.uncovered),
            "contradictions": len(found.contradictions),
            "rows": found.count(recommendations=False),
            "rowsUncovered": len(found.without(recommendations=False)),
            "recommendations": found.count(recommendations=True),
            "recommendationsUncovered": len(found.without(recommendations=True)),
        },
        "played": found.played,
        "uncovered": [vars(one) for one in found.uncovered],
        "contradictions": [vars(one) for one in found.contradictions],
    }
