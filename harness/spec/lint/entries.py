"""Where a software rollback is entered: its column "At #" against the rows of the flow that it takes back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.spec.lint.finding import Finding
from harness.spec.lint.registry import rule
from harness.spec.lint.roles import declared, name
from harness.spec.model import Document, Row
from harness.spec.world.pairing import FAILURE, ROLLBACK, entries, failing, leading_to, moved, pairs

BARE = re.compile(r"\b(?:software\s+)?rollback\b(?=\s*(?:[,.;]|\s+or\b))", re.IGNORECASE)


@rule("entry-missing")
def failures_without_a_way_back(document: Document) -> Iterator[Finding]:
    """Each row whose failure may lead to a software rollback has an entry in that rollback's table."""
    for forward, rollback in pairs(document):
        there = entries(rollback)
        for number, row in failing(forward).items():
            if number not in there:
                told = _listed(sorted(there))
                yield Finding(
                    forward.ref(row),
                    row.place,
                    f"row {number} of table {forward.id}",
                    f"its failure may lead to the rollback of table {rollback.id}, "
                    f"whose column 'At #' has no entry for it (it has {told})",
                    f"add {number} to an entry of table {rollback.id}",
                )


@rule("entry-unknown")
def entries_for_rows_that_are_not_there(document: Document) -> Iterator[Finding]:
    """What the column "At #" names are rows of the flow that is rolled back."""
    for forward, rollback in pairs(document):
        for row in rollback.rows:
            wrong = [step for step in row.at_steps if row.at and forward.row(str(step)) is None]
            if wrong:
                yield Finding(
                    rollback.ref(row),
                    row.place,
                    row.at,
                    f"table {forward.id} has no row {_listed(wrong)}",
                    "name the rows at which the rollback is entered here",
                )


@rule("entry-ambiguous")
def entries_for_one_row_twice(document: Document) -> Iterator[Finding]:
    """A failure at one row leads to one entry."""
    for _, rollback in pairs(document):
        first: dict[int, Row] = {}
        for row in rollback.rows:
            again = [step for step in row.at_steps if row.at and step in first]
            if again:
                other = first[again[0]]
                yield Finding(
                    rollback.ref(row),
                    row.place,
                    row.at,
                    f"row {again[0]} is already an entry at row {other.number}",
                    "name each forward row once",
                )
            for step in row.at_steps if row.at else ():
                first.setdefault(step, row)


@rule("entry-order")
def entries_out_of_order(document: Document) -> Iterator[Finding]:
    """The later a failure, the earlier its entry: what was done last is undone first."""
    for _, rollback in pairs(document):
        before: Row | None = None
        for row in rollback.rows:
            if not row.at or not row.at_steps:
                continue
            if before is not None and max(row.at_steps) > min(before.at_steps):
                yield Finding(
                    rollback.ref(row),
                    row.place,
                    row.at,
                    f"it stands below the entry for {before.at}, though these rows come later",
                    "put the entry for the later rows above",
                    "likely",
                )
            before = row


@rule("entry-shared")
def entries_counted_in_another_flow(document: Document) -> Iterator[Finding]:
    """A flow whose failures lead to a rollback has the row numbers that the rollback's column "At #" counts in."""
    for forward, rollback in pairs(document):
        for table in leading_to(document, rollback.clause):
            if table is forward or table.is_rollback:
                continue
            shifted = moved(forward, table)
            if shifted:
                one, other = shifted
                note = next(n for n in table.notes if rollback.clause in ROLLBACK.findall(n.text))
                where = f"{table.id} note {note.number or ''}".strip()
                yield Finding(
                    where,
                    note.place,
                    f"clause {rollback.clause}",
                    f"the column 'At #' of table {rollback.id} counts the rows of table {forward.id}; "
                    f"its row {one} is row {other} here",
                    f"give table {rollback.id} a column for table {table.id} as well, or a flow of its own",
                )


@rule("rollback-of-others")
def rollbacks_of_another_use_case(document: Document) -> Iterator[Finding]:
    """A flow's failures lead to a rollback whose actors its own use case knows."""
    for table in document.flows:
        known = declared(document, table)
        for note in table.notes if known else ():
            for clause in ROLLBACK.findall(note.text):
                for rollback in document.tables_of(clause, "flow"):
                    acting = {role for row in rollback.rows if row.actors for role in row.actors.everybody}
                    strange = sorted(role for role in acting if name(role) not in known)
                    if strange and document.use_case(rollback) != document.use_case(table):
                        where = f"{table.id} note {note.number or ''}".strip()
                        yield Finding(
                            where,
                            note.place,
                            f"rollback ... clause {clause}",
                            f"in it acts {strange[0]!r}, whom clause {document.use_case(table)} does not know: "
                            "it is the rollback of another use case",
                            f"describe a rollback for clause {document.use_case(table)}, and refer to it",
                        )


@rule("rollback-missing")
def failures_whose_rollback_is_nowhere(document: Document) -> Iterator[Finding]:
    """Where a note says that a failure may lead to a software rollback, it says to which clause."""
    for forward in document.flows:
        for note in forward.notes:
            bare = BARE.search(note.text)
            if (
                bare
                and re.search(r"\bclause\s+[\d.]+", note.text)
                and FAILURE.search(note.text)
                and not ROLLBACK.search(note.text)
            ):
                yield Finding(
                    f"{forward.id} note {note.number or ''}".strip(),
                    note.place,
                    bare[0].strip(),
                    "no clause describes this rollback, while retry and fallback have theirs",
                    "describe the rollback in a flow, and refer to it",
                    "likely",
                )


def _listed(numbers: list[int]) -> str:
    """Numbers with runs drawn together, as in "3 to 5, 7 to 14"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs) or "none"
