"""What can be wrong with a file that is to be read as a document."""

from __future__ import annotations

from pathlib import Path


class UnreadableDocument(Exception):
    """The file is no document of a kind that is read here, or is not safe to open; says why and what would help."""

    def __init__(self, path: Path, why: str, hint: str = "") -> None:
        super().__init__(f"{path}: {why}")
        self.hint = hint
