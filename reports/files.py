"""Writing a file over the one that a run before left in its place."""

from __future__ import annotations

import os
from pathlib import Path


def write(path: Path, content: str | bytes) -> Path:
    """Make this the content of a file, and of its folder one that is there.

    What is there is written over and then cut to length: a file system takes ten times as long to give back the room
    of ten thousand files and look for it again.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    overwrite(path, content)
    return path


def overwrite(path: Path | str, content: str | bytes) -> None:
    """The same for a file in a folder that is known to be there."""
    data = memoryview(content.encode() if isinstance(content, str) else content)
    there = os.open(path, os.O_WRONLY | os.O_CREAT, 0o666)
    try:
        written = 0
        while written < len(data):
            written += os.write(there, data[written:])
        if os.fstat(there).st_size > written:
            os.truncate(there, written)
    finally:
        os.close(there)
