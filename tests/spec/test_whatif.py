"""What if a row fails: the world row by row, both readings, the way back, and what is left."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

import harness.spec
from harness.spec import whatif
from harness.spec.build import read
from harness.spec.lint import lint
from harness.spec.model import Document
from harness.spec.whatif import WhatIf
from harness.spec.world.differences import troubles
from harness.spec.world.walk import use_case_tables
from tests.spec.small import TEXT, changed, document

GR = Path(__file__).parents[3] / "shared" / "spec" / "gr-nfv-rel-011.md"
SCHEMA = json.loads((Path(harness.spec.__path__[0]) / "schemas" / "whatif.schema.json").read_text(encoding="utf-8"))
needs_gr = pytest.mark.skipif(not GR.exists(), reason="the GR's text (../shared/spec) is not here")
SOURCE, DESTINATION = "source functional entity", "destination functional entity"


def what_if(text: str = TEXT, table: str = "5.2.5-1", fail_at: int | None = None) -> WhatIf:
    made = document(text)
    return of(made, table, fail_at)


def of(made: Document, table: str, fail_at: int | None = None) -> WhatIf:
    found = whatif.what_if(made, made.by_id[table], fail_at)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def gr() -> Document:
    return read(GR)


def entered(found: WhatIf) -> dict[str, str]:
    return {one.row.number: one.way.entry.number if one.way.entry else "" for one in found.failures}


def sure(found: WhatIf) -> dict[str, set[str]]:
    """For each failed row that is wrong in both readings: rows that cannot be done, and what is left."""
    return {
        one.row.number: {each.row.number for each in one.way.sure_troubles} | set(one.way.surely_different)
        for one in found.failures
        if one.wrong
    }


def test_the_world_is_told_row_by_row() -> None:
    """Each row with the facts that it changes, and no others."""
    found = what_if()
    told = {step.row.number: {(c.thing, c.aspect): c.now for c in made} for step, made in rows(found)}
    assert told["1"] == {
        ("process", "resources"): "checked",
        ("process", "restoration point"): "kept",
        ("process", "special logs"): "kept",
    }
    assert told["2"] == {
        (DESTINATION, "instance"): "there",
        (DESTINATION, "application"): "STARTED_LOCKED",
        (DESTINATION, "state data"): "lacks it",
        (DESTINATION, "interfaces towards impacted FEs"): "LOCKED",
        (DESTINATION, "interfaces towards impacted entities"): "LOCKED",
    }
    assert told["3"] == {(DESTINATION, "state data"): "has it"}
    assert told["6"] == {(SOURCE, "interfaces towards impacted entities"): "STOPPING"}
    assert told["8"] == {}
    assert told["9"][SOURCE, "instance"] == "not there"
    assert told["end"] == {("process", "restoration point"): "released", ("process", "special logs"): "released"}


def rows(found: WhatIf) -> list[tuple[whatif.Step, list[whatif.Change]]]:
    return list(whatif.changed(found.before, found.steps))


def test_a_failure_enters_the_rollback_where_its_column_says() -> None:
    """Row 1 has no entry, and no note asks for one; everything is what it was, whichever row fails."""
    found = what_if()
    assert entered(found) == {"1": "", "2": "8", "3": "8", "4": "6", "5": "6", "6": "5", "7": "4", "8": "3", "9": "2"}
    assert not found.wrong
    assert [one.way.readings[0].differences for one in found.failures] == [()] * 9


def test_what_one_reading_has_only_is_not_sure() -> None:
    """A source that was not terminated yet cannot be instantiated; one that was can."""
    (failure,) = what_if(fail_at=9).failures
    undone, done = ([kind for step in one.steps for kind, *_ in troubles(step)] for one in failure.way.readings)
    assert (undone, done) == (["instantiated-twice"], [])
    assert not failure.wrong
    assert not failure.alike


def test_a_row_that_does_nothing_to_the_world_has_one_reading() -> None:
    assert what_if(fail_at=8).failures[0].alike


@pytest.mark.parametrize(
    ("old", "new", "at", "left"),
    [
        ("SMM terminates the destination", "SMM forgets the destination", 5, f"the {DESTINATION} left behind"),
        (
            "SMM starts the service interfaces towards impacted entities (see note 1)",
            "SMM praises the service interfaces towards impacted entities (see note 1)",
            7,
            f"the interfaces towards impacted entities of the {SOURCE} stopped",
        ),
        ("SMM unlocks the source functional entity and starts", "SMM starts", 9, ""),
        ("the way back, and releases what protected the work", "the way back", 4, "the restoration point kept"),
        ("SMM instantiates the source functional entity", "SMM misses the source functional entity", 9, ""),
    ],
)
def test_what_a_rollback_leaves_is_told(old: str, new: str, at: int, left: str) -> None:
    """What holds in both readings is wrong; a difference of one reading is shown, and is not."""
    found = what_if(changed((old, new)), fail_at=at)
    assert (left in found.failures[0].way.surely_different) is bool(left)
    assert found.wrong is bool(left)
    assert left or found.failures[0].way.readings[1].differences != found.failures[0].way.readings[0].differences


def test_a_row_without_the_entry_that_its_note_promises_is_a_hole() -> None:
    """The rollback is not entered at all, and the destination stays."""
    text = changed(
        (
            "terminates the destination functional entity (see note 1).\t2, 3",
            "terminates the destination functional entity (see note 1).\t2",
        )
    )
    (failure,) = what_if(text, fail_at=3).failures
    assert failure.hole
    assert failure.way.surely_different == [f"the {DESTINATION} left behind"]
    assert [remark.kind for remark in failure.remarks] == ["no-entry"]


def test_a_flow_that_goes_by_the_rollback_of_another_is_counted_in_its_rows() -> None:
    """A row more before the others: the entry is that of the row which says the same, and a remark says so."""
    beside = TEXT.index("Table 5.2.7-1: Flow")
    at = TEXT.index("1\tSMM\tSMM looks", beside)
    body, rest = TEXT[at:].split("\nEnds when", 1)
    shifted = re.sub(r"(?m)^(\d)\t", lambda found: f"{int(found[1]) + 1}\t", body)
    found = what_if(f"{TEXT[:at]}1\tSMM\tSMM waits.\n{shifted}\nEnds when{rest}", "5.2.7-1")
    assert entered(found)["10"] == "2"
    assert [one.kind for one in found.failures[-1].remarks] == ["counted"]
    assert found.failures[0].way.entry is None


def test_what_cannot_be_done_before_the_failure_counts_and_after_it_does_not() -> None:
    """A failure at row 4 leaves row 6 undone, so what is wrong there is no matter."""
    text = changed(
        (
            "SMM gracefully stops the service interfaces towards impacted entities (see note 2)",
            "SMM gracefully stops the service interfaces of the destination functional entity towards "
            "impacted entities (see note 2)",
        )
    )
    assert "9" in [step.row.number for step in what_if(text).steps if step.troubles]
    assert not what_if(text, fail_at=4).wrong
    assert what_if(text).wrong


def test_a_rollback_that_the_text_does_not_describe_is_said_so() -> None:
    found = what_if(table="5.3.2-1", fail_at=5)
    assert found.rollback is None
    assert [remark.kind for remark in found.failures[0].remarks] == ["no-rollback"]
    assert found.wrong


def test_a_flow_that_does_nothing_that_is_understood_is_not_judged() -> None:
    made = document(re.sub("instantiates|transfers|unlocks|starts|stops|terminates", "ponders", TEXT))
    assert whatif.what_if(made, made.by_id["5.2.5-1"]) is None


@pytest.mark.parametrize("table", [table.id for table in use_case_tables(document())])
def test_a_flow_without_failure_ends_in_its_post_conditions(table: str) -> None:
    """Nothing impossible on the way; at the end the destination serves, the source is gone, protection is released."""
    found = what_if(table=table)
    assert [step.row.number for step in found.steps if step.troubles] == []
    assert found.short == ()


@pytest.mark.parametrize("number", ["2", "3", "4", "5", "6", "7", "9"])
def test_a_flow_that_lacks_a_row_does_not(number: str) -> None:
    """Each row that does something is missed: by a row after it, or at the end."""
    start = TEXT.index("**Table 5.2.5-1")
    line = re.compile(rf"(?m)^{number}\t.*$").search(TEXT, start)
    assert line
    found = what_if(f"{TEXT[: line.start()]}{number}\tSMM\tSMM rests (see note 2).{TEXT[line.end() :]}")
    assert found.short or any(step.troubles for step in found.steps)


def test_its_record_fits_the_schema() -> None:
    made = document()
    for table in use_case_tables(made):
        jsonschema.validate(whatif.record(made, of(made, table.id)), SCHEMA)


@needs_gr
def test_flows_of_the_gr_end_as_they_should(gr: Document) -> None:
    """The post-conditions are reached, for all that single rows cannot be done (which the lint tells)."""
    for table in use_case_tables(gr):
        assert of(gr, table.id).short == (), table.id


@needs_gr
def test_what_is_sure_on_the_gr_is_what_the_lint_finds(gr: Document) -> None:
    """Both go by the same ways back: no row is impossible for one and possible for the other."""
    for rule, pick in (("rollback-impossible", "troubles"), ("rollback-leftover", "differences")):
        linted = set()
        for finding in lint(gr, [rule]):
            at = re.search(r"failure at ([\d, ]+) of table (\S+?)[ :]", finding.why)
            assert at
            linted |= {(at[2].rstrip(":"), int(number), finding.where) for number in at[1].split(",")}
        told = set()
        for table in ("5.2.3.5-1", "5.3.3.5-1", "5.4.2.5-1", "5.5.2.5-1"):
            for one in of(gr, table).failures:
                back = one.way
                if back.rollback and back.entry:
                    troubled = {back.rollback.ref(each.row) for each in back.sure_troubles}
                    left = {back.rollback.ref(back.entry)} if back.surely_different else set()
                    told |= {(table, back.number, where) for where in (troubled if pick == "troubles" else left)}
        assert told == linted


@needs_gr
def test_what_the_interpretations_say_of_the_gr(gr: Document) -> None:
    """I-015, I-020, I-024, I-071, I-073 and I-100, each by the failed rows and what is wrong there for sure."""
    assert sure(of(gr, "5.2.3.5-1")) == {"6": {"6"}}
    forklift = of(gr, "5.3.3.5-1")
    assert [one.row.number for one in forklift.failures if one.hole] == ["6"]
    assert sure(forklift)["6"] == {"the destination NFV-MANO functional entity left behind"}
    assert sure(forklift)["7"] == {"8", "9", "10", "14"}
    two = of(gr, "5.4.2.5-1")
    assert [one.row.number for one in two.failures if one.hole] == ["6", "15"]
    assert "3" in sure(two)["14"]
    vnfm = of(gr, "5.5.2.5-1")
    assert {number for number, entry in entered(vnfm).items() if not entry} == {"1", "5", "8", "11", "12", "13", "14"}
    assert sure(vnfm)["6"] == {"the path through the destination VNF left in the network service"}
    assert sure(vnfm)["10"] == {"6"}


@needs_gr
def test_a_rollback_of_another_use_case_brings_nothing_back(gr: Document) -> None:
    """Redundancy units are sent to a rollback that acts on a target, whom their flow does not have (I-081)."""
    found = of(gr, "5.3.2.5-1", 15)
    assert "stranger" in [remark.kind for remark in found.failures[0].remarks]
    assert len(found.failures[0].way.surely_different) == 2


@needs_gr
def test_the_interface_between_two_entities_is_one_of_their_interfaces(gr: Document) -> None:
    """It starts with row 8, before those towards others, and no row of the rollback stops it."""
    found = of(gr, "5.4.2.5-1", 9)
    face = ("destination NFV-MANO functional entity", "interfaces towards each other")
    assert found.failures[0].way.steps[-1].after.facts()[face] == "STARTED"
    assert {one.about for one in found.failures[0].way.sure_troubles if one.row.number == "15"} == {
        f"no row stops the {face[1]} of the {face[0]}"
    }
