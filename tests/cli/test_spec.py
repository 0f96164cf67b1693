"""`manolab spec read`, `lint`, `coverage` and `diff`: what the commands say of the small document, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import harness.spec
from tests.cli.conftest import Done, manolab
from tests.spec.small import FILE, changed

SCHEMAS = Path(harness.spec.__path__[0]) / "schemas"
GR = Path(__file__).parents[3] / "shared" / "spec" / "gr-nfv-rel-011.md"
needs_gr = pytest.mark.skipif(not GR.exists(), reason="the GR's text (../shared/spec) is not here")


def spec(*arguments: str | Path) -> Done:
    return manolab("spec", *arguments, cwd=FILE.parent)


def checked(done: Done, schema: str) -> dict[str, object]:
    """What stdout holds, which is what the schema describes and nothing else."""
    data = json.loads(done.out)
    jsonschema.validate(data, json.loads((SCHEMAS / f"{schema}.schema.json").read_text(encoding="utf-8")))
    assert isinstance(data, dict)
    return data


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """Another edition: a row more, a clause before clause 5.5."""
    file = tmp_path / "new.md"
    file.write_text(
        changed(
            ("\n2\tResources are there", "\n2\tSomething wholly else is asked for\n3\tResources are there"),
            ("## 5.5 Retry", "## 5.5 Something new\n\nNew words.\n\n## 5.6 Retry"),
            ("## 5.6 Fallback", "## 5.7 Fallback"),
        ),
        encoding="utf-8",
    )
    return file


def test_a_faultless_document_is_read_and_linted_without_a_word() -> None:
    """Both end with 0."""
    assert spec("read", FILE).code == 0
    done = spec("lint", FILE)
    assert done.code == 0
    assert done.out.splitlines()[-1].split() == ["in", "all", "0", "(0", "certain,", "0", "likely)"]


def test_scenarios_of_another_document_contradict_this_one() -> None:
    """The features are about the GR: here most of their rows are gone, and each is named with its scenario."""
    done = spec("coverage", FILE)
    assert done.code == 1, done.err
    assert "contradicts: the document has no table 5.2.2.5-1" in done.out
    last = done.out.splitlines()[-1]
    assert "rows with a scenario, 0 of 2 recommendations" in last
    assert not last.startswith("0 contradictions")


@needs_gr
def test_the_gr_is_covered_row_by_row_and_its_recommendations_are_told_of() -> None:
    """No row without a scenario; a recommendation without one is no secret, nor what the suite itself plays."""
    done = spec("coverage", GR)
    data = checked(spec("coverage", GR, "--json"), "coverage")
    counts = data["counts"]
    assert isinstance(counts, dict)
    assert (counts["contradictions"], counts["rowsUncovered"], counts["rows"]) == (0, 0, 479)
    without = counts["recommendationsUncovered"]
    assert done.code == (2 if without else 0)
    assert f"{63 - without} of 63 recommendations" in done.out
    assert ("judged as a recommendation" in done.out) is bool(without)
    assert "the External Manager of 5.7.2.5-1#begin, 5.7.2.5-1#1" in done.out


def test_the_same_edition_has_not_changed() -> None:
    done = spec("diff", FILE, FILE)
    assert (done.code, done.out) == (0, "0 changes\n")


def test_another_edition_is_told_as_an_editor_would(edited: Path) -> None:
    """A clause that was put in moves those after it; a row that was put in moves the one below."""
    told = spec("diff", FILE, edited).out
    assert "clause 5.5 moved: [-5.5-] {+5.6+}" in told
    assert "clause 5.5 added: {+Something new+}" in told
    assert "row 5.2.3-1#2 moved: [-2-] {+3+}" in told
    assert "row 5.2.3-1#2 added: {+Something wholly else is asked for+}" in told
    assert "removed" not in told


def test_a_change_that_nothing_rests_on_ends_with_2(edited: Path) -> None:
    """No scenario is about the small document's tables 5.2.3-1."""
    done = spec("diff", FILE, edited, "--json")
    assert done.code == 2
    changes = checked(done, "diff")["changes"]
    assert isinstance(changes, list)
    assert all(not one["touches"] for one in changes)


@needs_gr
def test_a_row_put_into_the_gr_touches_what_goes_by_its_table(tmp_path: Path) -> None:
    """Scenarios and plans of that table have to take the new row up; interpretations of the rows that moved too."""
    text = GR.read_text(encoding="utf-8")
    start = text.index("Table 5.3.3.6-1: Use case")
    at = text.index("\n14\tSMM -> Destination", start)
    file = tmp_path / "new.md"
    file.write_text(f"{text[:at]}\n14\tSMM\tSMM takes a deep breath.\t\n15{text[at + 3 :]}", encoding="utf-8")
    done = spec("diff", GR, file, "--json")
    assert done.code == 1, done.err
    changes = checked(done, "diff")["changes"]
    assert isinstance(changes, list)
    touches = {(one["kind"], one["ref"]): one["touches"] for one in changes}
    assert any(each.startswith("scenario 5_3_3_forklift/") for each in touches["added", "5.3.3.6-1#14"])
    assert any(each.startswith("plan ") for each in touches["added", "5.3.3.6-1#14"])
    assert "interpretation I-022" in touches["moved", "5.3.3.6-1#14"]


@pytest.mark.parametrize("command", ["read", "lint", "coverage", "whatif"])
def test_a_file_that_is_no_such_document_is_wrong_use(command: str, tmp_path: Path) -> None:
    """One message, no traceback."""
    file = tmp_path / "note.md"
    file.write_text("Only a note.", encoding="utf-8")
    done = spec(command, file, *(["5.2.5-1"] if command == "whatif" else []))
    assert done.code == 64
    assert "no document of this kind" in done.err
    assert "Traceback" not in done.err
