"""The panel beside a sequence: for each row what a run left as evidence, in the colour of its verdict."""

from __future__ import annotations

from harness import svg
from harness.spec.drawing.model import Evidence, Exchange, Observation

PANEL = 470.0  # px
SIZE, LEADING = 11.5, 15.0
PAD = 9.0
MOST = 6  # messages of a row, the rest is counted
ROOM = PANEL - 62
NONE = "no evidence: the run has nothing to say of this row"


class Panel:
    """Lays out an observation, row by row; the height of a row is asked for before it is drawn."""

    def __init__(self, observed: Observation) -> None:
        self.observed = observed

    def heading(self, left: float) -> list[str]:
        """The run's name and verdict, above the panel."""
        whole = self.observed.whole
        chip, wide = svg.pill(left + 14, 18, f"{whole.sign} {whole.verdict}", whole.ink, whole.paper, 13)
        told = self._name(wide)
        return [chip] + [
            svg.text(left + 24 + wide, 33 + 17 * index, line, 13, weight=600, title=self.observed.name)
            for index, line in enumerate(told)
        ]

    def extra(self) -> float:
        """The height that the heading needs beyond one line."""
        _, wide = svg.pill(0, 0, f"{self.observed.whole.sign} {self.observed.whole.verdict}", "", "", 13)
        return 17.0 * (len(self._name(wide)) - 1)

    def _name(self, beside: float) -> tuple[str, ...]:
        """The run's name, wrapped beside a chip; 14.3 for 13 in bold."""
        return svg.wrapped(f"observed: {self.observed.name}", 14.3, PANEL - beside - 40, 2)

    def paper(self, number: str) -> str:
        """What tints the whole row: its verdict's paper where it is no pass; nothing for a pass or no evidence."""
        found = self.observed.rows.get(number)
        return found.paper if found and found.verdict != "pass" else ""

    def tall(self, number: str) -> float:
        """The height that a row's evidence needs."""
        return len(self._lines(number)) * LEADING + 2 * PAD

    def row(self, number: str, left: float, y: float, tall: float) -> list[str]:
        """A row's evidence at y, in a band of this height."""
        found = self.observed.rows.get(number)
        ink = found.ink if found else svg.FAINT
        lines = self._lines(number)
        body = [svg.line(left + 6, y + 4, left + 6, y + tall - 4, ink, 4, "" if found else "3 4")]
        first = y + (tall - len(lines) * LEADING) / 2 + 11
        if found:
            body.append(
                svg.text(left + 24, first, found.sign, 14, ink, anchor="middle", weight=700, title=found.reason)
            )
        for index, (said, fill, full) in enumerate(lines):
            style = "" if found else "italic"
            body.append(svg.text(left + 40, first + index * LEADING, said, SIZE, fill, title=full, style=style))
        return body

    def _lines(self, number: str) -> list[tuple[str, str, str]]:
        """Each line: what it says, its colour, and all of what it is a part of."""
        found = self.observed.rows.get(number)
        if found is None:
            return [(NONE, svg.FAINT, NONE)]
        told = [(line, found.ink, found.reason) for line in svg.wrapped(_why(found), SIZE, ROOM, 3)]
        for one in found.exchanges[:MOST]:
            told += [(line, _ink(one, found), str(one)) for line in svg.wrapped(str(one), SIZE, ROOM, 2)]
        if len(found.exchanges) > MOST:
            rest = "; ".join(str(one) for one in found.exchanges[MOST:])
            told.append((f"and {len(found.exchanges) - MOST} more", svg.FAINT, rest))
        return told


def _why(found: Evidence) -> str:
    """What is said before the messages: why a row is no pass, or what it passed by where no message tells."""
    if found.verdict != "pass":
        return f"{found.verdict}: {found.reason}" if found.reason else found.verdict
    return "" if found.exchanges else found.reason or "met, by what the entities report"


def _ink(one: Exchange, found: Evidence) -> str:
    return found.ink if one.missing or found.verdict == "fail" else svg.INK
