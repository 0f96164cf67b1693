"""From a desk to the parts of the page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from markupsafe import Markup

from harness.spec import drawing
from harness.spec.lint.finding import Finding
from harness.spec.lint.output import FAMILIES
from harness.spec.lint.registry import RULES, Rule
from harness.spec.model import Clause, Row, Table, lineage
from harness.spec.page import anchors
from harness.spec.page.anchors import Anchors
from harness.spec.page.desk import Desk
from harness.spec.page.marking import marked
from harness.spec.page.parts import Line, Picture, Section, Shown, Tabulated
from harness.spec.page.spots import Spot, Spots
from harness.spec.page.worlds import world
from harness.spec.world.pairing import forward_of, is_rollback, rollback_of

KINDS = {
    "actors": "actors",
    "role-mapping": "role mapping",
    "pre": "pre-conditions",
    "post": "post-conditions",
    "flow": "flow",
    "recommendation": "recommendations",
}


class View:
    """The parts of the page. Names are given in the order of the document, so that a link holds as long as it may."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._anchors = Anchors()
        self._spots = Spots(desk.document, desk.findings)
        self._names = dict(self._named())
        self._uncovered = {one.ref for one in desk.coverage.uncovered}
        self.sections = tuple(self._sections())
        self.homeless = self._findings_of(self._spots.homeless, "", "")

    # What the page counts

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many findings of each family and certainty."""
        of = Counter[str](word for one in self.desk.findings for word in (one.family, one.certainty))
        return {word: of[word] for word in (*FAMILIES, "certain", "likely")}

    @cached_property
    def rules(self) -> list[tuple[str, list[tuple[Rule, int]]]]:
        """The rules that found something, by family, each with how often."""
        times = Counter(one.rule for one in self.desk.findings)
        of = {name: [(one, times[one.id]) for one in RULES.values() if one.family == name] for name in FAMILIES}
        found = {name: [(one, number) for one, number in rules if number] for name, rules in of.items()}
        return [(name, rules) for name, rules in found.items() if rules]

    @property
    def groups(self) -> list[Section]:
        """The clauses in which something was found."""
        return [section for section in self.sections if section.inside]

    @property
    def tables(self) -> Iterator[Tabulated]:
        return (table for section in self.sections for table in section.tables)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(len(table.rows) for table in self.tables)

    # Names, for links

    def _named(self) -> Iterator[tuple[int, str]]:
        for clause in self.desk.document.clauses:
            yield id(clause), self._anchors.claim(anchors.of_clause(clause.number))
        for table in self.desk.document.tables:
            yield id(table), self._anchors.claim(table.id)
            for row in table.rows:
                yield id(row), self._anchors.claim(anchors.of_row(table, row))
            for note in table.notes:
                yield id(note), self._anchors.claim(anchors.of_note(table, note))

    def target(self, ref: str) -> str:
        """The name of a row by its reference (5.2.2.5-1#3) or of a recommendation; empty for what is not there."""
        return self._targets.get(ref, "")

    def clause_at(self, ref: str) -> str:
        """The clause in which a row is; empty for what is not there."""
        return self._clauses.get(self.target(ref), "")

    @cached_property
    def _clauses(self) -> dict[str, str]:
        return {self._names[id(row)]: table.clause for table in self.desk.document.tables for row in table.rows}

    @cached_property
    def _targets(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for table in self.desk.document.tables:
            for row in table.rows:
                ref = row.number if table.kind == "recommendation" else table.ref(row)
                found.setdefault(ref, self._names[id(row)])
        return found

    # Clauses

    def _sections(self) -> Iterator[Section]:
        """The clauses that have a table or a finding, and those that they are part of."""
        tables = defaultdict(list)
        for table in self.desk.document.tables:
            tables[table.clause].append(table)
        made = [self._section(clause, tables.pop(clause.number, [])) for clause in self.desk.document.clauses]
        if tables:
            lost = Clause("", "Outside of any clause", self.desk.document.tables[0].place)
            self._names[id(lost)] = self._anchors.claim(anchors.of_clause(""))
            made.append(self._section(lost, [table for of in tables.values() for table in of]))
        needed = {number for one in made if one.tables or one.inside for number in lineage(one.number)}
        seen: set[str] = set()
        for one in made:
            if one.tables or one.inside or (one.number in needed and one.number not in seen):
                yield one
            seen.add(one.number)

    def _section(self, clause: Clause, tables: Sequence[Table]) -> Section:
        name = self._names[id(clause)]
        found = self._of(clause, name, clause.number)
        texts = []
        for text in clause.texts:
            if of := self._of(text, name, clause.number):
                texts.append(Line("", "", (marked(text.words, self._spots.of(text)),), of))
        title = marked(f"{clause.number} {clause.title}".strip() or "Before the first clause", self._spots.of(clause))
        depth = clause.number.count(".") + 1
        made = tuple(self._table(table) for table in tables)
        return Section(name, clause.number, title, found, tuple(texts), made, depth)

    # Tables

    def _table(self, table: Table) -> Tabulated:
        name = self._names[id(table)]
        drawn, beside = self._pictures(table)
        return Tabulated(
            name,
            table.id,
            table.clause,
            marked(f"Table {table.id}: {table.caption}", self._spots.of(table)),
            KINDS.get(table.kind, table.kind),
            table.columns,
            self._of(table, name, table.clause),
            tuple(self._row(table, row) for row in table.rows),
            tuple(
                Line(
                    self._names[id(note)],
                    f"NOTE {note.number or ''}".strip(),
                    (marked(note.text, self._spots.of(note)),),
                    self._of(note, self._names[id(note)], table.clause),
                )
                for note in table.notes
            ),
            drawn,
            beside,
            world(self.desk.document, table, self._names) if table.kind == "flow" and not is_rollback(table) else None,
        )

    def _row(self, table: Table, row: Row) -> Line:
        found = self._spots.of(row)
        ref = row.number if table.kind == "recommendation" else table.ref(row)
        scenarios = tuple(self.desk.coverage.covered.get(ref, ()))
        cells = tuple(marked(cell, found) for cell in _cells(table, row))
        name = self._names[id(row)]
        asked = bool(scenarios) or ref in self._uncovered
        return Line(name, row.number, cells, self._of(row, name, table.clause), scenarios, asked)

    def _pictures(self, table: Table) -> tuple[tuple[Picture, ...], tuple[str, str] | None]:
        """The drawings of a flow; the graph of a rollback is that of the flow which it takes back."""
        document = self.desk.document
        if table.kind != "flow":
            return (), None
        sequence = Picture("Sequence diagram", Markup(drawing.svg(drawing.sequence(document, table))))  # noqa: S704 - made by us, escaped
        forward = forward_of(document, table) if is_rollback(table) else None
        if forward is not None and rollback_of(document, forward) is table:
            return (sequence,), (forward.id, self._names[id(forward)])
        return (sequence, Picture("Flow graph", Markup(drawing.svg(drawing.graph(document, table))))), None  # noqa: S704 - as above

    # Findings

    def _of(self, spot: Spot, target: str, clause: str) -> tuple[Shown, ...]:
        return self._findings_of(self._spots.of(spot), target, clause)

    def _findings_of(self, findings: Iterable[Finding], target: str, clause: str) -> tuple[Shown, ...]:
        return tuple(
            Shown(self._anchors.claim(f"finding-{one.rule}-{one.where.replace('#', '-row-')}"), target, clause, one)
            for one in findings
        )


def _cells(table: Table, row: Row) -> tuple[str, ...]:
    """What stands in a row after its number, one for each further column."""
    if table.kind == "flow":
        return (row.actor, row.text, row.at)[: max(len(table.columns) - 1, 2)]
    if table.kind in ("actors", "role-mapping"):
        return row.actor, row.text
    return row.text, row.description
