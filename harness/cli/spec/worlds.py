"""A flow and its failures for people: the world row by row as a grid, what is left where a row fails as a matrix."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from harness.spec import matrix
from harness.spec.model import END, Row
from harness.spec.whatif import Failure, WhatIf
from harness.spec.world.differences import troubles
from harness.spec.world.state import Fact
from harness.spec.world.walk import Step
from harness.spec.world.ways import Reading

SIGNS: dict[str, tuple[str, str]] = {
    "there": ("●", "green"),
    "not there": ("·", "dim"),
    "STARTED": ("●", "green"),
    "STARTED_UNLOCKED": ("●", "green"),
    "LOCKED": ("○", "yellow"),
    "STARTED_LOCKED": ("○", "yellow"),
    "STOPPING": ("◐", "yellow"),
    "SHUTDOWN": ("◌", "magenta"),
    "stopped by force": ("✗", "red"),
    "has it": ("●", "green"),
    "lacks it": ("○", "yellow"),
    "source version": ("S", "cyan"),
    "destination version": ("D", "green"),
    "between the versions": ("~", "yellow"),
    "kept": ("●", "green"),
    "checked": ("●", "green"),
    "released": ("◌", "magenta"),
    "what is not needed released": ("◌", "magenta"),
}
"""How each state of a fact is drawn."""

NOTHING = ("·", "dim")
LABEL = 36
CELL = 3
READINGS = {False: "its work was not done", True: "its work was done"}


@dataclass(frozen=True)
class Column:
    """One row of a flow as a column of the grid; `mark` is how its head is styled."""

    head: str
    facts: dict[Fact, str]
    trouble: bool = False
    mark: str = ""
    keep: bool = False
    """Shown however narrow the terminal."""


def overview(found: WhatIf, width: int) -> Iterator[RenderableType]:
    """The flow without failure, then what is left where each row fails."""
    yield Text(f"Table {found.forward.id}: the world row by row, when nothing fails", style="bold")
    yield grid([Column("before", found.before.facts(), keep=True), *_columns(found.steps)], width)
    yield from _told_steps(found.steps, "red")
    for what in found.short:
        yield Text(f"  at the end: {what}", style="red")
    if not found.short:
        yield Text("  it ends as it should: whoever is to serve serves, nothing is left behind", style="green")
    rollback = f"table {found.rollback.id}" if found.rollback else "no table"
    yield Text(f"\nWhat is left where a row fails and {rollback} takes it back", style="bold")
    yield from _matrix(found, width)


def one(found: WhatIf, failure: Failure, width: int) -> Iterator[RenderableType]:
    """The failure of one row: the world of either reading, what cannot be done, what is left."""
    row = failure.row
    yield Text(f"Table {found.forward.id}, row {row.number} fails  ({row.actor})", style="bold")
    yield Text(textwrap.shorten(row.text, max(width - 2, 40), placeholder=" …"), style="dim")
    for remark in failure.remarks:
        yield Text(f"  {remark.words}", style="red" if failure.hole else "yellow")
    way = failure.way
    if found.rollback and way.entry:
        yield Text(f"  table {found.rollback.id} is entered at row {way.entry.number}")
    for reading in way.readings if not failure.alike else way.readings[:1]:
        said = "whether or not its work was done" if failure.alike else f"if {READINGS[reading.done]}"
        yield Text(f"\n{said[0].upper()}{said[1:]}", style="bold")
        yield grid(_failed_columns(failure, reading), width)
        sure = {(one.kind, one.words) for one in way.sure_troubles}
        yield from _told_steps(way.steps, "red")
        yield from _told_steps(reading.steps, "yellow", sure, "\N{LEFTWARDS ARROW WITH HOOK}")
        yield from _differences(reading, way.surely_different, bool(reading.steps))


def _differences(reading: Reading, sure: Sequence[str], rolled_back: bool) -> Iterator[Text]:
    ends = "the rollback ends with" if rolled_back else "without a rollback there is"
    for what in reading.differences:
        yield Text(f"  {ends} {what}", style="red" if what in sure else "yellow")
    if not reading.differences:
        yield Text("  at the end the world is what it was before", style="green")


def verdict(found: WhatIf) -> Text:
    """One line: whether anything is wrong for sure."""
    told = matrix.verdict(found)
    return Text(told.words, style=VERDICTS[told.kind])


def _columns(steps: Iterable[Step], prefix: str = "", keep: str = "") -> list[Column]:
    return [
        Column(
            prefix + step.row.number,
            step.after.facts(),
            bool(step.troubles),
            "cyan" if prefix else "",
            keep=step.row.number in (keep, END),
        )
        for step in steps
    ]


def _failed_columns(failure: Failure, reading: Reading) -> list[Column]:
    way = failure.way
    entry = way.entry.number if way.entry else ""
    return [
        Column("before", way.before.facts(), keep=True),
        *_columns(way.steps),
        Column(f"{failure.row.number}✗", reading.left.facts(), mark="bold red", keep=True),
        *_columns(reading.steps, "\N{LEFTWARDS ARROW WITH HOOK}", entry),
    ]


def grid(columns: Sequence[Column], width: int) -> RenderableType:
    """Facts down, rows of the flow across; what a row changed stands out. Where it is narrow, idle rows go."""
    shown, dropped = _fitting(columns, width)
    facts = _by_thing(columns)
    table = Grid(box=None, padding=(0, 1, 0, 0), show_header=True, header_style="bold")
    table.add_column("", no_wrap=True, max_width=LABEL + 14)
    for column in shown:
        table.add_column(Text(column.head, style=column.mark or "bold"), justify="center", no_wrap=True)
    thing = ""
    for fact in facts:
        if fact[0] != thing:
            thing = fact[0]
            table.add_row(Text(thing, style="bold"))
        table.add_row(f"  {fact[1]}", *_cells(fact, shown))
    if any(column.trouble for column in shown):
        table.add_row(Text("cannot be done", style="red"), *(Text("✗" if c.trouble else "", "red") for c in shown))
    legend = Text("  " + _legend(columns, facts), style="dim")
    more = [Text(f"  rows that change nothing are left out: {', '.join(dropped)}", style="dim")] if dropped else []
    return Group(table, legend, *more)


def _by_thing(columns: Sequence[Column]) -> list[Fact]:
    """Every fact that there is in any column, those of one thing together."""
    facts = dict.fromkeys(fact for column in columns for fact in column.facts)
    things = list(dict.fromkeys(thing for thing, _ in facts))
    return sorted(facts, key=lambda fact: things.index(fact[0]))


def _fitting(columns: Sequence[Column], width: int) -> tuple[list[Column], list[str]]:
    room = width - LABEL - sum(max(CELL, len(column.head) + 1) for column in columns)
    if room >= 0:
        return list(columns), []
    kept = [columns[0]]
    dropped = []
    for before, column in pairwise(columns):
        if column.keep or column.trouble or before.facts != column.facts:
            kept.append(column)
        else:
            dropped.append(column.head)
    return kept, dropped


def _cells(fact: Fact, columns: Sequence[Column]) -> Iterator[Text]:
    was: str | None = None
    for column in columns:
        state = column.facts.get(fact, "")
        sign, style = SIGNS.get(state, NOTHING) if state else NOTHING
        turned = was is not None and state != was
        yield Text(sign, style=f"{style.replace('dim', 'default')} reverse" if turned else style)
        was = state


def _legend(columns: Sequence[Column], facts: Iterable[Fact]) -> str:
    states = {column.facts.get(fact, "") for column in columns for fact in facts}
    signs: dict[str, list[str]] = {}
    for state, (sign, _) in SIGNS.items():
        if state in states:
            signs.setdefault(sign, []).append(state)
    return "  ".join(f"{sign} {', '.join(of)}" for sign, of in signs.items()) + "  reversed: changed by this row"


def _told_steps(
    steps: Iterable[Step], style: str, sure: set[tuple[str, str]] | None = None, prefix: str = ""
) -> Iterator[Text]:
    for step in steps:
        for kind, words, about in troubles(step):
            colour = "red" if sure is not None and (kind, words) in sure else style
            yield Text(f"  {prefix}{step.row.number} cannot be done: {about}", style=colour)


def _matrix(found: WhatIf, width: int) -> Iterator[RenderableType]:
    table = Grid(box=None, padding=(0, 1, 0, 0), header_style="bold", show_header=True)
    rest = width - (CELL + 1) * len(found.failures)
    table.add_column("fails at row", max_width=max(rest, 30), overflow="fold")
    for failure in found.failures:
        table.add_column(failure.row.number, justify="center", no_wrap=True)
    table.add_row("enters at row", *(_entered(failure) for failure in found.failures))
    items = matrix.matrix(found)
    for item, marks in items.items():
        cells = [MARKS[marks[row]] if row in marks else NONE for row in (one.row.number for one in found.failures)]
        table.add_row(item.label, *cells)
    yield table
    if not items:
        yield Text("  nothing: after each way back the world is what it was before", style="green")
    yield Text(
        "  ● whether or not the failed row had done its work   d only if it had   n only if it had not", style="dim"
    )
    yield Text("  ▸ from its begin   - no entry   ! no entry, though a note of the row promises one", style="dim")
    for words in matrix.remarks(found):
        yield Text(f"  {words}", style="yellow")
    if matrix.counted(found):
        yield Text(
            "  its column 'At #' counts the rows of another flow: --fail-at says which row is which", style="yellow"
        )


NONE = Text("")
MARKS = {"sure": Text("●", "red"), "done": Text("d", "yellow"), "undone": Text("n", "yellow")}
VERDICTS = {"wrong": "bold red", "unpromised": "bold", "right": "bold green"}


def _entered(failure: Failure) -> Text:
    entry: Row | None = failure.way.entry
    if entry is not None:
        return Text(entry.number if entry.number.isdigit() else "▸", "cyan")
    return Text("!", "bold red") if failure.hole else Text("-", "dim")
