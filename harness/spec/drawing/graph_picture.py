"""The picture of a flow's graph: forward rows downwards on the left, the rollback upwards on the right, as it undoes.

So an entry leads from a forward row straight across to where the rollback is entered, and a hole is a row that nothing
leads away from.
"""

from __future__ import annotations

from itertools import groupby, pairwise, takewhile

from harness import svg
from harness.spec.drawing.model import Graph, Node

COLUMN = 580.0  # width of a row's box
MIDDLE = 380.0  # between the two columns
LEFT = 30.0
SIZE, LEADING = 13.0, 16.5
MOST = 4  # lines of a label
ROOM = COLUMN - 84  # px that a label may have
GAP = 16.0  # between two rows
FIRST = "#e8f1fd"  # the paper of what a rollback does before any entry
HUES = ("#1f6feb", "#1a7f37", "#8250df", "#b54708", "#0e7490", "#a21caf")
RED, RED_PAPER = "#c1121f", "#fde2e1"
GREY, GREY_PAPER = "#57606a", "#eceff2"


def picture(drawn: Graph) -> str:
    """The SVG of a graph."""
    return _Canvas(drawn).picture()


class _Canvas:
    def __init__(self, drawn: Graph) -> None:
        self.drawn = drawn
        self.right = LEFT + COLUMN + MIDDLE
        self.whole = self.right + COLUMN + LEFT if drawn.back else LEFT + COLUMN + MIDDLE / 2
        every = (*drawn.forward, *drawn.back)
        self.tall = 13 + LEADING * max((len(svg.wrapped(one.label, SIZE, ROOM, MOST)) for one in every), default=1)
        deep = max(len(drawn.forward), len(drawn.back))
        self.top = 78.0 + 18 * (max(len(_caption(drawn.caption)), len(_caption(drawn.rollback_caption))) - 1)
        self.bottom = self.top + deep * (self.tall + GAP)
        self.forward = self._places(drawn.forward)
        self.back = self._places(drawn.back)[::-1]
        self.first = {node.number for node in takewhile(lambda node: not node.at, drawn.back)}
        self.hues = self._hues()
        self.body: list[str] = []

    def _places(self, nodes: tuple[Node, ...]) -> list[float]:
        """The middle of each row's box; a shorter column is stretched to the height of the longer."""
        room = (self.bottom - self.top) / max(len(nodes), 1)
        return [self.top + (index + 0.5) * room for index in range(len(nodes))]

    def _hues(self) -> dict[str, str]:
        """A colour for each row at which the rollback is entered."""
        entered = dict.fromkeys((self.drawn.entries or {}).values())
        return {number: HUES[index % len(HUES)] for index, number in enumerate(entered)}

    def picture(self) -> str:
        drawn = self.drawn
        self._title(LEFT, f"Table {drawn.flow}", drawn.caption, "forward, downwards")
        for node, y in zip(drawn.forward, self.forward, strict=True):
            self._forward(node, y)
        self._chain(self.forward, LEFT + 40)
        if drawn.back:
            self._title(self.right, f"Table {drawn.rollback}", drawn.rollback_caption, "rollback, upwards")
            for node, y in zip(drawn.back, self.back, strict=True):
                self._back(node, y)
            self._chain(self.back, self.right + 40)
            self._entries()
        if drawn.counted:
            said = f"the column 'At #' counts the rows of table {drawn.counted}, not of this one"
            self.body += [
                svg.text(LEFT + COLUMN + 20, 34 + 16 * index, line, 12, RED, weight=600)
                for index, line in enumerate(svg.wrapped(said, 13.2, MIDDLE - 40, 2))
            ]
        y = self._legend(self.bottom + 14)
        title = f"Table {drawn.flow}" + (f" and its rollback, table {drawn.rollback}" if drawn.back else "")
        return svg.picture(self.whole, y, title, self.body)

    def _title(self, x: float, number: str, caption: str, way: str) -> None:
        self.body.append(svg.text(x, 34, number, 18, weight=700))
        self.body.append(
            svg.text(x + svg.width(number, 18, bold=True) + 14, 34, f"({way})", 13, svg.FAINT, style="italic")
        )
        self.body += [
            svg.text(x, 56 + 18 * index, line, 14, svg.FAINT, title=caption)
            for index, line in enumerate(_caption(caption))
        ]

    def _node(self, node: Node, x: float, y: float, ink: str, paper: str, dash: str = "") -> None:
        self.body.append(svg.box(x, y - self.tall / 2, COLUMN, self.tall, paper, stroke=ink, radius=6, dash=dash))
        chip, _ = svg.pill(x + 8, y - 10, node.number, ink, "#ffffff", 12)
        self.body.append(chip)
        lines = svg.wrapped(node.label, SIZE, ROOM, MOST)
        for index, line in enumerate(lines):
            place = y + 4.5 + (index - (len(lines) - 1) / 2) * LEADING
            self.body.append(svg.text(x + 70, place, line, SIZE, title=node.label))

    def _forward(self, node: Node, y: float) -> None:
        if node.hole == "fails":
            self._node(node, LEFT, y, RED, RED_PAPER)
            self._stub(y, RED, "no entry, though its failure may lead there")
        elif node.hole == "open":
            self._node(node, LEFT, y, GREY, GREY_PAPER, "4 3")
            self._stub(y, GREY, "no entry, and no note that asks for one")
        else:
            hue = self.hues.get((self.drawn.entries or {}).get(node.number, ""), svg.INK)
            self._node(node, LEFT, y, hue, "#ffffff")

    def _stub(self, y: float, ink: str, said: str) -> None:
        """A way that ends in nothing, with why."""
        x = LEFT + COLUMN
        self.body.append(svg.line(x, y, x + 26, y, ink, 1.8, "4 3"))
        self.body.append(svg.text(x + 36, y + 5, "✕", 14, ink, anchor="middle", weight=700))
        self.body += [
            svg.text(x + 48, y + 4 + (index - (count - 1) / 2) * 13.5, line, 11, ink)
            for lines in [svg.wrapped(said, 11, 170, 2)]
            for count in [len(lines)]
            for index, line in enumerate(lines)
        ]

    def _back(self, node: Node, y: float) -> None:
        paper = FIRST if node.number in self.first and not self.drawn.whole else "#ffffff"
        self._node(node, self.right, y, self.hues.get(node.number, svg.INK), paper)

    def _chain(self, ys: list[float], x: float) -> None:
        """The arrows from each row to the next."""
        for start, end in pairwise(ys):
            way = 1 if end > start else -1
            self.body.append(svg.line(x, start + way * self.tall / 2, x, end - way * (self.tall / 2 + 5), svg.INK, 1.6))
            tip = end - way * (self.tall / 2 + 1)
            self.body.append(f'<path d="M{x:.1f},{tip:.1f} l-4.5,{-way * 8} h9 z" fill="{svg.INK}"/>')

    def _entries(self) -> None:
        """From each run of forward rows a brace, and from that one arrow to the entry."""
        if self.drawn.whole:
            self._whole()
            return
        led = [(self.drawn.entries or {}).get(node.number, "") for node in self.drawn.forward]
        for entry, group in groupby(zip(led, self.forward, strict=True), key=lambda one: one[0]):
            if entry in self.hues:
                self._entry([y for _, y in group], entry)

    def _entry(self, ys: list[float], entry: str) -> None:
        hue, start, lane = self.hues[entry], LEFT + COLUMN, list(self.hues).index(entry)
        brace, turn = start + 18, self.right - 44 - 22 * (lane % 6)
        row = next(index for index, node in enumerate(self.drawn.back) if node.number == entry)
        middle, end = (ys[0] + ys[-1]) / 2, self.back[row]
        self.body += [svg.line(start, y, brace, y, hue, 1.8) for y in ys]
        if len(ys) > 1:
            self.body.append(svg.line(brace, ys[0], brace, ys[-1], hue, 1.8))
        self.body.append(svg.line(brace, middle, turn, middle, hue, 1.8))
        self.body.append(svg.line(turn, middle, turn, end, hue, 1.8))
        self.body.append(svg.line(turn, end, self.right - 6, end, hue, 1.8))
        self.body.append(svg.tip(self.right, end, 1, hue))
        chip, wide = svg.pill(brace + 12, middle - 10, f"at {self.drawn.back[row].at}", hue, "#ffffff", 12)
        if brace + 12 + wide < turn:
            self.body.append(chip)

    def _whole(self) -> None:
        """A rollback without entries: whatever failed, it is begun at its begin."""
        y, turn, end = (self.top + self.bottom) / 2, self.right - 60, self.back[0]
        start = LEFT + COLUMN
        self.body += [
            svg.line(start + 10, self.top, start + 10, self.bottom, svg.INK, 1.6),
            svg.line(start + 10, y, turn, y, svg.INK, 1.6),
            svg.line(turn, y, turn, end, svg.INK, 1.6),
            svg.line(turn, end, self.right - 6, end, svg.INK, 1.6),
            svg.tip(self.right, end, 1, svg.INK),
            svg.text(start + 24, y - 10, "no column 'At #': begun at its begin", 12, svg.FAINT, style="italic"),
        ]

    def _legend(self, y: float) -> float:
        self.body.append(svg.line(16, y, self.whole - 16, y, "#e4e7eb"))
        x, y = LEFT, y + 22
        told = [
            (RED, RED_PAPER, "", "hole: no entry, though a note has its failure lead to the rollback"),
            (GREY, GREY_PAPER, "4 3", "no entry, and no note asks for one"),
            (svg.INK, FIRST, "", "done before any entry"),
        ]
        if not self.drawn.back or self.drawn.whole:
            told = []
            said = "the rollback has no entries for rows" if self.drawn.back else "no rollback takes this flow back"
            self.body.append(svg.text(x, y + 4, said, 12, svg.FAINT, style="italic"))
        for ink, paper, dash, said in told:
            self.body.append(svg.box(x, y - 8, 28, 16, paper, stroke=ink, radius=4, dash=dash))
            self.body.append(svg.text(x + 36, y + 4, said, 12, svg.FAINT))
            x += 62 + svg.width(said, 12)
        return y + 20


def _caption(caption: str) -> tuple[str, ...]:
    return svg.wrapped(caption, 14, COLUMN, 2)
