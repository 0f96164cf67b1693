"""All pieces of text of a document, each with where it stands: what rules that look at words go through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from harness.spec.blocks import Place
from harness.spec.model import Document, Table, lineage
from harness.spec.references import Reference


@dataclass(frozen=True)
class Piece:
    """A paragraph, a row or a note; `where` names it, `table` is the table it is of."""

    where: str
    words: str
    place: Place
    references: tuple[Reference, ...] = ()
    table: Table | None = None
    clause: str = ""


@lru_cache(maxsize=4)
def pieces(document: Document) -> tuple[Piece, ...]:
    """Every paragraph of the numbered clauses but the list of references, then every row and note."""
    return tuple(_pieces(document))


def _pieces(document: Document) -> Iterator[Piece]:
    cited = {citation.place for citation in document.citations}
    for clause in document.clauses:
        if not clause.number:
            continue
        for text in clause.texts:
            if text.place in cited:
                continue
            yield Piece(f"clause {clause.number}", text.words, text.place, text.references, None, clause.number)
    for table in document.tables:
        yield from table_pieces(table)


def table_pieces(table: Table) -> Iterator[Piece]:
    """The rows and notes of one table."""
    for row in table.rows:
        words = f"{row.actor} {row.whole}" if table.kind == "role-mapping" else row.whole
        yield Piece(table.ref(row), words, row.place, row.references, table, table.clause)
    for note in table.notes:
        yield Piece(
            f"{table.id} note {note.number or ''}".strip(), note.text, note.place, note.references, table, table.clause
        )


def under(document: Document, number: str) -> Sequence[Piece]:
    """The pieces of a clause and of those below it."""
    return _by_clause(document).get(number, ())


@lru_cache(maxsize=4)
def _by_clause(document: Document) -> dict[str, list[Piece]]:
    found = defaultdict(list)
    for piece in pieces(document):
        for number in lineage(piece.clause):
            found[number].append(piece)
    return dict(found)


@lru_cache(maxsize=4)
def paragraphs(document: Document) -> dict[str, list[Piece]]:
    """The paragraphs of each clause, without those below it."""
    found = defaultdict(list)
    for piece in pieces(document):
        if piece.table is None:
            found[piece.clause].append(piece)
    return dict(found)
