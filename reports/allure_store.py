"""A folder of Allure results: items as JSON, and their attachments.

Allure's own writer is made for test runs that may be killed; this one writes what is finished, in a fifth of the time.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from attr import asdict


def name_of(key: str, extension: str) -> str:
    """The file name of an attachment; the same key gives the same name in every run."""
    return f"{uuid5(NAMESPACE_URL, key)}-attachment.{extension}"


class Store:
    """Writes into one folder; what has the same name is written once."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._stored: set[str] = set()

    def item(self, item: Any, key: str) -> None:
        """A test result, or the globals, without the fields that say nothing."""
        data = asdict(item, filter=lambda _, value: bool(value) or value is False)
        name = item.file_pattern.format(prefix=uuid5(NAMESPACE_URL, key))
        self._write(name, json.dumps(data, ensure_ascii=False))

    def attachment(self, name: str, body: str) -> None:
        """An attachment by its file name."""
        self._write(name, body)

    def again(self, name: str, other: str) -> None:
        """The same attachment under another name, in the same place on the disk where that can be."""
        try:
            os.link(self.directory / name, self.directory / other)
        except OSError:
            shutil.copyfile(self.directory / name, self.directory / other)

    def has(self, name: str) -> bool:
        """Whether an attachment of this name is there already."""
        return name in self._stored

    def _write(self, name: str, text: str) -> None:
        self._stored.add(name)
        (self.directory / name).write_bytes(text.encode())
