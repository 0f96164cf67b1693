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
    rows = found.without(recommendations=False)
    for table, group in groupby(rows, key=lambda one: one.ref.rpartition("#")[0]):
        numbers = ", ".join(one.ref.rpartition("#")[2] for one in group)
        yield f"Table {table}  {click.style('no scenario', fg='yellow')}: {numbers}"
    yield from _recommendations(found)
    if found.played:
        yield (
            f"played by the suite, so that whom it speaks to is compared and not it: the External Manager of "
            f"{', '.join(found.played)}"
        )
    asked = found.count(recommendations=False)
    yield (
        f"{len(found.contradictions)} contradictions, {asked - len(rows)} of {asked} rows with a scenario, "
        f"{_tagged(found)} of {found.count(recommendations=True)} recommendations"
    )


def _tagged(found: Coverage) -> int:
    return found.count(recommendations=True) - len(found.without(recommendations=True))


def _recommendations(found: Coverage) -> Iterator[str]:
    """Those without a scenario of their own, and what that means."""
    without = found.without(recommendations=True)
    if not without:
        return
    names = ", ".join(one.ref for one in without)
    yield f"Recommendations  {click.style('no scenario', fg='yellow')}: {names}"
    which = "none" if not _tagged(found) else "none of these"
    yield (
        f"  {which} is judged as a recommendation: no scenario carries its tag (@rec:...). Scenarios of rows may well "
        "fail where one is not followed, but do not say so."
    )
