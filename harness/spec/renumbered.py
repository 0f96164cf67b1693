"""What became of clauses and tables from one edition to the next, by what they are rather than by their numbers.

Clauses stand in an order: their titles are laid beside each other as lines of two texts are. Tables are paired by their
rows, those first that are most alike.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping

from harness.spec.model import Clause, Document, Table

NUMBER = re.compile(r"\b(?:\d+|[A-Z])(?:\.\d+)+(?:-\d+)?\b")
ALIKE = 0.5
"""The share of rows that two tables of other numbers have in common when they are one table."""

SAME_NUMBER, SAME_CAPTION, MOVED_CLAUSE = 0.2, 0.1, 0.4
"""What speaks for a pair of tables, over the share of their rows: up to 1."""


def clauses(old: Document, new: Document) -> dict[str, str]:
    """The number that each clause of the old edition has in the new one; those that are gone are not in it."""
    was, now = (list(clauses_of(document).values()) for document in (old, new))
    pairs: dict[str, str] = {}
    left: list[Clause] = []
    right: list[Clause] = []
    matcher = difflib.SequenceMatcher(None, [c.title for c in was], [c.title for c in now], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pairs |= {one.number: other.number for one, other in zip(was[a:b], now[c:d], strict=True)}
        else:
            left += was[a:b]
            right += now[c:d]
    there = {clause.number for clause in right}
    pairs |= {clause.number: clause.number for clause in left if clause.number in there}  # another title
    gone = [clause for clause in left if clause.number not in pairs]
    fresh = [clause for clause in right if clause.number not in set(pairs.values())]
    titles = Counter(clause.title for clause in (*gone, *fresh))
    by_title = {clause.title: clause.number for clause in fresh}
    pairs |= {one.number: by_title[one.title] for one in gone if one.title in by_title and titles[one.title] == 2}
    return pairs


def clauses_of(document: Document) -> dict[str, Clause]:
    """The clauses that have a number, in their order; of two with one number the first."""
    return {clause.number: document.by_number[clause.number] for clause in document.clauses if clause.number}


def tables_of(document: Document) -> list[Table]:
    """The tables in their order; of two with one id the first."""
    return [table for table in document.tables if document.by_id[table.id] is table]


def follows(number: str, pairs: Mapping[str, str]) -> bool:
    """Whether a clause has another number only because the one that it is part of has."""
    head, _, tail = number.rpartition(".")
    return bool(head) and head in pairs and pairs[number] == f"{pairs[head]}.{tail}"


def tables(old: Document, new: Document, moved: Mapping[str, str]) -> dict[str, str]:
    """The id that each table of the old edition has in the new one. moved: what became of the clauses."""
    rows = {id(table): _rows(table) for document in (old, new) for table in document.tables}
    scores = sorted(
        (
            (-(shared + _spoken_for(one, other, moved)), one.id != other.id, at, one.id, other.id)
            for at, one in enumerate(tables_of(old))
            for other in tables_of(new)
            if one.kind == other.kind
            for shared in [_shared(rows[id(one)], rows[id(other)])]
            if one.id == other.id or shared >= ALIKE
        ),
    )
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, _, one_id, other_id in scores:
        if one_id not in pairs and other_id not in taken:
            pairs[one_id] = other_id
            taken.add(other_id)
    return pairs


def translated(text: str, clause: Mapping[str, str], table: Mapping[str, str]) -> str:
    """A text of the old edition with the numbers of the new one."""
    return NUMBER.sub(lambda found: (table if "-" in found[0] else clause).get(found[0], found[0]), text)


def _spoken_for(one: Table, other: Table, moved: Mapping[str, str]) -> float:
    return (
        SAME_NUMBER * (one.id == other.id)
        + SAME_CAPTION * (one.caption == other.caption)
        + MOVED_CLAUSE * (moved.get(one.clause) == other.clause)
    )


def _rows(table: Table) -> Counter[tuple[str, str]]:
    """What its rows say, and who acts in them."""
    return Counter((row.actor, row.whole) for row in table.rows)


def _shared(mine: Counter[tuple[str, str]], theirs: Counter[tuple[str, str]]) -> float:
    """The share of the rows that both have, in the same words by the same actor."""
    total = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / total if total else 0.0
