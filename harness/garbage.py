"""Python's collector of garbage, kept from what stays: to look through it again and again took a tenth of a run."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

THRESHOLDS = (20_000, 20, 10)
"""Objects made before the young are looked through, and rounds of that before the older ones are."""

MUCH = 1_000_000
"""So many objects may be kept over short runs in one process, whose caller wants nobody to look for garbage."""


def tend() -> Callable[[], None]:
    """Set the collector up for a run of the suite; returns what sets it back.

    What the run before kept is looked through here, and not at its end, after which most processes end.
    """
    before = gc.get_threshold()
    kept = gc.get_freeze_count()
    gc.unfreeze()
    if kept and (gc.isenabled() or kept > MUCH):
        gc.collect()  # else this run would keep the garbage of all before
    gc.set_threshold(*THRESHOLDS)
    return lambda: gc.set_threshold(*before)


def keep() -> None:
    """What is there now (scenarios, labs, what was imported) stays to the end: it is not looked through any more.

    Nor is it now: what of it nobody needs any more is little, and a look for it takes half a second.
    """
    gc.freeze()


@contextmanager
def unswept() -> Iterator[None]:
    """While much is made that stays, as in reading records, nothing is looked through."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
