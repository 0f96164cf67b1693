"""The model as JSON carries it (format manolab-document/1; harness/spec/schemas/document.schema.json)."""

from __future__ import annotations

from typing import Any

from harness.spec.model import Clause, Definition, Document, Note, Row, Table
from harness.spec.references import Reference

FORMAT = "manolab-document/1"
Data = dict[str, Any]


def document(one: Document) -> Data:
    """All of a document, with the place of everything."""
    return {
        "format": FORMAT,
        "source": {"name": one.source.rpartition("/")[2], "format": one.format},
        "counts": counts(one),
        "clauses": [_clause(clause) for clause in one.clauses],
        "terms": [_definition(term) for term in one.terms],
        "abbreviations": [_definition(abbreviation) for abbreviation in one.abbreviations],
        "citations": [_definition(citation) for citation in one.citations],
        "figures": [_definition(figure) for figure in one.figures],
        "tables": [_table(table) for table in one.tables],
        "stray": list(one.stray),
    }


def counts(one: Document) -> dict[str, int]:
    """How much of everything there is."""
    pieces = [text.references for clause in one.clauses for text in clause.texts]
    pieces += [row.references for table in one.tables for row in table.rows]
    pieces += [note.references for table in one.tables for note in table.notes]
    return {
        "clauses": sum(bool(clause.number) for clause in one.clauses),
        "tables": len(one.tables),
        "rows": sum(len(table.rows) for table in one.tables),
        "notes": sum(len(table.notes) for table in one.tables),
        "terms": len(one.terms),
        "abbreviations": len(one.abbreviations),
        "figures": len(one.figures),
        "references": sum(map(len, pieces)),
    }


def _clause(one: Clause) -> Data:
    texts = [
        {"words": text.words, "place": text.place.record(), "references": _references(text.references)}
        for text in one.texts
    ]
    return {"number": one.number, "title": one.title, "place": one.place.record(), "texts": texts}


def _definition(one: Definition) -> Data:
    return {"word": one.word, "meaning": one.meaning, "place": one.place.record()}


def _table(one: Table) -> Data:
    return {
        "id": one.id,
        "kind": one.kind,
        "caption": one.caption,
        "clause": one.clause,
        "columns": list(one.columns),
        "place": one.place.record(),
        "rows": [_row(row) for row in one.rows],
        "notes": [_note(note) for note in one.notes],
    }


def _row(one: Row) -> Data:
    told: Data = {"number": one.number, "text": one.text, "place": one.place.record()}
    if one.actor:
        told["actor"] = one.actor
    if one.actors:
        told["actors"] = {"form": one.actors.form, "from": list(one.actors.sources), "to": list(one.actors.to)}
    if one.description:
        told["description"] = one.description
    if one.at:
        told["at"] = one.at
    if one.at_steps:
        told["atSteps"] = list(one.at_steps)
    if one.clauses:
        told["clauses"] = list(one.clauses)
    return {**told, "references": _references(one.references)}


def _note(one: Note) -> Data:
    place = one.place.record()
    return {"number": one.number, "text": one.text, "place": place, "references": _references(one.references)}


def _references(found: tuple[Reference, ...]) -> list[Data]:
    return [{name: value for name, value in vars(reference).items() if value} for reference in found]
