"""The picture of a sequence: lifelines, a band for each row, and beside it what was observed.

Labels are wrapped and stand on paper of their own, so that no lifeline crosses them and no halo is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from harness import svg
from harness.spec.drawing.evidence import PANEL, Panel
from harness.spec.drawing.model import Arrow, Sequence, Step

SLIDE = 1600.0  # px that a drawing fills, if it has so many lifelines
LEAST = 760.0  # px of a drawing with few of them
GUTTER = 92.0  # the column of the rows' numbers
EDGE = 105.0  # from the outermost lifelines to the border
GAPS = (166.0, 300.0)  # least and greatest distance of two lifelines
SIZE, LEADING = 13.0, 16.5  # of labels
ARROW = 17.0  # from an arrow to the next one of the same row
PAD = 9.0
ROOMS = (220.0, 280.0, 340.0, 420.0, 500.0, 600.0)  # widths that a label may have
LINES = (3, 4)  # of a label: four only where three do not do in any width
HEAD = 152.0
BAND = "#f7f9fb"
AMBER, AMBER_PAPER = "#9a5b00", "#fff1d6"
NOTE, NOTE_EDGE = "#fffbe6", "#d9c36a"


def picture(drawn: Sequence) -> str:
    """The SVG of a sequence."""
    return _Canvas(drawn).picture()


@dataclass(frozen=True)
class _Block:
    """A label: its lines, its middle, its width."""

    lines: tuple[str, ...]
    middle: float
    wide: float

    @property
    def tall(self) -> float:
        return len(self.lines) * LEADING


class _Canvas:
    """A drawing in the making: columns are fixed first, then each row moves `y` down."""

    def __init__(self, drawn: Sequence) -> None:
        self.drawn = drawn
        self.panel = Panel(drawn.observed) if drawn.observed else None
        panel = PANEL if self.panel else 0.0
        gaps = max(len(drawn.lifelines) - 1, 1)
        gap = min(max((SLIDE - panel - GUTTER - 2 * EDGE) / gaps, GAPS[0]), GAPS[1])
        self.right = max(GUTTER + 2 * EDGE + gap * (len(drawn.lifelines) - 1), LEAST)
        self.whole = self.right + panel
        self.xs = {one.key: GUTTER + EDGE + number * gap for number, one in enumerate(drawn.lifelines)}
        self.back: list[str] = []
        self.body: list[str] = []

    def picture(self) -> str:
        y = self._title()
        top = y
        y = self._heads(y)
        bands = y
        for number, step in enumerate(self.drawn.steps):
            y = self._step(step, y, bool(number % 2))
        bottom = y
        if bottom - top > SLIDE / 2:
            y = self._heads(y + 6)
        y = self._legend(y + 6)
        lifelines = [svg.line(x, bands - 4, x, bottom + 4, "#9aa5b1", 1.2, "4 4") for x in self.xs.values()]
        title = f"Table {self.drawn.table}: {self.drawn.caption}"
        return svg.picture(self.whole, y, title, [*self.back, *lifelines, *self.body])

    def _title(self) -> float:
        number = f"Table {self.drawn.table}"
        left = 20 + svg.width(number, 18, bold=True) + 14
        self.body.append(svg.text(20, 34, number, 18, weight=700))
        parts = svg.wrapped(self.drawn.caption, 16, self.right - left - 20, 2)
        self.body += [svg.text(left, 34 + 20 * index, part, 16, svg.FAINT) for index, part in enumerate(parts)]
        if self.panel:
            self.body += self.panel.heading(self.right)
        return 54.0 + max(20.0 * (len(parts) - 1), self.panel.extra() if self.panel else 0.0)

    def _heads(self, y: float) -> float:
        names = {one.key: svg.wrapped(one.name, SIZE * 1.1, HEAD - 14, 4) for one in self.drawn.lifelines}
        tall = max(len(lines) for lines in names.values()) * LEADING + 12 if names else 0.0
        for one in self.drawn.lifelines:
            x, lines = self.xs[one.key], names[one.key]
            dash = "" if one.declared else "5 3"
            self.body.append(svg.box(x - HEAD / 2, y, HEAD, tall, "#eef3f9", stroke="#5b7083", radius=6, dash=dash))
            first = y + tall / 2 - (len(lines) - 1) * LEADING / 2 + 4.5
            self.body += [
                svg.text(x, first + index * LEADING, line, SIZE, anchor="middle", weight=650, title=one.name)
                for index, line in enumerate(lines)
            ]
        return y + tall + 8

    def _step(self, step: Step, y: float, odd: bool) -> float:
        """One row at y; gives the next y."""
        block = self._block(step)
        loops = sum(arrow.sender == arrow.receiver for arrow in step.arrows)
        drawn = block.tall + (len(step.arrows) * ARROW + loops * 6 if step.arrows else 12) + 2 * PAD
        gutter = 24 + (20 if step.at else 0) + (14 if step.notes else 0) + PAD
        seen = self.panel.tall(step.number) if self.panel else 0.0
        tall = max(drawn, gutter, seen)
        paper = self.panel.paper(step.number) if self.panel else ""
        if paper or odd:
            self.back.append(svg.box(1, y, self.whole - 2, tall, paper or BAND))
        self.body.append(svg.line(12, y, self.whole - 12, y, "#e4e7eb"))
        self._number(step, y)
        middle = y + (tall - drawn) / 2 + PAD
        if step.arrows:
            self._words(step, block, middle, paper or (BAND if odd else "#ffffff"))
            self._arrows(step, middle + block.tall + 8)
        else:
            self._alone(step, block, middle)
        if self.panel:
            self.body += self.panel.row(step.number, self.right, y, tall)
        return y + tall

    def _number(self, step: Step, y: float) -> None:
        chip, _ = svg.pill(14, y + 7, step.number, svg.INK, "#ffffff", 12)
        self.body.append(chip)
        y += 29
        if step.at:
            size = 11 if svg.width(f"at {step.at}", 11, bold=True) + 12 < GUTTER - 16 else 9
            chip, _ = svg.pill(14, y, svg.cut(f"at {step.at}", size * 1.1, GUTTER - 22), AMBER, AMBER_PAPER, size)
            self.body.append(chip)
            y += 20
        if step.notes:
            told = f"note{'s' if len(step.notes) > 1 else ''} {', '.join(n for n in step.notes if n != '0')}".strip()
            self.body.append(svg.text(14, y + 10, svg.cut(told, 10, GUTTER - 18), 10, svg.FAINT, title=told))

    def _reach(self, step: Step) -> tuple[float, float]:
        """From where to where a row's label belongs: its messages, or its effects where it has nothing else."""
        told = [arrow for arrow in step.arrows if arrow.kind != "effect"] or step.arrows
        ends = [self.xs[key] for arrow in told for key in (arrow.sender, arrow.receiver)]
        ends += [self.xs[key] for key in step.over]
        return (min(ends), max(ends)) if ends else (next(iter(self.xs.values()), GUTTER + EDGE),) * 2

    def _block(self, step: Step) -> _Block:
        """The label in the least width in which it needs few lines, near to what it is about."""
        low, high = self._reach(step)
        limit = self.right - GUTTER - 24
        rooms = [room for room in ROOMS if room < limit and room >= min(high - low - 24, 420)] or [limit]
        lines: tuple[str, ...] = ()
        for most, room in product(LINES, rooms):
            lines = svg.wrapped(step.label, SIZE, room, most)
            if not lines or not lines[-1].endswith("…"):
                break
        wide = max((svg.width(line, SIZE) for line in lines), default=0.0) + 12
        middle = min(max((low + high) / 2, GUTTER + 8 + wide / 2), self.right - 18 - wide / 2)
        return _Block(lines, middle, wide)

    def _words(self, step: Step, block: _Block, y: float, paper: str) -> None:
        self.body.append(svg.box(block.middle - block.wide / 2, y, block.wide, block.tall, paper))
        self.body += self._lines(step, block, y)

    def _lines(self, step: Step, block: _Block, y: float) -> list[str]:
        return [
            svg.text(block.middle, y + 12.5 + index * LEADING, line, SIZE, anchor="middle", title=step.text)
            for index, line in enumerate(block.lines)
        ]

    def _alone(self, step: Step, block: _Block, y: float) -> None:
        """A note for what somebody does by himself; a mark at its top tells on whose lifeline it lies."""
        left, tall = block.middle - block.wide / 2 - 6, block.tall + 12
        x = self._reach(step)[0]
        self.body.append(svg.box(left, y, block.wide + 12, tall, NOTE, stroke=NOTE_EDGE, radius=4))
        self.body.append(svg.box(x - 5, y - 4, 10, 8, svg.INK, radius=2))
        self.body += self._lines(step, block, y + 6)

    def _arrows(self, step: Step, y: float) -> None:
        for arrow in step.arrows:
            if arrow.sender == arrow.receiver:
                self._loop(arrow, y)
                y += 6
            else:
                self._arrow(arrow, y)
            y += ARROW

    def _arrow(self, arrow: Arrow, y: float) -> None:
        start, end = self.xs[arrow.sender], self.xs[arrow.receiver]
        way = 1 if end > start else -1
        ink, thick, dash = _ink(arrow)
        back = 6 * way if arrow.kind == "peer" else 0
        self.body.append(svg.line(start + back, y, end - 6 * way, y, ink, thick, dash))
        self.body.append(svg.tip(end, y, way, ink, dash))
        if arrow.kind == "peer":
            self.body.append(svg.tip(start, y, -way, ink))
        else:
            self.body.append(f'<circle cx="{start:.1f}" cy="{y:.1f}" r="2.6" fill="{ink}"/>')

    def _loop(self, arrow: Arrow, y: float) -> None:
        x = self.xs[arrow.sender]
        ink, thick, dash = _ink(arrow)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.body.append(
            f'<path d="M{x:.1f},{y - 3:.1f} h34 v13 h-28" fill="none" stroke="{ink}" stroke-width="{thick:g}"{dashed}/>'
        )
        self.body.append(svg.tip(x, y + 10, -1, ink, dash))

    def _legend(self, y: float) -> float:
        self.body.append(svg.line(12, y, self.whole - 12, y, "#e4e7eb"))
        x, y = 20.0, y + 18
        for kind, said in (("message", "who does it to whom"), ("effect", "what that does, or may do, between others")):
            ink, thick, dash = _ink(Arrow("", "", "effect" if kind == "effect" else "message"))
            self.body += [svg.line(x, y, x + 26, y, ink, thick, dash), svg.tip(x + 34, y, 1, ink, dash)]
            self.body.append(svg.text(x + 42, y + 4, said, 11, svg.FAINT))
            x += 62 + svg.width(said, 11)
        self.body.append(svg.box(x, y - 7, 26, 14, NOTE, stroke=NOTE_EDGE, radius=3))
        self.body.append(svg.text(x + 34, y + 4, "done alone", 11, svg.FAINT))
        x += 52 + svg.width("done alone", 11)
        if not all(one.declared for one in self.drawn.lifelines):
            self.body.append(svg.box(x, y - 7, 26, 14, "#eef3f9", stroke="#5b7083", radius=3, dash="5 3"))
            self.body.append(svg.text(x + 34, y + 4, "not in the actors table", 11, svg.FAINT))
        return y + 18


def _ink(arrow: Arrow) -> tuple[str, float, str]:
    return ("#5b7083", 1.4, "6 4") if arrow.kind == "effect" else (svg.INK, 1.9, "")
