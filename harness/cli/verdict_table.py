"""A report as lines for people: a verdict for each table row, a line for each entity, and why what failed did."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.cli.columns import aligned, many
from harness.judge.verdicts import Verdict

if TYPE_CHECKING:
    from reports.model import EntityResult, Report, Row
    from reports.unmet import Unmet

COLOURS = {
    Verdict.PASS: "green",
    Verdict.FAIL: "red",
    Verdict.INCONCLUSIVE: "yellow",
    Verdict.NOT_APPLICABLE: "bright_black",
    Verdict.ERROR: "magenta",
}
SHOWN = 10
POINTS = 20
NARROW = 100
"""Columns below which a row's count of scenarios gives its place to what the row asks for."""


def verdict_lines(report: Report, out: Path | None = None) -> Iterator[str]:
    """The whole report: rows by table, entities, then what did not pass and what is missing, and the sum.

    What failed comes last, because that is where a reader of a terminal or a log begins. out: the folder of the run,
    when there is one to look closer at.
    """
    from reports.unmet import unmet

    columns = shutil.get_terminal_size((120, 24)).columns
    wide = max((len(row.verdict.value) for row in report.rows), default=4)
    for table, rows in groupby(report.rows, key=lambda row: row.table):
        yield from _table_lines(table, rows, wide, columns)
    yield from _entity_lines(report.entities)
    points = unmet(report)
    yield from _unmet_lines(points, columns)
    yield from _missing_lines(report.missing)
    if points and out is not None:
        yield from _closer_lines(points[0], out)
    yield ""
    yield summary(report)


def summary(report: Report) -> str:
    """One line: the verdict of the whole and how many scenarios have each verdict."""
    verdict = click.style(report.verdict.value, fg=COLOURS[report.verdict], bold=True)
    return f"{verdict}: {many(len(report.scenarios), 'scenario')} ({_counted(report.counts) or 'none judged'})"


def _counted(counts: Mapping[Verdict, int]) -> str:
    return ", ".join(f"{count} {verdict.value}" for verdict, count in counts.items() if count)


def _coloured(verdict: Verdict, width: int = 0) -> str:
    return click.style(f"{verdict.value:<{width}}", fg=COLOURS[verdict], bold=verdict is not Verdict.PASS)


def _table_lines(table: str, rows: Iterable[Row], wide: int, columns: int) -> Iterator[str]:
    yield from ("", click.style(f"Table {table}", bold=True))
    for row in rows:
        count = f"{many(len(row.scenarios), 'scenario'):>12}  " if columns >= NARROW else ""
        about = f"{row.ref:<15}  {count}"
        yield f"  {_coloured(row.verdict, wide)}  {about}{_cut(row.title, columns - wide - len(about) - 4)}"


def _entity_lines(entities: Sequence[EntityResult]) -> Iterator[str]:
    yield from ("", click.style("Entities", bold=True))
    rows = [(_coloured(entity.verdict), entity.name, _counted(entity.counts)) for entity in entities]
    yield from (f"  {line}" for line in aligned(rows))


def _unmet_lines(points: Sequence[Unmet], columns: int) -> Iterator[str]:
    if points:
        yield from ("", click.style("Not passed", bold=True))
    for point in points[:POINTS]:
        where = point.ref or ("step" if point.asked else "scenario")
        head = f"  {point.verdict.value}  {where}  "
        told = f"  {_coloured(point.verdict)}  {click.style(where, bold=True)}  "
        yield f"{told}{_cut(point.asked or point.scenarios[0].name, columns - len(head))}"
        proof = f" ({point.proof})" if point.proof else ""
        yield from _indented(f"{point.reason}{proof}", columns, 2)
        yield from _indented(_where(point), columns, 2)
    if len(points) > POINTS:
        yield f"  and {len(points) - POINTS} more"


def _where(point: Unmet) -> str:
    """The place in the feature that the reason is from, and how many other scenarios fall at this point."""
    first = point.scenarios[0]
    more = f", and {many(len(point.scenarios) - 1, 'scenario')} more" if len(point.scenarios) > 1 else ""
    concerned = f" of {', '.join(point.entities)}" if more and point.entities else ""
    return f"{Path(first.feature).name}:{first.line} {first.title}{more}{concerned}"


def _indented(text: str, columns: int, most: int) -> list[str]:
    """A text over at most so many lines, below what it belongs to."""
    return textwrap.wrap(
        text,
        max(columns, 40),
        initial_indent="      ",
        subsequent_indent="      ",
        max_lines=most,
        placeholder=" …",
        break_on_hyphens=False,
    )


def _closer_lines(point: Unmet, out: Path) -> Iterator[str]:
    """Commands, uncut: they are there to be copied."""
    yield from ("", click.style("To look closer", bold=True))
    yield f"  manolab report --open --out {out}"
    yield f"  manolab judge {out / 'runs' / point.scenarios[0].id}"
    yield f"  manolab run --failed --out {out}  (with the options of this run)"


def _missing_lines(missing: Sequence[str]) -> Iterator[str]:
    if missing:
        yield from ("", click.style(f"Without a record ({len(missing)})", bold=True))
        yield from (f"  {name}" for name in missing[:SHOWN])
    if len(missing) > SHOWN:
        yield f"  and {len(missing) - SHOWN} more"


def _cut(text: str, room: int) -> str:
    room = max(room, 20)
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"
