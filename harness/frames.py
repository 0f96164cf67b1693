"""Room for calls that go deep: without it, a tenth of a run of the suite went into asking the system for memory.

CPython 3.11 and later keep the frames of calls in chunks of 16 KiB. A chunk is mapped when a call does not fit into the
one before, and unmapped when that call returns. Below pytest, its plugins and the SMM, nearly every exchange of the lab
went over such an edge and back. A frame that is larger than a chunk gets a larger chunk, and what is called from it is
kept behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

OVER_HALF = (1 << 16) + 64
"""Values of 8 bytes: a frame of this many is given 1 MiB, of which it leaves nearly half. Nothing of it is touched."""


def roomy(work: Callable[[], T]) -> T:
    """What `work` gives; its calls have half a MiB for their frames before a chunk is mapped."""
    return work()


roomy.__code__ = roomy.__code__.replace(co_stacksize=OVER_HALF)
