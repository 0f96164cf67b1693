"""Tables of the GR that features are tagged with, by kind: a step's row is a row of the one table of its kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Kind = Literal["roles", "pre", "post", "flow"]

_CLAUSES: dict[Kind, str] = {
    "roles": """
        5.2.2 5.2.3.2 5.2.4 5.2.5 5.2.6 5.3.2.2 5.3.3.2 5.3.4 5.3.5 5.3.6.1 5.4.2.2 5.5.2.2
        5.6.2.4 5.6.2.5 5.6.2.6 5.6.3.4 5.6.3.5 5.6.3.6 5.7.1.2 5.7.2.2 5.8.2 5.9.2
    """,
    "pre": "5.2.2.3 5.2.3.3 5.3.2.3 5.3.3.3 5.4.2.3 5.5.2.3 5.7.1.3 5.7.2.3 5.8.3 5.9.3",
    "post": "5.2.2.4 5.2.3.4 5.3.2.4 5.3.3.4 5.4.2.4 5.5.2.4 5.7.1.4 5.7.2.4 5.8.4 5.9.4",
    "flow": """
        5.2.2.5 5.2.2.6 5.2.2.7 5.2.2.8 5.2.3.5 5.2.3.6 5.3.2.5 5.3.3.5 5.3.3.6 5.3.3.7 5.3.3.8 5.4.2.5 5.4.2.6
        5.5.2.5 5.5.2.6 5.7.1.5 5.7.1.6 5.7.2.5 5.8.5 5.9.5
    """,
}
"""Every table of clause 5 is the first of the clause that gives it its number."""

KINDS: dict[str, Kind] = {f"{clause}-1": kind for kind, clauses in _CLAUSES.items() for clause in clauses.split()}


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
