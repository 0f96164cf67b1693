"""`manolab spec read`: what the reader makes of a document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.cli.failures import MET
from harness.cli.spec.documents import FILE, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.spec.model import Document


@click.command("read", short_help="Show what a document consists of.")
@FILE
@click.option("--json", "as_json", is_flag=True, help="Print the whole model as JSON (format manolab-document/1).")
def command(file: Path, as_json: bool) -> int:
    """Read FILE (DOCX, Markdown or text), and show its clauses, its tables, and how much of everything there is."""
    document = opened(file)
    from harness.spec import record

    if as_json:
        click.echo(json.dumps(record.document(document), indent=1, ensure_ascii=False))
    else:
        click.echo("\n".join(_told(document)))
    return MET


def _told(document: Document) -> Iterator[str]:
    from harness.spec import record

    tables: dict[str, list[str]] = {}
    for table in document.tables:
        notes = f", {len(table.notes)} notes" if table.notes else ""
        line = f"Table {table.id}  {table.kind}, {len(table.rows)} rows{notes}  ({table.place})"
        tables.setdefault(table.clause, []).append(line)
    for clause in document.clauses:
        if clause.number:
            depth = "  " * clause.number.count(".")
            yield f"{depth}{click.style(clause.number, bold=True)} {clause.title}"
            yield from (f"{depth}    {click.style(line, dim=True)}" for line in tables.get(clause.number, ()))
    yield ""
    yield ", ".join(f"{count} {what}" for what, count in record.counts(document).items())
    if document.stray:
        yield f"tables without a caption, which are read as text: {', '.join(document.stray)}"
