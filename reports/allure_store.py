"""A folder of Allure results: items as JSON, and their attachments.

Allure's own writer is made for test runs that may be killed; this one writes what is finished, in a tenth of the time.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Set
from hashlib import blake2b
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import orjson

from reports.files import overwrite


def name_of(key: str, extension: str) -> str:
    """The file name of an attachment; the same key gives the same name in every run."""
    return f"{blake2b(key.encode(), digest_size=16).hexdigest()}-attachment.{extension}"


class Store:
    """Writes into one folder, over what a run before left there; `written` are the names of all that it wrote."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.written: set[str] = set()

    def item(self, item: Any, key: str) -> None:
        """A test result, or the globals, without the fields that say nothing."""
        self.file(item.file_pattern.format(prefix=uuid5(NAMESPACE_URL, key)), orjson.dumps(item, default=_said))

    def file(self, name: str, content: str | bytes) -> None:
        """An attachment, or a file beside the results, by its name."""
        self.written.add(name)
        overwrite(f"{self.directory}/{name}", content)

    def again(self, name: str, other: str) -> None:
        """The same file under another name, in the same place on the disk where that can be."""
        self.written.add(other)
        (self.directory / other).unlink(missing_ok=True)
        try:
            os.link(self.directory / name, self.directory / other)
        except OSError:
            shutil.copyfile(self.directory / name, self.directory / other)


def sweep(directory: Path, kept: Set[str]) -> None:
    """Remove what else lies in a folder."""
    for path in directory.iterdir():
        if path.name in kept:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _said(item: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(item).items() if value or value is False}
