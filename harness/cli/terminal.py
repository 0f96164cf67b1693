"""Whether a person looks at what is written, so that it may move and have colours."""

from __future__ import annotations

import os
from typing import TextIO


def moves(stream: TextIO) -> bool:
    """Whether lines on this stream can be written over: a person looks at it, and no log is kept (variable CI)."""
    return stream.isatty() and not os.environ.get("CI") and not _dumb()


def colours() -> bool | None:
    """Whether to use colours, as NO_COLOR (no-color.org) and FORCE_COLOR ask; None: where the output is a terminal."""
    if os.environ.get("NO_COLOR") or _dumb():
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def _dumb() -> bool:
    return os.environ.get("TERM") == "dumb"
