"""Two editions of a document: what became of its clauses, tables, rows and notes, and what each change touches.

Rows and tables are paired by what they say, not by their number: what stands elsewhere has moved, it is not another.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from harness.spec import renumbered
from harness.spec.model import Document, Row, Table

FORMAT = "manolab-spec-diff/1"
ALIKE = 0.6
"""How alike the words of two rows are that are one row, reworded."""


@dataclass(frozen=True)
class Change:
    """One change: `what` is clause, table, row, note or recommendation; `ref` is its name in the old edition.

    `kind` is one of the schema's: renumbered is what says the same and only refers to something that has moved.

    A thing that is added is named as in the new one. `table` is the id that its table has in the old edition, where it
    had one. `touches` are scenarios, plans and interpretations.
    """

    what: str
    kind: str
    ref: str
    old: str = ""
    new: str = ""
    table: str = ""
    touches: tuple[str, ...] = ()


def changes(old: Document, new: Document) -> Iterator[Change]:
    """All changes from one edition to the other, clauses first, then tables in the order of the old edition."""
    moved = renumbered.clauses(old, new)
    yield from _clauses(old, new, moved)
    paired = renumbered.tables(old, new, moved)
    for table in renumbered.tables_of(old):
        if table.id not in paired:
            yield Change("table", "removed", table.id, table.caption, table=table.id)
            yield from (Change("row", "removed", table.ref(row), row.whole, table=table.id) for row in table.rows)
            continue
        other = new.by_id[paired[table.id]]
        if table.id != other.id:
            yield Change("table", "moved", table.id, table.id, other.id, table=table.id)
        if table.caption != other.caption:
            yield Change("table", "retitled", table.id, table.caption, other.caption, table=table.id)
        for change in (*_rows(table, other), *_notes(table, other)):
            same = change.kind == "reworded" and renumbered.translated(change.old, moved, paired) == change.new
            yield replace(change, kind="renumbered") if same else change
    for table in renumbered.tables_of(new):
        if table.id not in paired.values():
            yield Change("table", "added", table.id, "", table.caption)


def _clauses(old: Document, new: Document, moved: Mapping[str, str]) -> Iterator[Change]:
    """A clause that moved with the one it is part of is not told of."""
    for number, clause in renumbered.clauses_of(old).items():
        if number not in moved:
            yield Change("clause", "removed", number, clause.title)
            continue
        other = new.by_number[moved[number]]
        if other.number != number and not renumbered.follows(number, moved):
            yield Change("clause", "moved", number, number, other.number)
        if other.title != clause.title:
            yield Change("clause", "retitled", number, clause.title, other.title)
    for number, clause in renumbered.clauses_of(new).items():
        if number not in moved.values():
            yield Change("clause", "added", number, "", clause.title)


def _rows(old: Table, new: Table) -> Iterator[Change]:
    what = "recommendation" if old.kind == "recommendation" else "row"
    paired = _paired(old.rows, new.rows)
    for index, row in enumerate(old.rows):
        ref = row.number if what == "recommendation" else old.ref(row)
        if index not in paired:
            yield Change(what, "removed", ref, row.whole, table=old.id)
            continue
        other = new.rows[paired[index]]
        for kind, one, two in (
            ("moved", row.number, other.number),
            ("reworded", row.whole, other.whole),
            ("actor", row.actor, other.actor),
            ("at", row.at, other.at),
        ):
            if one != two:
                yield Change(what, kind, ref, one, two, old.id)
    for index, row in enumerate(new.rows):
        if index not in paired.values():
            ref = row.number if what == "recommendation" else new.ref(row)
            yield Change(what, "added", ref, "", row.whole, old.id)


def _paired(old: Sequence[Row], new: Sequence[Row]) -> dict[int, int]:
    """Which row became which: the same words first, then the most alike, the same number before another."""
    left, right = list(range(len(old))), list(range(len(new)))
    pairs: dict[int, int] = {}
    tests: tuple[Callable[[Row, Row], bool], ...] = (
        lambda a, b: (a.number, a.actor, a.whole) == (b.number, b.actor, b.whole),
        lambda a, b: (a.actor, a.whole) == (b.actor, b.whole),
        lambda a, b: a.number == b.number and _alike(a, b),
        _alike,
    )
    for test in tests:
        for index in [i for i in left if i not in pairs]:
            found = next((n for n in right if test(old[index], new[n])), None)
            if found is not None:
                pairs[index] = found
                right.remove(found)
    return pairs


def _alike(one: Row, other: Row) -> bool:
    return difflib.SequenceMatcher(None, one.whole.split(), other.whole.split(), autojunk=False).ratio() >= ALIKE


def _notes(old: Table, new: Table) -> Iterator[Change]:
    was, now = ({note.number: note.text for note in table.notes} for table in (old, new))
    for number in dict.fromkeys((*was, *now)):
        if was.get(number) != now.get(number):
            kind = "removed" if number not in now else "added" if number not in was else "reworded"
            name = f"{old.id} note {number or ''}".strip()
            yield Change("note", kind, name, was.get(number, ""), now.get(number, ""), old.id)


def words(old: str, new: str) -> str:
    """The two texts as one: what went in [-...-], what came in {+...+}."""
    one, two = old.split(), new.split()
    told: list[str] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            told += one[a:b]
            continue
        told += [f"[-{' '.join(one[a:b])}-]"] if b > a else []
        told += [f"{{+{' '.join(two[c:d])}+}}"] if d > c else []
    return " ".join(told)


def record(old: Document, new: Document, found: Sequence[Change]) -> dict[str, Any]:
    """The changes as JSON carries them."""
    return {
        "format": FORMAT,
        "old": old.source.rpartition("/")[2],
        "new": new.source.rpartition("/")[2],
        "changes": [{**vars(one), "touches": list(one.touches)} for one in found],
    }
