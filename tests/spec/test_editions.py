"""An edition change, told as an editor would."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

import harness.spec
from harness.spec import editions, touched
from harness.spec.editions import Change
from harness.spec.places import concerned
from harness.spec.scenarios import Point, Scenario
from tests.spec.small import TEXT, changed, document

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


def test_a_clause_put_in_moves_those_after_it() -> None:
    """What was 5.5 and 5.6 is there yet, under other numbers; what refers to them says the same."""
    text = changed(
        ("## 5.5 Retry", "## 5.5 Something new\n\nNew words.\n\n## 5.6 Retry"), ("## 5.6 Fallback", "## 5.7 Fallback")
    )
    told = [(c.what, c.kind, c.ref) for c in editions.changes(document(), document(text))]
    assert told == [("clause", "moved", "5.5"), ("clause", "moved", "5.6"), ("clause", "added", "5.5")]


def test_a_table_that_moved_is_not_another_table() -> None:
    """With its clause it has another number, and so has every reference to it; its rows are the same."""
    text = TEXT.replace("5.4", "5.44").replace("## 5.5 Retry", "## 5.4 A clause\n\nNew.\n\n## 5.5 Retry")
    told = [(c.what, c.kind, c.ref, c.new) for c in editions.changes(document(), document(text))]
    assert ("table", "moved", "5.4.2-1", "5.44.2-1") in told
    assert ("table", "moved", "5.4.1-1", "5.44.1-1") in told
    assert ("clause", "moved", "5.4", "5.44") in told
    assert not [one for one in told if one[0] == "row" or one[:2] == ("table", "removed")]
    assert not [one for one in told if one[0] == "clause" and one[2].startswith("5.4.")], (
        "they only follow their clause"
    )


def test_references_that_follow_what_moved_are_told_apart_from_other_words() -> None:
    """The note says what it said, of the clause that is called otherwise now."""
    text = TEXT.replace("5.6", "5.7").replace("## 5.7 Fallback", "## 5.6 New\n\nNew.\n\n## 5.7 Fallback")
    told = {c.ref: c.kind for c in editions.changes(document(), document(text)) if c.what in ("note", "recommendation")}
    assert told["5.2.5-1 note 2"] == "renumbered"
    assert told["Fun.002"] == "renumbered"
    assert set(told.values()) == {"renumbered"}


def scenario(*refs: str, tags: tuple[str, ...] = ()) -> Scenario:
    return Scenario("one.feature", "One", 1, frozenset(tags), tuple(Point(ref, "text", 2) for ref in refs))


def test_a_row_that_is_added_touches_the_scenarios_of_its_table(tmp_path: Path) -> None:
    """Nothing can rest on it yet; whoever goes through its table has to take it up."""
    (tmp_path / "p.yaml").write_text('- {id: ask, row: "5.2.3-1#2", operation: x}\n', encoding="utf-8")
    found = touched.index([scenario(tags=("table:5.2.3-1",)), scenario(tags=("table:5.2.4-1",))], tmp_path, {})
    text = changed(("\n2\tResources are there", "\n2\tSomething wholly else is asked for\n3\tResources are there"))
    changes = touched.with_touched(editions.changes(document(), document(text)), found)
    (added,) = [one for one in changes if one.kind == "added"]
    assert added.ref == "5.2.3-1#2"
    assert added.touches == ("scenario one.feature:1 One", "plan p.yaml")
    (moved,) = [one for one in changes if one.kind == "moved"]
    assert moved.touches == ("plan p.yaml step ask",)


def test_a_table_that_moved_touches_all_that_cites_it(tmp_path: Path) -> None:
    """Its tag, its rows, its notes, its column; nothing of another table whose number begins alike."""
    cited = {"I-001": ["5.4.2-1#3"], "I-002": ["5.4.2-1 note 1"], "I-003": ["5.4.2-1 at"], "I-004": ["5.4.2-11#3"]}
    found = touched.index([scenario(tags=("table:5.4.2-1",))], tmp_path, cited)
    (one,) = touched.with_touched([Change("table", "moved", "5.4.2-1", "5.4.2-1", "5.5.2-1", "5.4.2-1")], found)
    assert one.touches == ("scenario one.feature:1 One", *(f"interpretation I-00{n}" for n in (1, 2, 3)))


def test_a_change_names_what_rests_on_it(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text('- {id: ask, row: "5.2.5-1#2", operation: x}\n', encoding="utf-8")
    found = touched.index([], tmp_path, {"I-001": concerned(["5.2.5-1 rows 1 and 2", "5.2.6-1 row 1"], "")})
    assert "5.2.5-1#5" not in found
    (one,) = touched.with_touched([Change("row", "reworded", "5.2.5-1#2", "a", "b")], found)
    assert one.touches == ("plan p.yaml step ask", "interpretation I-001")
    data = editions.record(document(), document(), [one])
    jsonschema.validate(data, json.loads(SCHEMA.read_text(encoding="utf-8")))
