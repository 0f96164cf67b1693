"""Whether a person looks at what is written, so that it may move."""

from __future__ import annotations

import os
from typing import TextIO


def moves(stream: TextIO) -> bool:
    """Whether lines on this stream can be written over: a person looks at it, and no log is kept (variable CI)."""
    return stream.isatty() and not os.environ.get("CI")
