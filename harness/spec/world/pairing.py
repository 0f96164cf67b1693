"""Which rollback takes a flow back, and at which of its rows it is entered: the column "At #"."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from functools import lru_cache

from harness.spec.model import Document, Row, Table

FAILURE = re.compile(r"detects?\s+a\s+failure|\bcrash", re.IGNORECASE)
ROLLBACK = re.compile(r"rollback\b[^.;,]{0,60}\bclause\s+([\d.]+\d)", re.IGNORECASE)

SAME = 0.8
"""How alike the words of two rows of sibling flows are that are one step."""


def forward_of(document: Document, rollback: Table) -> Table | None:
    """The flow that a rollback takes back: the one its clause names, else the first whose notes lead to it."""
    clause = document.by_number.get(rollback.clause)
    said = [ref.target for text in clause.texts for ref in text.references if ref.kind == "table"] if clause else []
    named = [t for t in map(document.by_id.get, said) if t is not None and t.kind == "flow" and t.id != rollback.id]
    flows = [t for t in document.within(document.use_case(rollback), "flow") if not t.is_rollback]
    meant = [t for t in flows if rollback.clause in rollback_clauses(t)]
    return next(iter(named or meant or flows), None)


def rollback_clauses(table: Table) -> list[str]:
    """The clauses to which the notes of a flow send a software rollback."""
    return [clause for note in table.notes for clause in ROLLBACK.findall(note.text)]


@lru_cache(maxsize=4)
def _leading(document: Document) -> dict[str, list[Table]]:
    found = defaultdict(list)
    for table in document.flows:
        for clause in dict.fromkeys(rollback_clauses(table)):
            found[clause].append(table)
    return dict(found)


def leading_to(document: Document, clause: str) -> list[Table]:
    """The flows whose notes send a software rollback to a clause."""
    return _leading(document).get(clause, [])


def failing(forward: Table) -> dict[int, Row]:
    """The rows of a flow of which a note says that their failure may lead to its rollback."""
    notes = {str(n.number) for n in forward.notes if ROLLBACK.search(n.text) and FAILURE.search(n.text)}
    return {
        int(row.number): row
        for row in forward.rows
        if row.number.isdigit() and any(ref.kind == "note" and ref.target in notes for ref in row.references)
    }


def entries(rollback: Table) -> dict[int, Row]:
    """For each forward row that the column names, the row at which the rollback is entered; the first where two are."""
    found: dict[int, Row] = {}
    for row in rollback.rows:
        for step in row.at_steps if row.at else ():
            found.setdefault(step, row)
    return found


@lru_cache(maxsize=4)
def pairs(document: Document) -> tuple[tuple[Table, Table], ...]:
    """Each rollback with a column "At #", after the flow it takes back."""
    return tuple(
        (forward, rollback)
        for rollback in document.flows
        if rollback.is_rollback and any(row.at for row in rollback.rows)
        if (forward := forward_of(document, rollback)) is not None
    )


def is_rollback(table: Table) -> bool:
    """Whether a flow takes another back, by its column or by its caption."""
    return table.is_rollback or "rollback" in table.caption.casefold()


def rollback_of(document: Document, forward: Table) -> Table | None:
    """The rollback of a flow: the one that its notes name, else the one that says it takes this flow back."""
    named = [t for clause in rollback_clauses(forward) for t in document.tables_of(clause, "flow") if is_rollback(t)]
    paired = [rollback for one, rollback in pairs(document) if one is forward]
    return next(iter(named or paired), None)


def moved(forward: Table, table: Table) -> tuple[str, str] | None:
    """The first numbered row that has another number in another flow, by whom it is done and how it begins."""
    there = {_begins(row): row.number for row in table.rows if row.number.isdigit()}
    for row in forward.rows:
        other = there.get(_begins(row)) if row.number.isdigit() else None
        if other is not None and other != row.number:
            return row.number, other
    return None


def counted_as(forward: Table, row: Row) -> Row | None:
    """The row of another flow that says the same as this one, by the same actor."""
    alike = [(_alike(one, row), one) for one in forward.rows if one.actor.casefold() == row.actor.casefold()]
    ratio, found = max(alike, key=lambda one: one[0], default=(0.0, None))
    return found if ratio >= SAME else None


def _alike(one: Row, other: Row) -> float:
    return difflib.SequenceMatcher(None, one.text.split(), other.text.split(), autojunk=False).ratio()


def _begins(row: Row) -> tuple[str, str]:
    return row.actor.casefold(), " ".join(row.text.casefold().split()[:9])
