"""Python's collector of garbage while the suite runs: it looks for what scenarios leave, not through what stays."""

from __future__ import annotations

import gc
from collections.abc import Callable

THRESHOLDS = (20_000, 20, 10)
"""Objects made before the young are looked through, and rounds of that before the older ones are."""


def tend() -> Callable[[], None]:
    """Set the collector up for a run; returns what sets it back."""
    before = gc.get_threshold()
    gc.set_threshold(*THRESHOLDS)

    def back() -> None:
        gc.unfreeze()
        gc.set_threshold(*before)

    return back


def keep() -> None:
    """What is there now (scenarios, labs, what was imported) stays to the end: it is not looked through any more."""
    gc.collect()
    gc.freeze()
