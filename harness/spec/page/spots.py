"""Where findings belong: to a row, a note, a table, a clause, or a paragraph of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.spec.blocks import Place
from harness.spec.lint.finding import Finding
from harness.spec.model import Clause, Document, Note, Row, Table, Text

Spot = Clause | Text | Table | Row | Note
"""A part of a document that stands at one place."""


@dataclass(frozen=True)
class Named:
    """A spot with the name by which findings call it; `clause` is the one it is in."""

    where: str
    place: Place
    clause: str
    spot: Spot


class Spots:
    """The findings of each spot of a document."""

    def __init__(self, document: Document, findings: Sequence[Finding]) -> None:
        self._named: dict[str, list[Named]] = defaultdict(list)
        self._placed: dict[Place, Named] = {}
        for named in _all(document):
            self._named[named.where].append(named)
            self._placed.setdefault(named.place, named)
        self._found: dict[int, list[Finding]] = defaultdict(list)
        self._clauses: dict[int, str] = {}
        self.homeless: list[Finding] = []
        """Findings of which nothing that is shown is the place."""
        for finding in findings:
            self._put(finding)

    def of(self, spot: Spot) -> list[Finding]:
        """The findings of a spot, in their order."""
        return self._found.get(id(spot), [])

    def clause_of(self, finding: Finding) -> str:
        """The number of the clause in which a finding belongs."""
        return self._clauses.get(id(finding), "")

    def _put(self, finding: Finding) -> None:
        """To what is called so, and stands there if several are; else to what stands there."""
        called = self._named.get(finding.where, [])
        there = [named for named in called if named.place == finding.place]
        home = next(iter([*there, *called]), self._placed.get(finding.place))
        if home is None:
            self.homeless.append(finding)
            return
        self._found[id(home.spot)].append(finding)
        self._clauses[id(finding)] = home.clause


def _all(document: Document) -> Iterator[Named]:
    for clause in document.clauses:
        where = f"clause {clause.number}"
        yield Named(where, clause.place, clause.number, clause)
        for text in clause.texts:
            yield Named(where, text.place, clause.number, text)
    for table in document.tables:
        yield Named(table.id, table.place, table.clause, table)
        for row in table.rows:
            yield Named(table.ref(row), row.place, table.clause, row)
        for note in table.notes:
            yield Named(f"{table.id} note {note.number or ''}".strip(), note.place, table.clause, note)
