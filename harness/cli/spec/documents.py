"""What the commands of `manolab spec` share: reading their FILE, or saying why it cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.cli.failures import UnknownWord, WrongUse

if TYPE_CHECKING:
    from harness.spec.model import Document, Table

FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


def opened(file: Path) -> Document:
    """The document in a file; WrongUse when there is none in it."""
    from harness.spec.build import read
    from harness.spec.errors import UnreadableDocument

    try:
        return read(file)
    except UnreadableDocument as error:
        raise WrongUse(str(error), hint=error.hint) from None


def flow_of(document: Document, asked: str) -> Table:
    """The flow that was asked for, with or without what stands behind the hyphen of its number; else WrongUse."""
    flows = [table.id for table in document.flows]
    asked = asked.removeprefix("Table").strip()
    table = document.by_id.get(asked) or document.by_id.get(f"{asked}-1")
    if table is None:
        raise UnknownWord("flow table", asked, flows)
    if table.kind != "flow":
        raise WrongUse(f"table {table.id} is no flow but {table.kind}", hint=f"flows: {', '.join(flows)}")
    return table
