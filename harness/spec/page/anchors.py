"""The names by which a part of the page is linked to: `5.3.3.6-1-row-8`, `clause-5.3.3`, each given but once."""

from __future__ import annotations

import re

from harness.spec.model import Note, Row, Table

UNFIT = re.compile(r"[^\w.-]+")


def of_clause(number: str) -> str:
    """The name of a clause's place on the page."""
    return f"clause-{number or 'none'}"


def of_row(table: Table, row: Row) -> str:
    """The name of a row's place on the page."""
    return f"{table.id}-row-{row.number}"


def of_note(table: Table, note: Note) -> str:
    """The name of a note's place on the page; a table's only note has no number."""
    return f"{table.id}-note-{note.number or 'only'}"


class Anchors:
    """Gives each name once: what a document has twice gets a number behind the name from the second on."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def claim(self, wanted: str) -> str:
        """The name that is wanted, without what no link can carry, or the nearest one that is free."""
        name = UNFIT.sub("-", wanted).strip("-") or "nameless"
        times = self._given.get(name, 0) + 1
        self._given[name] = times
        return name if times == 1 else self.claim(f"{name}.{times}")
