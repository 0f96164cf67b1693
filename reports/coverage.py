"""Which rows and notes of the GR's tables the scenarios of a run have judged (`manolab-coverage/1`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from features.tables import Table, tables
from harness.judge.verdicts import Verdict, roll_up
from reports.json_report import interpretation_data
from reports.model import Report, Scenario

FORMAT = "manolab-coverage/1"


@dataclass(frozen=True, slots=True)
class Covered:
    """A row or a note: the scenarios of the run that judged it, and their verdict on it; None where there is none."""

    name: str
    verdict: Verdict | None
    scenarios: tuple[str, ...]

    @property
    def missing(self) -> bool:
        """Whether nothing judged it; that it does not apply judges nothing."""
        return self.verdict in (None, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class TableCoverage:
    """One table of the GR with all its rows, and its notes that ask for behaviour."""

    table: Table
    rows: tuple[Covered, ...]
    notes: tuple[Covered, ...]

    @property
    def missing_rows(self) -> tuple[Covered, ...]:
        return tuple(row for row in self.rows if row.missing)

    @property
    def missing_notes(self) -> tuple[Covered, ...]:
        return tuple(note for note in self.notes if note.missing)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a run covers of the tables that were asked about."""

    tables: tuple[TableCoverage, ...]
    report: Report

    @property
    def rows(self) -> tuple[Covered, ...]:
        return tuple(row for one in self.tables for row in one.rows)

    @property
    def notes(self) -> tuple[Covered, ...]:
        return tuple(note for one in self.tables for note in one.notes)

    @property
    def verdict(self) -> Verdict:
        """That of the rows and notes, which is no pass as long as one of them is missing."""
        everything = (*self.rows, *self.notes)
        return roll_up(Verdict.INCONCLUSIVE if one.missing else one.verdict or Verdict.ERROR for one in everything)

    @property
    def headline(self) -> str:
        """How much of it there is, in one sentence."""
        seen = [row for row in self.rows if not row.missing]
        touched = sum(any(not row.missing for row in one.rows) for one in self.tables)
        noted = sum(not note.missing for note in self.notes)
        return (
            f"{len(seen)} of {len(self.rows)} rows, in {touched} of {len(self.tables)} tables, "
            f"and {noted} of {len(self.notes)} notes are covered"
        )


def coverage(report: Report, only: Iterable[str] | None = None) -> Coverage:
    """What the scenarios of a report cover, of the tables named in `only` or of all."""
    wanted = tables().values() if only is None else [table for name, table in tables().items() if name in set(only)]
    rows = _judged_rows(report.scenarios)
    notes = _judged_notes(report.scenarios)
    covered = (
        TableCoverage(
            table,
            tuple(_covered(ref, rows.get(ref, [])) for ref in table.refs),
            tuple(_covered(note, notes.get((table.id, note), [])) for note in table.notes),
        )
        for table in wanted
    )
    return Coverage(tuple(covered), report)


def _judged_rows(scenarios: Iterable[Scenario]) -> dict[str, list[tuple[str, Verdict]]]:
    """For each row who judged it, and how; a step that was never reached judged nothing."""
    found: dict[str, list[tuple[str, Verdict]]] = {}
    for scenario in scenarios:
        for step in scenario.steps:
            if step.ref and step.verdict is not None:
                found.setdefault(step.ref, []).append((scenario.id, step.verdict))
    return found


def _judged_notes(scenarios: Iterable[Scenario]) -> dict[tuple[str, str], list[tuple[str, Verdict]]]:
    found: dict[tuple[str, str], list[tuple[str, Verdict]]] = {}
    for scenario in scenarios:
        for note in scenario.notes:
            found.setdefault((_home(scenario.tables, note), note), []).append((scenario.id, scenario.verdict))
    return found


def _home(named: Sequence[str], note: str) -> str:
    """The table that a scenario's note is of: its own, or where that has no such note, one of the same use case."""
    known = tables()
    own = [known[name] for name in named if name in known and known[name].kind == "flow"]
    clauses = {table.clause for table in own}
    around = [table for table in known.values() if table.clause in clauses]
    return next((table.id for table in (*own, *around) if note in table.notes), "")


def _covered(name: str, judged: Sequence[tuple[str, Verdict]]) -> Covered:
    verdict = roll_up(verdict for _, verdict in judged) if judged else None
    return Covered(name, verdict, tuple(dict.fromkeys(scenario for scenario, _ in judged)))


def schema() -> dict[str, Any]:
    """The published JSON Schema of what `as_data` gives."""
    loaded: dict[str, Any] = json.loads((files("reports") / "schemas" / "coverage.schema.json").read_text("utf-8"))
    return loaded


def as_data(found: Coverage) -> dict[str, Any]:
    """The coverage as plain data that the schema describes."""
    return {
        "format": FORMAT,
        "verdict": found.verdict.value,
        "counts": {
            "rows": len(found.rows),
            "rowsCovered": sum(not row.missing for row in found.rows),
            "tables": len(found.tables),
            "tablesCovered": sum(not one.missing_rows for one in found.tables),
            "notes": len(found.notes),
            "notesCovered": sum(not note.missing for note in found.notes),
        },
        "missing": [row.name for row in found.rows if row.missing],
        "tables": [_table(one) for one in found.tables],
        "interpretations": interpretation_data(found.report),
    }


def _table(one: TableCoverage) -> Mapping[str, Any]:
    return {
        "id": one.table.id,
        "clause": one.table.clause,
        "kind": one.table.kind,
        "rows": [_one("ref", row) for row in one.rows],
        "notes": [_one("note", note) for note in one.notes],
    }


def _one(key: str, covered: Covered) -> dict[str, Any]:
    verdict = covered.verdict.value if covered.verdict else None
    return {key: covered.name, "verdict": verdict, "scenarios": list(covered.scenarios)}
