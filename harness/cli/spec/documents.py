"""What the commands of `manolab spec` share: reading their FILE, or saying why it cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.cli.failures import WrongUse

if TYPE_CHECKING:
    from harness.spec.model import Document

FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


def opened(file: Path) -> Document:
    """The document in a file; WrongUse when there is none in it."""
    from harness.spec.build import read
    from harness.spec.errors import UnreadableDocument

    try:
        return read(file)
    except UnreadableDocument as error:
        raise WrongUse(str(error), hint=error.hint) from None
