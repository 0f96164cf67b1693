"""References that lead nowhere, that nobody makes, or that lead to the wrong kind of thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from harness.spec.lint.corpus import Piece, paragraphs, pieces, table_pieces
from harness.spec.lint.finding import Finding, beginning
from harness.spec.lint.nearest import nearest
from harness.spec.lint.registry import rule
from harness.spec.model import KINDS, Document, Table, lineage
from harness.spec.references import Reference

TESTED = re.compile(r"\btest(?:ing|s)?\b[^.;,]{0,20}\b(?:in|of)\s+steps?\s+[\d, ora nd]+", re.IGNORECASE)
NAMED = re.compile(r"figures? (\S{1,40})")
ABOUT = re.compile(
    r"\b(?P<what>rollback|retry|fallback)(?:\s+procedure)?(?:\s+as)?\s+described\s+in\s+clause\s+(?P<clause>[\d.]+\d)"
    r"|\b(?P<asked>rollback|retry|fallback)\b[^.;,()]{0,40}\bas\s+described\s+in\s+clause\s+(?P<at>[\d.]+\d)",
    re.IGNORECASE,
)


@rule("note-missing")
def notes_that_are_missing(document: Document) -> Iterator[Finding]:
    """A row or note refers to a note that its table has."""
    for piece, reference in _made(document, "note"):
        table = document.by_id.get(reference.within) if reference.within else piece.table
        if table is None:
            continue
        there = {note.number for note in table.notes}
        number = int(reference.target)
        if number in there or (number == 0 and there):
            continue
        told = ", ".join(str(one) for one in sorted(there)) or "none"
        yield _broken(
            piece,
            reference,
            f"table {table.id} has no note {number}; it has {told}",
            "refer to the note that is meant, or add it",
        )


@rule("note-unused")
def notes_that_nobody_refers_to(document: Document) -> Iterator[Finding]:
    """Each note of a table is referred to by a row, another note, or a note of another table."""
    elsewhere = {(ref.within, ref.target) for _, ref in _made(document, "note") if ref.within}
    for table in document.tables:
        used = {ref.target for piece in table_pieces(table) for ref in piece.references if ref.kind == "note"}
        used |= {ref.target for ref in _of_columns(table)}
        for note in table.notes:
            if note.number == 0 and table.kind == "flow":
                continue  # the only note of a flow is about the whole of it
            if str(note.number) in used or (table.id, str(note.number)) in elsewhere:
                continue
            where = f"{table.id} note {note.number or ''}".strip()
            yield Finding(
                where,
                note.place,
                beginning(note.text),
                "no row of the table refers to this note",
                "refer to it where it applies, or drop it",
            )


def _of_columns(table: Table) -> Iterator[Reference]:
    from harness.spec.references import references  # noqa: PLC0415 - headers seldom refer to anything

    for column in (*table.columns, table.caption):
        yield from (ref for ref in references(column) if ref.kind == "note")


@rule("step-missing")
def steps_that_are_missing(document: Document) -> Iterator[Finding]:
    """A step that is referred to is a row of the flow that is meant."""
    for piece, reference in _made(document, "step"):
        for table in _flows_meant(document, piece, reference):
            if table.row(reference.target) is None:
                last = max((int(row.number) for row in table.rows if row.number.isdigit()), default=0)
                yield _broken(
                    piece, reference, f"table {table.id} ends with step {last}", "name the step that is meant"
                )


@rule("step-itself")
def steps_that_refer_to_themselves(document: Document) -> Iterator[Finding]:
    """A row that says during which steps something happens does not count itself among them."""
    for piece, reference in _made(document, "step"):
        ranged = " to " in reference.words and not reference.within
        if piece.table is not None and ranged and piece.where == f"{piece.table.id}#{reference.target}":
            yield Finding(
                piece.where,
                piece.place,
                reference.words,
                f"this is step {reference.target} itself",
                "begin with the step after it",
                "likely",
            )


@rule("step-wrong-kind")
def steps_of_another_kind(document: Document) -> Iterator[Finding]:
    """A step that is called a test is one in which a test is run or reported."""
    for piece, reference in _made(document, "step"):
        if not any(reference.words in found[0] for found in TESTED.finditer(piece.words)):
            continue
        for table in _flows_meant(document, piece, reference):
            row = table.row(reference.target)
            if row is not None and "test" not in row.whole.casefold():
                there = _tests(table)
                yield _broken(
                    piece,
                    reference,
                    f"step {row.number} of table {table.id} tests nothing",
                    f"the tests are in step {there}" if there else "name the step that tests",
                )


def _tests(table: Table) -> str:
    return " or ".join(
        row.number for row in table.rows if row.actors and "tester" in " ".join(row.actors.sources).casefold()
    )


@rule("clause-missing")
def clauses_that_are_missing(document: Document) -> Iterator[Finding]:
    """A clause that is referred to is a clause of this document."""
    for piece, reference in _made(document, "clause"):
        if reference.document or document.has_clause(reference.target):
            continue
        near = nearest(reference.target, document.by_number)
        yield _broken(
            piece,
            reference,
            f"there is no clause {reference.target}",
            f"clause {near}?" if near else "name the clause that is meant",
        )


@rule("clause-wrong-kind")
def clauses_about_something_else(document: Document) -> Iterator[Finding]:
    """A clause to which a rollback, retry or fallback is referred is about that."""
    for piece in pieces(document):
        for found in ABOUT.finditer(piece.words):
            what, number = (found["what"] or found["asked"]).casefold(), found["clause"] or found["at"]
            clause = document.by_number.get(number)
            if clause is None or what in _titles(document, number):
                continue
            yield Finding(
                piece.where,
                piece.place,
                found[0],
                f"clause {number} is called {clause.title!r}, not about a {what}",
                f"refer to the clause of the {what}",
            )


def _titles(document: Document, number: str) -> str:
    """The title of a clause, of those above and of those directly below it."""
    above = [document.by_number[one] for one in lineage(number) if one in document.by_number]
    return " ".join(clause.title.casefold() for clause in (*above, *document.below(number)))


@rule("table-missing")
def tables_that_are_missing(document: Document) -> Iterator[Finding]:
    """A table or figure that is referred to has a caption in this document."""
    captions = {"table": set(document.by_id), "figure": {figure.word for figure in document.figures}}
    for kind, there in captions.items():
        for piece, reference in _made(document, kind):
            if reference.target in there or not there:
                continue
            near = _meant(document, piece, kind) or nearest(reference.target, there)
            yield _broken(
                piece,
                reference,
                f"no {kind} is captioned {reference.target}",
                f"{kind} {near}?" if near else "name the one that is meant",
            )


def _meant(document: Document, piece: Piece, kind: str) -> str:
    """The table that stands in the clause of the text, if there is but one."""
    here = [table.id for each in (*KINDS, "other") for table in document.tables_of(piece.clause, each)]
    return here[0] if len(here) == 1 and kind == "table" else ""


@rule("table-unused")
def tables_that_nobody_refers_to(document: Document) -> Iterator[Finding]:
    """Each table and figure is referred to in the text."""
    made = Counter((ref.kind, ref.target) for piece in pieces(document) for ref in piece.references)
    for table in document.tables:
        if not made["table", table.id] and not _called_otherwise(document, table):
            yield Finding(
                table.id,
                table.place,
                f"Table {table.id}: {table.caption}",
                "no text refers to this table",
                "introduce it in the text of its clause",
            )
    for figure in document.figures:
        if not made["figure", figure.word] and figure.word.casefold() not in _figures_named(document):
            yield Finding(
                f"figure {figure.word}",
                figure.place,
                f"Figure {figure.word}: {figure.meaning}",
                "no text refers to this figure",
                "introduce it in the text of its clause",
            )


def _called_otherwise(document: Document, table: Table) -> bool:
    """Whether its clause refers to a table that does not exist: that is another rule's finding."""
    here = paragraphs(document).get(table.clause, ())
    return any(ref.kind == "table" and ref.target not in document.by_id for piece in here for ref in piece.references)


