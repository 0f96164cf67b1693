"""The sequence diagram of a scenario as SVG: what the rows asked for on the left, what was sent on the right.

Solid arrows are evidence for a row, dashed ones are missing, thin grey ones no row needs. Written by hand: a diagram
costs a few milliseconds and needs neither a browser nor a library.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from harness import svg
from harness.judge.verdicts import Verdict
from reports import conversation
from reports.conversation import Line
from reports.model import Entries, Scenario
from reports.titles import bare
from reports.words import words

_GUTTER = 372.0  # the rows' side, px
_GAPS = (138.0, 300.0)  # least and greatest distance of two lifelines
_HEIGHTS = {"evidence": 29.0, "missing": 34.0, "unseen": 29.0, "extra": 21.0, "more": 18.0, "fault": 37.0, "lab": 24.0}
_HEAD = 190.0  # greatest width of an actor's box; longer names are cut, and told in full when pointed at
_ROWS = ("evidence", "missing", "unseen")  # lines that speak of a row
_HARNESS = {"OBSERVER": "external manager", "SMM": "SW modification manager"}
_LONG = 900.0  # a diagram taller than this names its lifelines below, too


def diagram(scenario: Scenario, entries: Entries) -> str:
    """The sequence diagram of a scenario and its conversation, as the text of an SVG file."""
    return _Canvas(scenario, conversation.lines(scenario, entries)).picture()


class _Canvas:
    """One diagram while it is drawn: columns are fixed first, then each line moves `y` down."""

    def __init__(self, scenario: Scenario, drawn: Sequence[Line]) -> None:
        self.scenario = scenario
        self.lines = drawn
        self.actors = conversation.actors_in_order(scenario, drawn)
        self.types = {name: about.get("type", "") for name, about in scenario.header.get("actors", {}).items()}
        self.roles = conversation.roles(scenario)
        self.heads = {name: self._head_width(name) for name in self.actors}
        self.xs = self._columns()
        last = self.heads[self.actors[-1]] / 2 if self.actors else 0.0
        self.right = max([*self.xs.values(), _GUTTER + 480]) + max(76, last + 16)
        self.main_table = self._main_table()
        self.gaps: dict[tuple[float, float], list[tuple[float, float]]] = {}  # lifelines side by side along an arrow
        self.body: list[str] = []

    def picture(self) -> str:
        """Draw from top to bottom; lifelines go in last but lie behind."""
        y = self._heading()
        top = y
        y = self._heads(y) + 10
        said = ""
        for line in self.lines:
            y, said = self._draw(line, y, said)
        if not self.lines:
            y = self._nothing(y)
        y += 8
        bottom = y
        if y - top > _LONG:
            y = self._heads(y)
        y = self._legend(y + 14)
        lifelines = [svg.line(x, top + 40, x, bottom, svg.HAIR, 1.2) for x in self.xs.values()]
        title = f"{self.scenario.name}: {self.scenario.verdict.value}"
        return svg.picture(self.right, y, title, [*lifelines, *self.body])

    def _columns(self) -> dict[str, float]:
        """x of each lifeline, far enough apart for the labels between neighbours."""
        order = {name: index for index, name in enumerate(self.actors)}
        gaps = [max(_GAPS[0], (left + right) / 2 + 14) for left, right in pairwise(self.heads.values())]
        for line in (line for line in self.lines if line.kind != "extra"):  # those may be cut short
            ends = sorted((order.get(line.sender, -1), order.get(line.receiver, -1)))
            if ends[0] >= 0 and ends[1] - ends[0] == 1:
                need = svg.width(_label(line), 11) + 30
                gaps[ends[0]] = max(gaps[ends[0]], min(need, _GAPS[1]))
        xs, x = {}, _GUTTER + 70
        for name, gap in zip(self.actors, [*gaps, 0.0], strict=False):
            xs[name] = x
            x += gap
        return xs

    def _main_table(self) -> str:
        counted = Counter(ref.partition("#")[0] for ref in self.scenario.refs)
        return counted.most_common(1)[0][0] if counted else ""

    def _heading(self) -> float:
        scenario, told = self.scenario, words(self.scenario.verdict)
        chip, wide = svg.pill(24, 18, f"{told.sign} {scenario.verdict.value}", told.ink, told.paper, 13)
        room = self.right - wide - 60
        self.body += [
            chip,
            svg.text(36 + wide, 34, svg.cut(scenario.name, 17, room), 17, weight=650, title=scenario.name),
        ]
        facts = [
            scenario.feature_name,
            scenario.rule,
            scenario.entity and f"target {scenario.entity}",
            scenario.transport,
        ]
        tables = f"tables {', '.join(scenario.tables)}" if scenario.tables else ""
        about = "  ·  ".join(str(fact) for fact in [*facts, tables] if fact)
        self.body.append(svg.text(24, 58, svg.cut(about, 12, self.right - 48), 12, svg.FAINT, title=about))
        y = 72.0
        if scenario.reason:
            for part in svg.wrapped(scenario.reason, 12.5, self.right - 48, 2):
                self.body.append(svg.text(24, y + 8, part, 12.5, told.ink, weight=600))
                y += 18
        return y + 10

    def _heads(self, y: float) -> float:
        for name, x in self.xs.items():
            role, wide = self._role(name), self.heads[name]
            target = self.roles.get(name) == "target"
            paper, edge = ("#e8f1fd", "#1f6feb") if target else ("#f5f7fa", "#9aa5b1")
            self.body.append(svg.box(x - wide / 2, y, wide, 38, paper, stroke=edge, radius=6))
            said = svg.cut(name, 14, wide - 10)  # 14 for 13 in bold
            self.body.append(svg.text(x, y + 17, said, 13, anchor="middle", weight=650, title=name))
            self.body.append(svg.text(x, y + 31, role, 9.5, svg.FAINT, anchor="middle"))
        return y + 40

    def _head_width(self, name: str) -> float:
        return min(max(svg.width(name, 13, bold=True), svg.width(self._role(name), 9.5)) + 14, _HEAD)

    def _role(self, name: str) -> str:
        """What stands below an actor's name: its role, and its type where the name does not say it."""
        role, kind = self.roles.get(name, ""), self.types.get(name, "")
        if kind in _HARNESS:
            return _HARNESS[kind]
        if kind.lower() in (name, role):
            kind = ""
        return " · ".join(word for word in (role, kind) if word) or "actor"

    def _draw(self, line: Line, y: float, said: str) -> tuple[float, str]:
        """Draw one line at y; gives the next y and the row text that now stands on the left."""
        tall = _HEIGHTS[line.kind]
        if line.kind in _ROWS:
            told = bare(line.text)
            again = "".join(line.refs) + told
            parts = None if again == said else svg.wrapped(told, 11, self._text_room(line), 2)
            tall += 6 if parts and len(parts) > 1 else 0
            self._row(line, y, tall, parts)
            said = again
        middle = y + tall - 10
        self._observed(line, middle)
        if line.at is not None and line.kind != "more":
            stamp = f"{line.at:.2f} s"
            self.body.append(svg.text(self.right - 12, middle + 3, stamp, 9, svg.FAINT, anchor="end"))
        return y + tall, said

    def _observed(self, line: Line, y: float) -> None:
        """The right side of a line: what was seen, or was not."""
        match line.kind:
            case "fault":
                self._struck(line, y)
            case "lab" | "more":
                self._note(line, y)
            case "unseen":
                self._unseen(line, y)
            case _:
                self._arrow(line, y)

    def _chip(self, line: Line) -> str:
        short = [ref.partition("#")[2] if ref.partition("#")[0] == self.main_table else ref for ref in line.refs]
        more = f" +{len(short) - 2}" if len(short) > 2 else ""
        return ", ".join(short[:2]) + more if short else "·"

    def _text_room(self, line: Line) -> float:
        return _GUTTER - 44 - svg.width(self._chip(line), 11) - 14

    def _row(self, line: Line, y: float, tall: float, parts: Sequence[str] | None) -> None:
        """The row's side: its number in the colour of its verdict and what it asks for, or a bar that carries on."""
        colour = words(line.verdict)
        if line.verdict not in (Verdict.PASS, None):
            self.body.append(svg.box(12, y, self.right - 24, tall, colour.paper))
        if parts is None:
            self.body.append(svg.line(31, y - 5, 31, y + tall - 5, colour.ink, 2))
            return
        self.body.append(svg.line(16, y, self.right - 16, y, "#e9edf1"))
        middle = y + tall / 2 + 1
        chip, wide = svg.pill(20, middle - 9.5, self._chip(line), colour.ink, "#ffffff")
        self.body.append(chip)
        for index, part in enumerate(parts):
            place = middle + 4 + (index - (len(parts) - 1) / 2) * 13.5
            self.body.append(svg.text(20 + wide + 8, place, part, 11, title=line.text))

    def _arrow(self, line: Line, y: float) -> None:
        start = self.xs[line.sender]
        ends = [self.xs[name] for name in (line.receiver, *line.others)]
        ink, thick, dash = self._ink(line)
        if ends == [start]:
            self._loop(line, start, y, ink)
            return
        reach = (min(start, *ends), max(start, *ends))
        for end in ends:
            self.body.append(svg.tip(end, y, 1 if end > start else -1, ink, dash))
        self.body.append(
            svg.line(reach[0] + 4 * (reach[0] < start), y, reach[1] - 4 * (reach[1] > start), y, ink, thick, dash)
        )
        if line.kind != "missing" and line.answer.startswith("no answer"):
            cross = ends[0] - (18 if ends[0] > start else -18)
            self.body.append(svg.text(cross, y + 5, "✕", 14, words(Verdict.FAIL).ink, anchor="middle", weight=700))
        self._say(line, reach, y - 6, ink)

    def _say(self, line: Line, reach: tuple[float, float], y: float, ink: str) -> None:
        """The label above an arrow, shortened to its length; in full when pointed at."""
        size, fill, weight = (10, svg.FAINT, 400) if line.kind == "extra" else (11, ink, 500)
        message, answer = _said(line)
        said = svg.cut(message, size, max(reach[1] - reach[0] - 14, 110) - svg.width(answer, size)) + answer
        whole = message + answer
        full = f"history {_numbers(line)}" if said == whole else f"{whole}  (history {_numbers(line)})"
        middle, bold = self._free(reach, svg.width(said, size)), 700 if line.kind == "missing" else weight
        paper = self._paper(line)
        self.body.append(svg.text(middle, y, said, size, fill, anchor="middle", weight=bold, halo=paper, title=full))

    def _free(self, reach: tuple[float, float], wide: float) -> float:
        """Where a label of this width stands between two lifelines, as near to the arrow's middle as can be."""
        middle = (reach[0] + reach[1]) / 2
        if reach not in self.gaps:
            self.gaps[reach] = [*pairwise(x for x in self.xs.values() if reach[0] <= x <= reach[1])]
        free = ((left + right) / 2 for left, right in self.gaps[reach] if right - left > wide + 8)
        return min(free, key=lambda x: abs(x - middle), default=middle)

    def _unseen(self, line: Line, y: float) -> None:
        """Why a row is not met that nothing on the wire speaks for or against."""
        said = svg.cut(line.label, 11, self.right - _GUTTER - 100)
        self.body.append(svg.text(_GUTTER + 20, y, said, 11, words(line.verdict).ink, style="italic", title=line.label))

    def _loop(self, line: Line, x: float, y: float, ink: str) -> None:
        self.body.append(
            f'<path d="M{x:.1f},{y - 9:.1f} h22 v9 h-16" fill="none" stroke="{ink}" stroke-width="1.4"/>'
            f'<path d="M{x + 2:.1f},{y:.1f} l8,-4 v8 z" fill="{ink}"/>'
        )
        self.body.append(svg.text(x + 28, y - 2, _label(line), 11, ink, halo=self._paper(line)))

    def _ink(self, line: Line) -> tuple[str, float, str]:
        if line.kind == "extra":
            return "#9aa5b1", 1.0, ""
        if line.kind == "missing":
            return words(line.verdict).ink, 2.0, "7 5"
        return (svg.INK if line.verdict in (Verdict.PASS, None) else words(line.verdict).ink), 1.8, ""

    def _paper(self, line: Line) -> str:
        tinted = line.kind in _ROWS and line.verdict not in (Verdict.PASS, None)
        return words(line.verdict).paper if tinted else "#ffffff"

    def _struck(self, line: Line, y: float) -> None:
        x = self.xs.get(line.receiver, self.right / 2)
        healed = line.event == "healed"
        ink, paper, fill = ("#1a7f37", "#dff5e3", "#ffffff") if healed else ("#b54708", "#fff1d6", "#f79009")
        wide = svg.width(line.label, 11, bold=True) + 16
        left = x + 14 if x + 14 + wide < self.right - 60 else x - 14 - wide
        self.body.append(_bolt(x, y - 4, fill, ink))
        self.body.append(svg.box(left, y - 14, wide, 20, paper, stroke=ink, radius=4))
        self.body.append(svg.text(left + 8, y, line.label, 11, ink, weight=600))

    def _note(self, line: Line, y: float) -> None:
        x = self.xs.get(line.receiver)
        if x is None:
            middle = (_GUTTER + self.right) / 2
            self.body.append(
                svg.text(middle, y + 2, line.label, 10, svg.FAINT, anchor="middle", style="italic", halo="#fff")
            )
            return
        wide = svg.width(line.label, 10) + 14
        left = min(x - wide / 2, self.right - 50 - wide)
        self.body.append(svg.box(left, y - 11, wide, 16, "#f5f7fa", stroke=svg.HAIR, radius=3))
        self.body.append(svg.text(left + 7, y + 1, line.label, 10, svg.FAINT))

    def _nothing(self, y: float) -> float:
        self.body.append(svg.text(24, y + 20, "no conversation was recorded", 12, svg.FAINT, style="italic"))
        return y + 36

    def _legend(self, y: float) -> float:
        self.body.append(svg.line(16, y - 8, self.right - 16, y - 8, "#e4e7eb"))
        x, red = 24.0, words(Verdict.FAIL).ink
        for ink, thick, dash, said in (
            (svg.INK, 1.8, "", "evidence of a row"),
            (red, 1.8, "", "evidence against a row"),
            (red, 2.0, "7 5", "asked for by a row, missing"),
            ("#9aa5b1", 1.0, "", "extra, no row needs it"),
        ):
            self.body.append(svg.line(x, y + 10, x + 28, y + 10, ink, thick, dash))
            self.body.append(svg.tip(x + 36, y + 10, 1, ink, dash))
            self.body.append(svg.text(x + 44, y + 14, said, 10.5, svg.FAINT))
            x += 64 + svg.width(said, 10.5)
        self.body.append(_bolt(x + 4, y + 8, "#f79009", "#b54708"))
        self.body.append(svg.text(x + 16, y + 14, "fault", 10.5, svg.FAINT))
        if self.main_table:
            told = f"numbers without a table are rows of {self.main_table}"
            self.body.append(svg.text(24, y + 32, told, 10.5, svg.FAINT))
        return y + (44 if self.main_table else 28)


def _bolt(x: float, y: float, fill: str, ink: str) -> str:
    """A flash of lightning around a point."""
    return f'<path d="M{x + 3:.1f},{y - 11:.1f} l-8,12 h6 l-3,10 l10,-14 h-6 l4,-8 z" fill="{fill}" stroke="{ink}"/>'


def _label(line: Line) -> str:
    return "".join(_said(line))


def _said(line: Line) -> tuple[str, str]:
    """What stands above an arrow: the message, and what must not be cut off, the answer."""
    if line.kind == "missing":
        return line.label, " · missing" if line.verdict is Verdict.FAIL else " · not observed"
    round_to = f", to {len(line.others) + 1} actors" if line.others else ""
    if line.answer.startswith("no answer"):
        return line.label, f" ✕ {line.answer.removeprefix('no answer ')}{round_to}"
    if line.notified and line.answer == "204":
        return line.label, round_to
    return line.label, f" → {line.answer}{round_to}"


def _numbers(line: Line) -> str:
    return ", ".join(str(number) for number in line.numbers) or "none"
