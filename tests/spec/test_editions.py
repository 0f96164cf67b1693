"""An edition change, told as an editor would."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

import harness.spec
from harness.spec import editions, touched
from harness.spec.editions import Change
from tests.spec.small import changed, document

SCHEMA = Path(harness.spec.__path__[0]) / "schemas" / "diff.schema.json"


def told(*changes: tuple[str, str]) -> list[tuple[str, str, str]]:
    return [(one.what, one.kind, one.ref) for one in editions.changes(document(), document(changed(*changes)))]


def test_the_same_edition_has_no_changes() -> None:
    assert list(editions.changes(document(), document())) == []


def test_a_clause_has_another_title() -> None:
    assert told(("## 5.5 Retry", "## 5.5 Once more")) == [("clause", "retitled", "5.5")]


def test_a_row_that_moved_is_not_another_row() -> None:
    moved = told(("\n2\tResources are there", "\n2\tSomething wholly else is asked for\n3\tResources are there"))
    assert ("row", "moved", "5.2.3-1#2") in moved
    assert ("row", "added", "5.2.3-1#2") in moved
    assert not [one for one in moved if one[1] in ("removed", "reworded")]


def test_another_reference_is_other_words() -> None:
    assert told(("testing in step 8", "testing in step 9")) == [("note", "reworded", "5.2.5-1 note 2")]
    assert editions.words("in step 8 again", "in step 9 again") == "in step [-8-] {+9+} again"


def test_a_change_names_what_rests_on_it(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text('- {id: ask, row: "5.2.5-1#2", operation: x}\n', encoding="utf-8")
    found = touched.index([], tmp_path, {"I-001": ["5.2.5-1 rows 1 and 2", "5.2.6-1 row 1"]})
    assert "5.2.5-1#5" not in found
    (one,) = touched.with_touched([Change("row", "reworded", "5.2.5-1#2", "a", "b")], found)
    assert one.touches == ("plan p.yaml step ask", "interpretation I-001")
    data = editions.record(document(), document(), [one])
    jsonschema.validate(data, json.loads(SCHEMA.read_text(encoding="utf-8")))
