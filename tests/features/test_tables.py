"""features/tables.yaml and docs/interpretations.md as data: they say what the document and the file say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from features.interpretations import interpretations
from features.tables import tables

PROJECT = Path(__file__).parents[2]
DOCUMENT = PROJECT.parent / "shared" / "spec" / "tables.json"
KINDS = {"actors": "roles", "role-mapping": "roles"}
ROW = {"Begins when": "begin", "Ends when": "end"}


@pytest.mark.skipif(not DOCUMENT.exists(), reason="the GR's tables as data (../shared/spec/tables.json) are not here")
def test_the_tables_are_those_of_the_document() -> None:
    """Each table of clause 5, its kind and its rows; and no note that the document does not have."""
    read = [one for one in json.loads(DOCUMENT.read_text(encoding="utf-8"))["tables"] if one["id"].startswith("5.")]
    said = [
        (one["id"], KINDS.get(one["kind"], one["kind"]), [ROW.get(r["num"], r["num"]) for r in one["rows"]])
        for one in read
    ]
    assert [(one.id, one.kind, list(one.rows)) for one in tables().values()] == said
    for one in read:
        assert set(tables()[one["id"]].notes) <= set(one["notes"] or {})


def test_there_are_479_rows_in_62_tables() -> None:
    """Without the document at hand, too."""
    assert (len(tables()), sum(len(one.rows) for one in tables().values())) == (62, 479)


@pytest.mark.parametrize(("table", "clause"), [("5.2.2-1", "5.2.2"), ("5.2.2.5-1", "5.2.2"), ("5.9.5-1", "5.9")])
def test_a_table_belongs_to_a_use_case(table: str, clause: str) -> None:
    """Which is a clause of three numbers, or of two where there is one use case only."""
    assert tables()[table].clause == clause


def test_every_interpretation_is_read_with_its_title_and_places() -> None:
    """As many entries as the file has headings; what stands in brackets at the end are the places of the document."""
    text = (PROJECT / "docs" / "interpretations.md").read_text(encoding="utf-8")
    assert list(interpretations()) == re.findall(r"^## (I-\d{3}) ", text, re.MULTILINE)
    entry = interpretations()["I-003"]
    assert (entry.title, entry.rows) == ("When resources of the target count as released", ("5.2.2.5-1 rows 3 and 4",))
    assert interpretations()["I-010"].rows == ()
