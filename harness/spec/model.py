"""The model of a document: clauses, terms, tables with their rows and notes, and every reference with its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from harness.spec.blocks import Place
from harness.spec.references import Reference

KINDS = ("actors", "role-mapping", "pre", "post", "flow", "recommendation")
BEGIN, END = "begin", "end"


def lineage(number: str) -> Iterator[str]:
    """A clause's number, and those of the clauses that it is part of."""
    while number:
        yield number
        number = number.rpartition(".")[0]


@dataclass(frozen=True)
class Text:
    """A piece of running text of a clause; `strong` is what stands in bold at its beginning."""

    words: str
    place: Place
    strong: str = ""
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Clause:
    """A numbered clause ("5.2.2.5", "A.2") or an unnumbered one (number "")."""

    number: str
    title: str
    place: Place
    texts: tuple[Text, ...] = ()

    @property
    def parent(self) -> str:
        """The number of the clause above it; empty for a chapter or an annex."""
        return self.number.rpartition(".")[0]


@dataclass(frozen=True)
class Definition:
    """A term or an abbreviation, with what it means."""

    word: str
    meaning: str
    place: Place


@dataclass(frozen=True)
class Note:
    """A note of a table; `number` is 0 where the table has but one, which has no number."""

    number: int
    text: str
    place: Place
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Actors:
    """The second column of a flow: who acts alone or jointly (`sources`), towards whom (`to`), and in which form.

    `form` is single, joint, message (->) or peer (<->).
    """

    form: str
    sources: tuple[str, ...]
    to: tuple[str, ...] = ()

    @property
    def everybody(self) -> tuple[str, ...]:
        return self.sources + self.to


@dataclass(frozen=True)
class Row:
    """One row of a table. `number` is what its first column says; "begin" and "end" for the unnumbered rows of flows.

    `actor` is the second column as it stands where it names roles, `text` what the row says, `description` the third
    column of conditions, `at` the column "At #" as it stands and `at_steps` the forward rows it stands for: its own or
    those of the cell it is merged with. `clauses` are those that a recommendation refers to.
    """

    number: str
    text: str
    place: Place
    actor: str = ""
    actors: Actors | None = None
    description: str = ""
    at: str = ""
    at_steps: tuple[int, ...] = ()
    clauses: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def whole(self) -> str:
        """Text and description, as they are read together."""
        return f"{self.text} {self.description}".strip()


@dataclass(frozen=True, eq=False)
class Table:
    """A captioned table, its parts on several pages joined."""

    id: str
    kind: str
    caption: str
    clause: str
    columns: tuple[str, ...]
    place: Place
    rows: tuple[Row, ...] = ()
    notes: tuple[Note, ...] = ()

    def row(self, number: str) -> Row | None:
        """The row of this number, if there is one."""
        return self._by_number.get(number)

    def ref(self, row: Row) -> str:
        """The reference of a row, as in 5.2.2.5-1#3."""
        return f"{self.id}#{row.number}"

    @property
    def is_rollback(self) -> bool:
        """Whether the flow says in a column of its own at which forward rows it is entered."""
        return self.kind == "flow" and len(self.columns) > 3

    @cached_property
    def _by_number(self) -> dict[str, Row]:
        return {row.number: row for row in reversed(self.rows)}


@dataclass(frozen=True, eq=False)
class Document:
    """All of it, in the order of the text. `citations` are the documents that it refers to ("i.7")."""

    source: str
    format: str
    clauses: tuple[Clause, ...] = ()
    tables: tuple[Table, ...] = ()
    terms: tuple[Definition, ...] = ()
    abbreviations: tuple[Definition, ...] = ()
    citations: tuple[Definition, ...] = ()
    figures: tuple[Definition, ...] = ()
    stray: tuple[str, ...] = field(default=())
    """Tables that have no caption, by place: the reader could not tell what they are."""

    @cached_property
    def by_number(self) -> dict[str, Clause]:
        return {clause.number: clause for clause in reversed(self.clauses) if clause.number}

    @cached_property
    def by_id(self) -> dict[str, Table]:
        return {table.id: table for table in reversed(self.tables)}

    @property
    def flows(self) -> Iterator[Table]:
        return (table for table in self.tables if table.kind == "flow")

    def has_clause(self, number: str) -> bool:
        """Whether there is a clause of this number, or one below it."""
        return number in self._numbers

    def below(self, number: str) -> list[Clause]:
        """The clauses directly below one."""
        return self._below.get(number, [])

    def tables_of(self, clause: str, kind: str) -> list[Table]:
        """The tables of a kind in a clause, without those below it."""
        return self._in_clause.get((clause, kind), [])

    def within(self, clause: str, kind: str) -> list[Table]:
        """The tables of a kind in a clause or below it."""
        return self._within.get((clause, kind), [])

    def use_case(self, table: Table) -> str:
        """The clause whose use case a table belongs to: the nearest above it that also has an actors table."""
        number = table.clause
        while number:
            if number in self._use_cases:
                return number
            number = number.rpartition(".")[0]
        return table.clause.rpartition(".")[0]

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(number for one in self.by_number for number in lineage(one))

    @cached_property
    def _below(self) -> dict[str, list[Clause]]:
        found = defaultdict(list)
        for clause in self.clauses:
            found[clause.parent].append(clause)
        return dict(found)

    @cached_property
    def _in_clause(self) -> dict[tuple[str, str], list[Table]]:
        found = defaultdict(list)
        for table in self.tables:
            found[table.clause, table.kind].append(table)
        return dict(found)

    @cached_property
    def _within(self) -> dict[tuple[str, str], list[Table]]:
        found = defaultdict(list)
        for table in self.tables:
            for number in lineage(table.clause):
                found[number, table.kind].append(table)
        return dict(found)

    @cached_property
    def _use_cases(self) -> frozenset[str]:
        return frozenset(table.clause.rpartition(".")[0] for table in self.tables if table.kind == "actors")
