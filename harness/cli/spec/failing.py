"""`manolab spec whatif`: what becomes of the world when a row of a flow fails, and what its rollback makes of that."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.cli.failures import FAILED, MET, MISSING, WrongUse
from harness.cli.spec.documents import FILE, flow_of, opened

if TYPE_CHECKING:
    from rich.console import Console

    from harness.spec.model import Document, Table
    from harness.spec.whatif import WhatIf

PICTURE = 120
"""Columns of the picture."""


@click.command("whatif", short_help="Show what is left when a row of a flow fails.")
@FILE
@click.argument("table")
@click.option("--fail-at", type=int, metavar="N", help="The row that fails; each of them in turn, if it is not given.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON (format manolab-spec-whatif/1).")
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), help="Draw what is shown into this file too.")
def command(file: Path, table: str, fail_at: int | None, as_json: bool, svg: Path | None) -> int:
    """Go through the flow TABLE of FILE row by row until a row fails, and through the rollback that takes it back.

    Whether the failed row had done its work nobody knows; both are shown, and what holds in both is wrong for sure.
    Ends with 0 when nothing is, 1 when something is, 2 when nothing that the flow does is understood.
    """
    document = opened(file)
    flow = _flow(document, table)
    from harness.spec import whatif

    _check(flow, fail_at)
    found = whatif.what_if(document, flow, fail_at)
    if found is None:
        click.echo(f"table {flow.id}: no row of it does anything to an instance that is understood", err=True)
        return MISSING
    if as_json:
        click.echo(json.dumps(whatif.record(document, found), indent=1, ensure_ascii=False))
    else:
        _show(found)
    if svg is not None:
        _draw(found, svg)
    return FAILED if found.wrong else MET


def _flow(document: Document, name: str) -> Table:
    """The flow that is meant; WrongUse for what is no flow, or takes one back."""
    from harness.spec.world.pairing import forward_of, is_rollback
    from harness.spec.world.walk import use_case_tables

    table = flow_of(document, name)
    if is_rollback(table):
        forward = forward_of(document, table)
        flows = [one.id for one in use_case_tables(document)]
        hint = f"ask for the flow that it takes back: {forward.id}" if forward else f"flows: {', '.join(flows)}"
        raise WrongUse(f"table {table.id} is a rollback, which nothing takes back", hint=hint)
    return table


def _check(flow: Table, fail_at: int | None) -> None:
    """WrongUse for a row that is not there."""
    from harness.spec.whatif import numbered

    rows = numbered(flow)
    if fail_at is not None and fail_at not in [int(row.number) for row in rows]:
        there = f"its rows are {rows[0].number} to {rows[-1].number}" if rows else "it has no numbered rows"
        raise WrongUse(f"table {flow.id} has no row {fail_at}", hint=there)


def _show(found: WhatIf) -> None:
    from rich.console import Console

    width = shutil.get_terminal_size((PICTURE, 24)).columns
    _print(Console(width=width, highlight=False), found, width)


def _draw(found: WhatIf, path: Path) -> None:
    """The same as SVG, which fetches nothing from anywhere; WrongUse when the file cannot be written."""
    import io
    import re

    from rich.console import Console

    console = Console(width=PICTURE, highlight=False, record=True, file=io.StringIO(), force_terminal=True)
    _print(console, found, PICTURE)
    try:
        drawn = console.export_svg(title=f"Table {found.forward.id}")
        path.write_text(re.sub(r"@font-face\s*\{.*?\}", "", drawn, flags=re.DOTALL), encoding="utf-8")
    except OSError as error:
        raise WrongUse(f"cannot write {path}: {error.strerror}", hint="name a file in a folder that is there") from None


def _print(console: Console, found: WhatIf, width: int) -> None:
    from harness.cli.spec import worlds

    shown = worlds.overview(found, width) if found.fail_at is None else worlds.one(found, found.failures[0], width)
    for part in shown:
        console.print(part)
    console.print(worlds.verdict(found))
