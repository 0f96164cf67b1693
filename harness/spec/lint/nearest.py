"""The number or id that comes nearest to one that does not exist: one character is missing, too many, or another."""

from __future__ import annotations

import difflib
from collections.abc import Container, Iterator

CHARACTERS = "0123456789.-ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ALIKE = 0.75


def nearest(wanted: str, known: Container[str]) -> str:
    """What may have been meant, or nothing. Takes as long for a thousand known as for ten."""
    there = [one for one in _next_to(wanted) if one in known]
    best = max(there, key=lambda one: (_alike(wanted, one), one), default="")
    return best if best and _alike(wanted, best) >= ALIKE else ""


def _next_to(wanted: str) -> Iterator[str]:
    for at in range(len(wanted) + 1):
        head, tail = wanted[:at], wanted[at:]
        yield from (f"{head}{character}{tail}" for character in CHARACTERS)
        if tail:
            yield head + tail[1:]
            yield from (f"{head}{character}{tail[1:]}" for character in CHARACTERS)


def _alike(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
