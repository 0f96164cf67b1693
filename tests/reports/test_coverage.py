"""What a run covers of the document: rows, notes, and the interpretations it rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

import reports
from harness.judge.verdicts import Verdict
from reports.coverage import as_data, coverage, schema
from reports.model import Report
from tests.reports.by_hand import TABLE, clean_steps, clean_talk, step


def test_the_coverage_obeys_its_schema(report: Report) -> None:
    """The published schema is itself valid, and describes what is written."""
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(as_data(coverage(report)), schema())


def test_the_schema_refuses_a_row_without_a_verdict(report: Report) -> None:
    """A yes means something."""
    data = as_data(coverage(report))
    del data["tables"][0]["rows"][0]["verdict"]
    with pytest.raises(jsonschema.ValidationError, match="verdict"):
        jsonschema.validate(data, schema())


def test_every_row_of_every_table_is_told(report: Report) -> None:
    """Covered or not; what no scenario judged has no verdict and is listed."""
    found = coverage(report)
    assert (len(found.tables), len(found.rows)) == (62, 479)
    rows = {row.name: row for row in found.rows}
    assert rows[f"{TABLE}#1"].scenarios
    assert (rows["5.9.5-1#1"].verdict, rows["5.9.5-1#1"].missing) == (None, True)
    assert "5.9.5-1#1" in as_data(found)["missing"]


def test_a_row_that_was_never_reached_is_not_covered(recorded: Callable[..., Path]) -> None:
    """Though a scenario that ran has a step for it."""
    steps = [step(f"{TABLE}#begin", "the SMM launches", "pass"), step(f"{TABLE}#1", "the SMM makes sure", None)]
    rows = {row.name: row for row in coverage(reports.load(recorded("Cut", "inconclusive", steps, clean_talk()))).rows}
    assert not rows[f"{TABLE}#begin"].missing
    assert rows[f"{TABLE}#1"].missing


def test_what_is_missing_is_no_pass(recorded: Callable[..., Path]) -> None:
    """And what failed is a fail, whatever is missing beside it."""
    clean = reports.load(recorded("Clean", "pass", clean_steps(clean_talk()), clean_talk()))
    assert coverage(clean).verdict is Verdict.INCONCLUSIVE
    assert coverage(clean, only=["5.9.5-1"]).headline == (
        "0 of 10 rows, in 0 of 1 tables, and 0 of 1 notes are covered"
    )


def test_a_note_counts_for_the_flow_of_its_scenario_or_of_its_use_case(report: Report) -> None:
    """Note 4 of 5.2.2.5-1 is shown by a scenario of its rollback, whose own table has no such note."""
    scenario = replace(report.scenarios[0], tables=("5.2.2.6-1", "5.2.2.4-1"), notes=("4",))
    found = coverage(replace(report, scenarios=(scenario,)))
    notes = {one.table.id: {note.name: note.scenarios for note in one.notes} for one in found.tables}
    assert notes["5.2.2.5-1"]["4"] == (scenario.id,)


def test_the_interpretations_used_have_their_titles(report: Report, tmp_path: Path) -> None:
    """In the JSON report, the summary and both forms of the statement."""
    (used,) = {tuple(scenario.interpretations) for scenario in report.scenarios if scenario.interpretations}
    data = reports.json_report.as_data(report)["interpretations"]  # type: ignore[attr-defined]
    assert [one["id"] for one in data] == list(used)
    title = data[0]["title"]
    assert title
    page = reports.write_statement(report, tmp_path / "statement.md")
    summary = reports.write_markdown(report, tmp_path / "summary.md")
    for path in (page, page.with_suffix(".md"), summary):
        text = path.read_text(encoding="utf-8").replace("&quot;", '"')
        assert "Interpretations used" in text
        assert title in text
