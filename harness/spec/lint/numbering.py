"""Captions, clause numbers, row numbers, note numbers; headings against tables; the contents against the headings."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from harness.spec.lint.finding import Finding
from harness.spec.lint.registry import rule
from harness.spec.model import BEGIN, END, Clause, Document, Table

ENTRY = re.compile(r"(?P<number>(?:\d{1,2}|[A-Z])(?:\.\d+)*)[ \t]+(?P<title>\S.*?)\s*\.{3,}\s*\d+$")
ALTERNATIVES = re.compile(r"\b([A-Z]{2,})/([A-Z]{2,})\b")


@rule("table-numbering")
def tables_numbered_by_another_clause(document: Document) -> Iterator[Finding]:
    """The id of a table begins with the number of the clause that it stands in."""
    for table in document.tables:
        prefix = table.id.rpartition("-")[0]
        if table.clause and prefix != table.clause:
            yield Finding(
                table.id,
                table.place,
                f"Table {table.id}: {table.caption}",
                f"it stands in clause {table.clause}",
                f"call it {table.clause}-{table.id.rpartition('-')[2]}",
            )
    named: dict[str, list[Table]] = defaultdict(list)
    for table in document.tables:
        named[table.id].append(table)
    for name, (_, *others) in named.items():
        if others:
            second, times = others[0], len(others) + 1
            yield Finding(
                name,
                second.place,
                f"Table {name}: {second.caption}",
                f"{times} tables have this number",
                "number each once",
            )


@rule("row-numbering")
def rows_out_of_number(document: Document) -> Iterator[Finding]:
    """Rows are numbered 1, 2, 3 ...; flows begin with a row Begins when and end with a row Ends when."""
    for table in document.tables:
        if table.kind == "recommendation":
            yield from _identifiers(table)
            continue
        numbers = [row for row in table.rows if row.number not in (BEGIN, END)]
        for expected, row in enumerate(numbers, 1):
            if row.number != str(expected):
                yield Finding(
                    table.ref(row),
                    row.place,
                    row.number or "(no number)",
                    f"row {expected} is expected here",
                    "number the rows in their order",
                )
                break
        yield from _frame(table)


def _frame(table: Table) -> Iterator[Finding]:
    if table.kind != "flow" or not table.rows:
        return
    for number, row, word in ((BEGIN, table.rows[0], "Begins when"), (END, table.rows[-1], "Ends when")):
        if row.number != number:
            yield Finding(
                table.id,
                row.place,
                row.number,
                f"the flow has no row {word!r} at its {'start' if number == BEGIN else 'end'}",
                f"add a row {word!r}",
            )


def _identifiers(table: Table) -> Iterator[Finding]:
    """Identifiers such as Fun.006 count up within their table."""
    counts: Counter[str] = Counter()
    for row in table.rows:
        prefix, _, number = row.number.partition(".")
        counts[prefix] += 1
        if not number.isdigit() or int(number) != counts[prefix]:
            yield Finding(
                table.ref(row),
                row.place,
                row.number,
                f"{prefix}.{counts[prefix]:03} is expected here",
                "number the recommendations in their order",
            )
            return


@rule("note-numbering")
def notes_out_of_number(document: Document) -> Iterator[Finding]:
    """The notes of a table are numbered 1, 2, 3 ..., an only one has no number."""
    for table in document.tables:
        numbers = [note.number for note in table.notes]
        if numbers in ([], [0], list(range(1, len(numbers) + 1))):
            continue
        yield Finding(
            table.id,
            table.notes[0].place,
            f"notes {', '.join(map(str, numbers))}",
            "they do not count up from 1",
            "number the notes in their order",
        )


@rule("clause-numbering")
def clauses_out_of_number(document: Document) -> Iterator[Finding]:
    """Each clause follows the one before it, and no number is given twice."""
    numbered = [clause for clause in document.clauses if clause.number]
    seen: dict[str, Clause] = {}
    last: dict[str, int] = {}
    for clause in numbered:
        head, _, tail = clause.number.rpartition(".")
        if clause.number in seen:
            yield Finding(
                f"clause {clause.number}",
                clause.place,
                clause.title,
                "this number is given twice",
                "number each clause once",
            )
        elif tail.isdigit() and head in last and int(tail) != last[head] + 1:
            yield Finding(
                f"clause {clause.number}",
                clause.place,
                clause.title,
                f"{head + '.' if head else ''}{last[head] + 1} is expected here",
                "number the clauses in their order",
            )
        elif tail.isdigit() and head not in last and int(tail) != 1:
            yield Finding(
                f"clause {clause.number}",
                clause.place,
                clause.title,
                f"the first clause of {head or 'the document'} is not 1",
                "number the clauses in their order",
            )
        seen[clause.number] = clause
        last[head] = int(tail) if tail.isdigit() else 0


@rule("contents")
def contents_of_another_text(document: Document) -> Iterator[Finding]:
    """What the contents list is what the headings say."""
    listed = [
        (found["number"], found["title"], text.place)
        for clause in document.clauses
        if clause.title.casefold() == "contents"
        for text in clause.texts
        if (found := ENTRY.match(text.words))
    ]
    for number, title, place in listed:
        clause = document.by_number.get(number)
        if clause is None:
            yield Finding("contents", place, f"{number} {title}", f"there is no clause {number}", "update the contents")
        elif _same(clause.title) != _same(title):
            yield Finding(
                "contents", place, f"{number} {title}", f"the heading says {clause.title!r}", "update the contents"
            )
    numbers = {number for number, _, _ in listed}
    for clause in document.clauses if listed else ():
        if clause.number and clause.number not in numbers and not clause.number.isalpha():
            yield Finding(
                "contents",
                clause.place,
                f"{clause.number} {clause.title}",
                "the contents do not list it",
                "update the contents",
            )


def _same(title: str) -> str:
    return re.sub(r"[^a-z0-9]", "", title.casefold())


@rule("caption-narrower")
def captions_narrower_than_headings(document: Document) -> Iterator[Finding]:
    """Where a heading speaks of two kinds (A/B), the caption of its table does not speak of one of them only."""
    for table in document.tables:
        clause = document.by_number.get(table.clause)
        for found in ALTERNATIVES.finditer(clause.title) if clause else ():
            if found[0] in table.caption:
                continue
            named = [word for word in found.groups() if re.search(rf"\b{word}\b", table.caption)]
            if len(named) == 1:
                yield Finding(
                    table.id,
                    table.place,
                    table.caption,
                    f"the heading of clause {table.clause} says {found[0]}, the caption {named[0]} only",
                    f"say {found[0]} in the caption",
                )
