"""The number or id that comes nearest to one that does not exist."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(wanted: str, known: Iterable[str]) -> str:
    """What may have been meant, or nothing."""
    found = difflib.get_close_matches(wanted, list(known), n=1, cutoff=0.75)
    return found[0] if found else ""
