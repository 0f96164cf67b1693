"""Tables of the GR that features are tagged with, by kind: a step's row is a row of the one table of its kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Kind = Literal["roles", "pre", "post", "flow"]

KINDS: dict[str, Kind] = {
    "5.2.2-1": "roles",
    "5.2.2.3-1": "pre",
    "5.2.2.4-1": "post",
    "5.2.2.5-1": "flow",
    "5.2.2.6-1": "flow",
    "5.2.2.7-1": "flow",
    "5.2.2.8-1": "flow",
    "5.2.3.2-1": "roles",
    "5.2.3.3-1": "pre",
    "5.2.3.4-1": "post",
    "5.2.3.5-1": "flow",
    "5.2.3.6-1": "flow",
    "5.2.4-1": "roles",
    "5.2.5-1": "roles",
    "5.2.6-1": "roles",
}


class UnknownTable(Exception):
    """A tag names a table that is not known here, or a step's row belongs to none of the scenario's tables."""


def of_kind(tables: Iterable[str], kind: Kind) -> list[str]:
    """The tables of a kind among those of a scenario, in order; raises UnknownTable for a wrong tag."""
    named = sorted(tables)
    wrong = [table for table in named if table not in KINDS]
    if wrong:
        raise UnknownTable(f"@table:{wrong[0]} is not known; known are {', '.join(KINDS)}")
    return [table for table in named if KINDS[table] == kind]


def ref(tables: Iterable[str], kind: Kind, row: str) -> str:
    """The reference of a row, as in 5.2.2.5-1#3; raises UnknownTable unless one table of that kind is tagged."""
    found = of_kind(tables, kind)
    if len(found) != 1:
        raise UnknownTable(f"row ({row}) needs one @table of a {kind} table, the scenario has {found or 'none'}")
    return f"{found[0]}#{row}"
