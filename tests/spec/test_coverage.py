"""A document against features: what has no scenario, which scenarios it contradicts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

import features
import harness.spec
from harness.spec import coverage
from harness.spec.build import read
from harness.spec.model import Document, Table
from harness.spec.scenarios import Point, Scenario, scenarios
from harness.spec.tabulation import actors

GR = Path(__file__).parents[3] / "shared" / "spec" / "gr-nfv-rel-011.md"
FEATURE = """@table:5.2.2.5-1
Feature: One
  @rec:Fun.001
  Scenario Outline: Two
    Then (2) the SMM asks the target for <entity>
    And (4) the target reports
    And (6) the tester reports
    And these post-conditions hold
      | # | condition |
      | 1 | all is well |

    @table:5.2.2.4-1
    Examples:
      | entity |
      | vnfm |
"""
SCHEMA = Path(harness.spec.__path__[0]) / "schemas" / "coverage.schema.json"
pytestmark = pytest.mark.skipif(not GR.exists(), reason="the GR's text (../shared/spec) is not here")


@pytest.fixture(scope="module")
def gr() -> Document:
    return read(GR)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.feature").write_text(FEATURE, encoding="utf-8")
    return tmp_path


def with_table(document: Document, table: Table) -> Document:
    return replace(document, tables=tuple(table if one.id == table.id else one for one in document.tables))


def test_rows_come_from_steps_data_tables_and_tags_of_examples(folder: Path) -> None:
    (one,) = scenarios(folder)
    refs = [point.ref for point in one.points]
    assert refs == ["5.2.2.5-1#2", "5.2.2.5-1#4", "5.2.2.5-1#6", "5.2.2.4-1#1"]
    assert one.tagged("rec") == ["Fun.001"]


def test_what_no_scenario_is_about_is_uncovered(gr: Document, folder: Path) -> None:
    found = coverage.compared(gr, scenarios(folder))
    missing = {one.ref for one in found.uncovered}
    assert not found.contradictions
    assert {"5.2.2.5-1#3", "Fun.002"} <= missing
    assert not {"5.2.2.5-1#2", "Fun.001", "5.2.2.4-1#1"} & missing


def test_another_actor_is_a_contradiction(gr: Document, folder: Path) -> None:
    table = gr.by_id["5.2.2.5-1"]
    turned = tuple(
        replace(row, actor="SMM -> Tester", actors=actors("SMM -> Tester")) if row.number == "6" else row
        for row in table.rows
    )
    found = coverage.compared(with_table(gr, replace(table, rows=turned)), scenarios(folder))
    assert [(one.kind, one.ref) for one in found.contradictions] == [("actor", "5.2.2.5-1#6")]


def test_the_external_manager_is_played_by_the_suite(gr: Document) -> None:
    """A step may tell such a row by what the SMM makes of it, and by nobody else's doing."""
    tags = frozenset({"table:5.7.2.5-1"})
    told, wrong = (
        Scenario("one.feature", "One", 1, tags, (Point("5.7.2.5-1#9", f"the {who} does something", 2),))
        for who in ("SMM", "tester")
    )
    found = coverage.compared(gr, [told])
    assert (found.contradictions, found.played) == ([], ["5.7.2.5-1#9"])
    assert [one.kind for one in coverage.compared(gr, [wrong]).contradictions] == ["actor"]


def test_rows_and_recommendations_are_counted_apart(gr: Document, folder: Path) -> None:
    """A document whose rows are all covered still has recommendations that no scenario judges."""
    counts = coverage.record(gr, coverage.compared(gr, scenarios(folder)))["counts"]
    assert (counts["rows"], counts["recommendations"], counts["recommendationsUncovered"]) == (479, 63, 62)
    assert counts["rowsUncovered"] == 479 - 4


def test_a_row_that_is_gone_is_a_contradiction(gr: Document, folder: Path) -> None:
    table = gr.by_id["5.2.2.5-1"]
    kept = tuple(row for row in table.rows if row.number != "6")
    found = coverage.compared(with_table(gr, replace(table, rows=kept)), scenarios(folder))
    assert [(one.kind, one.ref) for one in found.contradictions] == [("gone", "5.2.2.5-1#6")]


def test_the_features_do_not_contradict_the_document(gr: Document) -> None:
    """No false alarm on the GR as it is; and its JSON fits the schema."""
    found = coverage.compared(gr, scenarios(Path(features.__path__[0])))
    assert found.contradictions == []
    jsonschema.validate(coverage.record(gr, found), json.loads(SCHEMA.read_text(encoding="utf-8")))
