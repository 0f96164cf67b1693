"""Recommendations against the clauses that they refer to as their use case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from harness.spec.lint.corpus import under
from harness.spec.lint.finding import Finding
from harness.spec.lint.naming import STATE
from harness.spec.lint.nearest import nearest
from harness.spec.lint.registry import rule
from harness.spec.model import KINDS, Document, Row

RANGE = re.compile(r"\d+(?:\.\d+)*\s+to\s+\d+(?:\.\d+)*")
TRAILING = re.compile(r"\d\.\s*$")
PLURAL = re.compile(r"^\s*Clauses\s+\S+\s*$")
SINGULAR = re.compile(r"^\s*Clause\s+\S+?(?:,|\s+(?:and|to|or)\s)")


def _rows(document: Document) -> Iterator[tuple[str, Row]]:
    for table in document.tables:
        if table.kind == "recommendation":
            yield from ((table.ref(row), row) for row in table.rows)


@rule("use-case-missing")
def use_cases_that_are_not_there(document: Document) -> Iterator[Finding]:
    """The use case of a recommendation is a clause of this document."""
    for where, row in _rows(document):
        for number in row.clauses:
            if not document.has_clause(number):
                near = nearest(number, document.by_number)
                yield Finding(
                    where,
                    row.place,
                    row.description,
                    f"there is no clause {number}",
                    f"clause {near}?" if near else "name the use case that is meant",
                )
        if not row.clauses:
            yield Finding(
                where,
                row.place,
                row.description or "(empty)",
                "it names no clause as its use case",
                "name the clause from which the recommendation comes",
            )


@rule("use-case-form")
def use_cases_written_out_of_form(document: Document) -> Iterator[Finding]:
    """A use case is written Clause 5.2, or Clauses 5.2 and 5.3, without a full stop."""
    for where, row in _rows(document):
        text = row.description
        if TRAILING.search(text):
            yield Finding(
                where,
                row.place,
                text,
                "a full stop follows the number, as if something had been cut off",
                f"write {text.rstrip('. ')}"
                if not PLURAL.match(text.rstrip(". "))
                else "complete the list, or write Clause",
            )
        elif PLURAL.match(text):
            yield Finding(
                where, row.place, text, "the plural is followed by one clause", "complete the list, or write Clause"
            )
        elif SINGULAR.match(text):
            yield Finding(where, row.place, text, "the singular is followed by several clauses", "write Clauses")


@rule("use-case-silent")
def use_cases_that_do_not_speak_of_it(document: Document) -> Iterator[Finding]:
    """What a recommendation is about, its use case speaks of: states and defined terms are found in its clauses."""

    @cache
    def said(number: str) -> str:
        titles = " ".join(_titles(document, number))
        actors = " ".join(
            row.actor for kind in (*KINDS, "other") for table in document.within(number, kind) for row in table.rows
        )
        return f"{titles} {actors} {' '.join(piece.words for piece in under(document, number))}".casefold()

    terms = sorted((term.word.casefold() for term in document.terms), key=len, reverse=True)
    for where, row in _rows(document):
        keys = [*dict.fromkeys(STATE.findall(row.text)), *_terms(row.text.casefold(), terms)]
        for number in _named(row.description) if keys else ():
            if said(number).strip() and not any(_speaks(key, said(number)) for key in keys):
                about = " and ".join(repr(key) for key in keys)
                yield Finding(
                    where,
                    row.place,
                    row.description,
                    f"it is about {about}, of which clause {number} says nothing",
                    "refer to the clauses that the recommendation comes from",
                    "likely",
                )


def _titles(document: Document, number: str) -> Iterator[str]:
    """The titles of a clause and of all below it."""
    if number in document.by_number:
        yield document.by_number[number].title
    for below in dict.fromkeys(clause.number for clause in document.below(number)):
        yield from _titles(document, below)


def _named(description: str) -> list[str]:
    """The clauses that are named one by one, not those that a range only spans."""
    return re.findall(r"\d+(?:\.\d+)+", RANGE.sub("", description))


def _terms(text: str, terms: list[str]) -> list[str]:
    """The defined terms of a text, without those that are part of a longer one or one thing of several."""
    found: list[str] = []
    for term in terms:
        if re.search(rf"\b{re.escape(term)}s?\b", text) and not re.search(
            rf"(?:\band|,)\s+(?:\w+\s+){{0,3}}{re.escape(term)}", text
        ):
            found.append(term)
            text = re.sub(rf"\b{re.escape(term)}s?\b", " ", text)
    return found


def _speaks(key: str, text: str) -> bool:
    return key.casefold() in text or key.casefold().replace("rollback", "roll back") in text
