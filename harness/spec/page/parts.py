"""The parts of the page as plain data, ready to be laid out: nothing in them has to be looked up any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from harness.spec.lint.finding import Finding


@dataclass(frozen=True)
class Shown:
    """A finding with its own name on the page (`id`), and the place it is about (`target`; empty for none)."""

    id: str
    target: str
    clause: str
    finding: Finding


@dataclass(frozen=True)
class Line:
    """A row, a note or a paragraph: its cells, what was found in it, and the scenarios that are about it.

    `asked` says whether the features should have a scenario for it.
    """

    id: str
    label: str
    cells: tuple[Markup, ...]
    findings: tuple[Shown, ...] = ()
    scenarios: tuple[str, ...] = ()
    asked: bool = False


@dataclass(frozen=True)
class Failing:
    """A row that fails, as the head of a column: where the rollback is entered then, and what is to say about that."""

    number: str
    target: str
    entry: str
    entry_target: str
    about: str
    hole: bool


@dataclass(frozen=True)
class World:
    """What every failure of a flow does: `lines` are what is wrong, each with its mark for each column."""

    kind: Literal["wrong", "unpromised", "right", "unknown"]
    words: str
    rollback: str = ""
    rollback_target: str = ""
    forward: tuple[str, ...] = ()
    """What is wrong though nothing fails."""
    columns: tuple[Failing, ...] = ()
    lines: tuple[tuple[str, tuple[str, ...]], ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A drawing of a flow."""

    title: str
    svg: Markup


@dataclass(frozen=True)
class Tabulated:
    """A table of the document; `caption` has its number.

    `graph_at` is the flow beside which the graph of a rollback is drawn.
    """

    id: str
    number: str
    clause: str
    caption: Markup
    kind: str
    columns: tuple[str, ...]
    findings: tuple[Shown, ...]
    rows: tuple[Line, ...]
    notes: tuple[Line, ...]
    pictures: tuple[Picture, ...] = ()
    graph_at: tuple[str, str] | None = None
    world: World | None = None

    @property
    def inside(self) -> int:
        """How many findings there are in it."""
        return len(self.findings) + sum(len(line.findings) for line in (*self.rows, *self.notes))


@dataclass(frozen=True)
class Section:
    """A clause with its heading (number and title), the paragraphs in which something was found, and its tables."""

    id: str
    number: str
    title: Markup
    findings: tuple[Shown, ...] = ()
    texts: tuple[Line, ...] = ()
    tables: tuple[Tabulated, ...] = ()
    depth: int = 1

    @property
    def inside(self) -> tuple[Shown, ...]:
        """All findings in it, in the order in which they are shown."""
        lines = [line for table in self.tables for line in (*table.rows, *table.notes)]
        tables = [finding for table in self.tables for finding in table.findings]
        within = [finding for line in (*self.texts, *lines) for finding in line.findings]
        return (*self.findings, *tables, *within)
