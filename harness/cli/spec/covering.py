"""`manolab spec coverage`: a document against the features that manolab comes with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.cli.failures import FAILED, MET, MISSING
from harness.cli.spec.documents import FILE, opened

if TYPE_CHECKING:
    from harness.spec.coverage import Coverage


@click.command("coverage", short_help="Compare a document with the features.")
@FILE
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON (format manolab-spec-coverage/1).")
def command(file: Path, as_json: bool) -> int:
    """Show which rows and recommendations of FILE have no scenario, and which scenarios FILE contradicts.

    Ends with 0 when nothing is missing, 1 when a scenario contradicts the document, 2 when something is not covered.
    """
    from harness.cli import features
    from harness.spec import coverage
    from harness.spec.scenarios import scenarios

    document = opened(file)
    found = coverage.compared(document, scenarios(features.root()))
    as_data = json.dumps(coverage.record(document, found), indent=1, ensure_ascii=False) if as_json else ""
    click.echo(as_data or "\n".join(_lines(found)))
    return FAILED if found.contradictions else MISSING if found.uncovered else MET


def _lines(found: Coverage) -> Iterator[str]:
    for one in found.contradictions:
        yield f"{one.ref}  {click.style('contradicts', fg='red')}: {one.why}"
        yield f"  {one.scenario}, line {one.line}: {one.step}"
    for table, group in groupby(found.uncovered, key=lambda one: one.ref.rpartition("#")[0]):
        rows = ", ".join(one.ref.rpartition("#")[2] for one in group)
        yield f"{f'Table {table}' if table else 'Recommendations'}  {click.style('no scenario', fg='yellow')}: {rows}"
    missing = f"{len(found.uncovered)} rows and recommendations without scenario"
    yield f"{len(found.contradictions)} contradictions, {missing}"
