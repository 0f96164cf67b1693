"""`manolab spec whatif`: what the command says of the small document, which has no faults until one is put in."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import harness.spec
from tests.cli.conftest import Done, manolab
from tests.spec.small import FILE, changed

SCHEMA = Path(harness.spec.__path__[0]) / "schemas" / "whatif.schema.json"
FORGETS = ("SMM terminates the destination functional entity", "SMM forgets the destination functional entity")


def whatif(file: Path, *arguments: str | Path, columns: int = 120) -> Done:
    return manolab("spec", "whatif", file, *arguments, cwd=file.parent, COLUMNS=str(columns))


@pytest.fixture
def forgetful(tmp_path: Path) -> Path:
    """Its rollback does not terminate the destination."""
    file = tmp_path / "small.md"
    file.write_text(changed(FORGETS), encoding="utf-8")
    return file


def test_every_failure_of_a_faultless_flow_is_taken_back() -> None:
    """A grid of the world, a matrix of what is left, and nothing that is sure to be wrong."""
    done = whatif(FILE, "5.2.5-1")
    assert done.code == 0, done.err
    lines = done.out.splitlines()
    assert lines[0] == "Table 5.2.5-1: the world row by row, when nothing fails"
    stopped = next(line for line in lines if line.startswith("  interfaces towards impacted entities"))
    assert stopped.split()[-12:] == [*"●●●●●●●", *"◐◐◐", "·", "·"]
    assert "enters at row" in done.out
    assert lines[-1] == "nothing is wrong whether or not the failed row had done its work"


def test_one_failure_is_shown_in_both_readings(forgetful: Path) -> None:
    """With the entry, the rows of the way back, and what it leaves."""
    done = whatif(forgetful, "5.2.5-1", "--fail-at", "5")
    assert done.code == 1, done.err
    assert "table 5.2.6-1 is entered at row 6" in done.out
    assert "If its work was not done" in done.out
    assert "If its work was done" in done.out
    assert done.out.count("the rollback ends with the destination functional entity left behind") == 2
    assert "↩6" in done.out


def test_a_narrow_terminal_leaves_out_idle_rows() -> None:
    """The grid stays a grid, and says what it does not show."""
    done = whatif(FILE, "5.2.5-1", "--fail-at", "9", columns=80)
    assert "rows that change nothing are left out: begin, 8" in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_a_machine_reads_the_same(forgetful: Path) -> None:
    """JSON as the published schema has it, and nothing else on stdout."""
    done = whatif(forgetful, "5.2.5-1", "--json")
    assert done.code == 1
    data = json.loads(done.out)
    jsonschema.validate(data, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert data["wrong"]
    assert [one["row"] for one in data["failures"] if one["sure"]["differences"]] == [
        f"5.2.5-1#{n}" for n in range(3, 10)
    ]


def test_a_picture_can_be_kept(tmp_path: Path) -> None:
    """As SVG, of what is shown; a reader without a network sees the same."""
    done = whatif(FILE, "5.2.5-1", "--svg", tmp_path / "world.svg")
    assert done.code == 0, done.err
    drawn = (tmp_path / "world.svg").read_text(encoding="utf-8")
    assert "<svg" in drawn
    assert "STARTED_UNLOCKED" in drawn
    assert 'url("http' not in drawn


def test_a_picture_that_cannot_be_written_is_wrong_use(tmp_path: Path) -> None:
    done = whatif(FILE, "5.2.5-1", "--svg", tmp_path / "nowhere" / "world.svg")
    assert done.code == 64
    assert "cannot write" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("5.2.5-2",), "did you mean 5.2.5-1"),
        (("5.2.2-1",), "is no flow but actors"),
        (("5.2.6-1",), "ask for the flow that it takes back: 5.2.5-1"),
        (("5.2.5-1", "--fail-at", "19"), "its rows are 1 to 9"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_next_step(arguments: tuple[str, ...], said: str) -> None:
    """An unknown table, a table that is no flow, a rollback, a row that is not there."""
    done = whatif(FILE, *arguments)
    assert done.code == 64
    assert said in done.err
    assert "Traceback" not in done.err


def test_a_flow_of_which_nothing_is_understood_has_no_verdict(tmp_path: Path) -> None:
    """Neither right nor wrong: 2, and a word about it."""
    file = tmp_path / "small.md"
    text = changed()
    for verb in ("instantiates", "transfers", "unlocks", "starts", "stops", "terminates"):
        text = text.replace(verb, "ponders")
    file.write_text(text, encoding="utf-8")
    done = whatif(file, "5.2.5-1")
    assert done.code == 2
    assert "no row of it does anything" in done.err
