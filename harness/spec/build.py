"""From blocks to the model: clauses with their texts, tables joined over their pages, terms, figures, citations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from harness.spec.blocks import Block, Grid, Heading, Paragraph, Place
from harness.spec.errors import UnreadableDocument
from harness.spec.model import Clause, Definition, Document, Table, Text
from harness.spec.references import references
from harness.spec.sources import blocks_of
from harness.spec.tabulation import tabulated

HEADING = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,3})*|[A-Z](?:\.\d{1,3})+)(?:\s*\t\s*|\s+)(?P<title>\S.*)")
ANNEX = re.compile(r"Annex\s+(?P<number>[A-Z])\s*(?:\([^)]*\))?\s*:?\s*(?P<title>.*)")
CAPTION = re.compile(r"Table\s+(?P<id>(?:[A-Z]|\d{1,2})(?:\.\d{1,3})*-\d{1,3})\s*:\s*(?P<caption>\S.*)")
FIGURE = re.compile(r"Figure\s+(?P<id>(?:[A-Z]|\d{1,2})(?:\.\d{1,3})*-\d{1,3})\s*:\s*(?P<caption>\S.*)")
CITED = re.compile(r"\[(?P<id>[in]\.\d+|\d+)\]\s+(?P<title>\S.*)")
TERM = re.compile(r"(?P<term>[^:]{2,80}):\s+(?P<meaning>\S.*)")
NOTE = re.compile(r"NOTE(?:\s+\d+)?:")


def read(path: Path) -> Document:
    """The model of the document in a file (DOCX, Markdown or text).

    Raises UnreadableDocument when it cannot be read, has no numbered clauses or no captioned tables, or when none of
    its tables has a row: a conversion lost them, and nothing found in the rest would mean anything.
    """
    form, blocks = blocks_of(path)
    document = built(str(path), form, blocks)
    if not document.by_number or not document.tables:
        missing = "numbered clauses" if not document.by_number else "captioned tables (Table 5.2.2.5-1: ...)"
        raise UnreadableDocument(
            path,
            f"no document of this kind: no {missing} in it",
            "expected: numbered headings, and tables with a caption above, as in an ETSI deliverable",
        )
    if not any(table.rows for table in document.tables):
        raise UnreadableDocument(
            path,
            f"it has the captions of {len(document.tables)} tables, and not one row below them",
            "a conversion lost the tables (pandoc does not know rows of text with tabs): give the file it was"
            " made from, or convert pipe tables",
        )
    return document


def built(source: str, form: str, blocks: Sequence[Block]) -> Document:
    """The model of these blocks."""
    return _Builder(source, form).build(blocks)


@dataclass
class _Open:
    """A clause that is being read."""

    clause: Clause
    texts: list[Text] = field(default_factory=list)


@dataclass
class _Captioned:
    """A table that is being read, with its parts on further pages."""

    id: str
    caption: str
    clause: str
    place: Place
    parts: list[Grid] = field(default_factory=list)


class _Builder:
    def __init__(self, source: str, form: str) -> None:
        self._document = Document(source, form)
        self._clauses: list[_Open] = []
        self._tables: list[_Captioned] = []
        self._abbreviations: list[Definition] = []
        self._figures: list[Definition] = []
        self._stray: list[str] = []
        self._table: _Captioned | None = None
        """The table to which a grid belongs that comes now."""
        self._contents = False

    def build(self, blocks: Sequence[Block]) -> Document:
        for block in blocks:
            if isinstance(block, Heading):
                self._heading(block)
            elif isinstance(block, Grid):
                self._grid(block)
            else:
                self._paragraph(block)
        clauses = tuple(replace(one.clause, texts=tuple(one.texts)) for one in self._clauses)
        return replace(
            self._document,
            clauses=clauses,
            tables=tuple(self._finished()),
            terms=tuple(_terms(clauses)),
            abbreviations=tuple(self._abbreviations),
            citations=tuple(_citations(clauses)),
            figures=tuple(self._figures),
            stray=tuple(self._stray),
        )

    def _heading(self, heading: Heading) -> None:
        self._table = None
        self._contents = heading.text.casefold() in ("contents", "table of contents", "inhalt")
        found = HEADING.match(heading.text) or ANNEX.match(heading.text)
        number, title = (found["number"], found["title"].strip()) if found else ("", heading.text)
        self._clauses.append(_Open(Clause(number, title, heading.place)))

    def _paragraph(self, paragraph: Paragraph) -> None:
        caption = CAPTION.match(paragraph.text)
        if caption and not self._contents:
            clause = self._clauses[-1].clause.number if self._clauses else ""
            self._table = _Captioned(caption["id"], caption["caption"].strip(), clause, paragraph.place)
            self._tables.append(self._table)
            return
        self._table = None
        figure = FIGURE.match(paragraph.text)
        if figure:
            self._figures.append(Definition(figure["id"], figure["caption"], paragraph.place))
        if not self._clauses:
            self._clauses.append(_Open(Clause("", "", paragraph.place)))
        found = () if self._contents or figure else references(paragraph.text)
        self._clauses[-1].texts.append(Text(paragraph.text, paragraph.place, paragraph.strong, found))

    def _grid(self, grid: Grid) -> None:
        if self._table is not None and (
            not self._table.parts or self._table.parts[0].lines[0].cells == grid.lines[0].cells
        ):
            self._table.parts.append(grid)
            return
        title = self._clauses[-1].clause.title.casefold() if self._clauses else ""
        if "abbreviation" in title:
            self._abbreviations += [
                Definition(line.cells[0], " ".join(filter(None, line.cells[1:])), line.place)
                for line in grid.lines
                if line.cells[0]
            ]
            return
        self._stray.append(str(grid.place))
        if self._clauses:
            self._clauses[-1].texts += [
                Text(words, line.place, "", references(words))
                for line in grid.lines
                if (words := " ".join(filter(None, line.cells)))
            ]

    def _finished(self) -> Iterator[Table]:
        for one in self._tables:
            lines = [line for number, part in enumerate(one.parts) for line in part.lines[1 if number else 0 :]]
            yield tabulated(one.id, one.caption, one.clause, one.place, lines)


def _terms(clauses: Sequence[Clause]) -> Iterator[Definition]:
    """What the clause called Terms defines: a paragraph that begins with the term and a colon."""
    for clause in clauses:
        if clause.title.casefold() not in ("terms", "terms and definitions", "definitions"):
            continue
        for text in clause.texts:
            found = TERM.match(text.words)
            if found and text.strong.rstrip(":") == found["term"].strip() and not NOTE.match(text.words):
                yield Definition(found["term"].strip(), found["meaning"], text.place)


def _citations(clauses: Sequence[Clause]) -> Iterator[Definition]:
    for clause in clauses:
        if not clause.title.casefold().endswith("references"):
            continue
        for text in clause.texts:
            if found := CITED.match(text.words):
                yield Definition(found["id"], found["title"], text.place)
