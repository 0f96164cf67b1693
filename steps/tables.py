"""Tables of the GR that features are tagged with, by kind: a step's row is a row of the one table of its kind."""

from __future__ import annotations

from collections.abc import Iterable

from features.tables import Kind, tables


class UnknownTable(Exception):
    """A tag names a table that is not known here, or a step's row belongs to none of the scenario's tables."""


def of_kind(names: Iterable[str], kind: Kind) -> list[str]:
    """The tables of a kind among those of a scenario, in order; raises UnknownTable for a wrong tag."""
    named, known = sorted(names), tables()
    wrong = [name for name in named if name not in known]
    if wrong:
        raise UnknownTable(f"@table:{wrong[0]} is not known; known are {', '.join(known)}")
    return [name for name in named if known[name].kind == kind]


def ref(names: Iterable[str], kind: Kind, row: str) -> str:
    """The reference of a row, as in 5.2.2.5-1#3; raises UnknownTable unless one table of that kind is tagged."""
    found = of_kind(names, kind)
    if len(found) != 1:
        raise UnknownTable(f"row ({row}) needs one @table of a {kind} table, the scenario has {found or 'none'}")
    return f"{found[0]}#{row}"