@lru_cache(maxsize=4)
def _figures_named(document: Document) -> frozenset[str]:
    """What follows the word figure, and each of its beginnings: "figure 4-1b" also names figure 4-1."""
    named = {found[1] for piece in pieces(document) for found in NAMED.finditer(piece.words.casefold())}
    return frozenset(name[:end] for name in named for end in range(1, len(name) + 1))


@rule("citation-missing")
def citations_that_are_missing(document: Document) -> Iterator[Finding]:
    """A document cited in brackets is in the list of references, and each listed one is cited."""
    listed = {citation.word: citation for citation in document.citations}
    cited = set()
    for piece, reference in _made(document, "citation"):
        cited.add(reference.target)
        if listed and reference.target not in listed:
            yield _broken(
                piece, reference, "it is not in the list of references", "add it to the list, or cite another"
            )
    for word, citation in listed.items():
        if word not in cited:
            yield Finding(
                f"[{word}]",
                citation.place,
                beginning(citation.meaning),
                "the text never cites it",
                "cite it where it is used, or drop it",
            )


def _made(document: Document, kind: str) -> Iterator[tuple[Piece, Reference]]:
    for piece in pieces(document):
        seen = set()
        for reference in piece.references:
            if reference.kind == kind and (reference.target, reference.within) not in seen:
                seen.add((reference.target, reference.within))
                yield piece, reference


def _flows_meant(document: Document, piece: Piece, reference: Reference) -> list[Table]:
    """The flows a step may be of: the one it stands in, or that of the clause which is named."""
    if reference.within:
        return document.tables_of(reference.within, "flow")
    return [piece.table] if piece.table is not None and piece.table.kind == "flow" else []


def _broken(piece: Piece, reference: Reference, why: str, mend: str) -> Finding:
    return Finding(piece.where, piece.place, reference.words, why, mend)
