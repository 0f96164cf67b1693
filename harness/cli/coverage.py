"""`manolab coverage`: which rows and notes of the GR's tables the scenarios of the last run have judged."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.cli.columns import folded
from harness.judge.verdicts import Verdict

if TYPE_CHECKING:
    from reports.coverage import Coverage, Covered, TableCoverage
    from reports.model import Report

TABLE_TAG = re.compile(r"(?<!\S)@table:(\S+)")


@click.command("coverage", short_help="Show which rows of the document a run has judged.")
@click.argument("names", metavar="[FEATURES]...", nargs=-1)
@click.option(
    "--out", default="manolab-out", show_default=True, type=click.Path(path_type=Path), help="The folder of the run."
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(names: tuple[str, ...], out: Path, as_json: bool) -> int:
    """Show which rows of the tables of clause 5, and which notes that ask for behaviour, the run in --out has judged,
    by which scenarios, and what is not covered.

    FEATURES are feature files or folders: then only their scenarios count, and only their tables are asked about.
    Exit code 0 when all is covered and passed, 1 when a row failed, 2 when something is not covered or has no verdict.
    """
    from harness.cli import features
    from harness.cli.records import EXIT_CODES, load_report
    from reports import coverage

    report = load_report(out)
    if names:
        paths = _files(features.resolved(names))
        found = coverage.coverage(_of(report, paths), _tables(paths))
    else:
        found = coverage.coverage(report)
    as_data = json.dumps(coverage.as_data(found), indent=1, ensure_ascii=False) if as_json else ""
    click.echo(as_data or "\n".join(_lines(found)))
    return EXIT_CODES[found.verdict]


def _files(paths: Sequence[Path]) -> list[Path]:
    return [file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("*.feature")))]


def _tables(paths: Sequence[Path]) -> set[str]:
    return {table for path in paths for table in TABLE_TAG.findall(path.read_text(encoding="utf-8"))}


def _of(report: Report, paths: Sequence[Path]) -> Report:
    """The same report with the scenarios of these features alone."""
    named = [path.as_posix() for path in paths]
    kept = tuple(one for one in report.scenarios if any(path.endswith(f"/{one.feature}") for path in named))
    return replace(report, scenarios=kept)


def _lines(found: Coverage) -> Iterator[str]:
    for clause, group in groupby(found.tables, key=lambda one: one.table.clause):
        yield from (click.style(f"Clause {clause}", bold=True), *(line for one in group for line in _table(one)), "")
    used = found.report.interpretations
    if used:
        yield folded(f"interpretations used: {', '.join(used)}")
    yield found.headline


def _table(one: TableCoverage) -> Iterator[str]:
    seen = len(one.rows) - len(one.missing_rows)
    yield f"  Table {one.table.id} ({one.table.kind}): {seen} of {len(one.rows)} rows"
    for row in one.rows:
        if not row.missing:
            yield _line(row.name, row)
    for note in one.notes:
        if not note.missing:
            yield _line(f"note {note.name}", note)
    if one.missing_rows:
        rows = ", ".join(row.name.partition("#")[2] for row in one.missing_rows)
        yield f"    {click.style('not covered', fg='yellow')}  rows {rows}"
    if one.missing_notes:
        notes = ", ".join(note.name for note in one.missing_notes)
        yield f"    {click.style('not covered', fg='yellow')}  notes that ask for behaviour: {notes}"


def _line(name: str, covered: Covered) -> str:
    from harness.cli.verdict_table import COLOURS

    verdict = covered.verdict or Verdict.ERROR
    told = click.style(f"{verdict.value:<12}", fg=COLOURS[verdict])
    room = max(shutil.get_terminal_size((120, 24)).columns - 40, 20)
    return f"    {told} {name:<15} {len(covered.scenarios):>3}  {covered.scenarios[0][:room]}"
