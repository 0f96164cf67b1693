"""Findings about several replacements of redundancy units at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harness.judge.case import Case
from harness.judge.findings import Arrow, Finding, failed, passed
from harness.judge.history import Entry
from harness.judge.units import Replacement, shown

Problem = tuple[str, Entry | None]
"""What is wrong, and the entry that shows it."""


def wrong(problems: Sequence[Problem], expected: Arrow) -> Finding:
    """A fail that names every problem."""
    evidence = [entry for _, entry in problems if entry is not None]
    return failed("; ".join(text for text, _ in problems), evidence, expected)


def none_to_judge(case: Case, what: str, expected: Arrow, made: list[Replacement]) -> Finding:
    """Nothing of the kind: missing, but on a way back where every unit to return to is still there."""
    if made and all(one.request is None for one in made):
        return passed("each unit to go back to is still there", seen(case, made), expected)
    return case.missing(what, expected)


def seen(case: Case, made: Iterable[Replacement]) -> list[Entry]:
    """The first look at each unit that takes over."""
    return [pair[0] for one in made for pair in shown(case, one.unit)[:1]]
