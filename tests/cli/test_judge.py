"""`manolab judge`: a stored run, judged again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run, manolab

NAME = "modification-a-clean-modification-vnfm"


@pytest.fixture
def stored(clean_run: Run, tmp_path: Path) -> Path:
    """A copy of the clean run that a test may spoil."""
    return Path(shutil.copytree(clean_run.out, tmp_path / "stored"))


def test_a_stored_run_gives_the_same_table_and_the_same_findings(clean_run: Run, stored: Path) -> None:
    """The rows are those of the run, and the findings equal the stored ones."""
    done = manolab("judge", stored, cwd=stored)
    assert done.code == clean_run.done.code
    rows = [line for line in done.out.splitlines() if "#" in line]
    assert rows == [line for line in clean_run.done.out.splitlines() if "#" in line]
    assert "the findings equal the stored ones (1 judged again)" in done.out


def test_one_scenarios_folder_is_enough(stored: Path) -> None:
    """The folder of a single scenario is a stored run too, and as JSON stdout holds nothing else."""
    done = manolab("judge", stored / "runs" / NAME, "--json", cwd=stored)
    assert json.loads(done.out)["verdict"] == "pass"


def test_stored_findings_that_were_touched_are_told(stored: Path) -> None:
    """A verdict that was changed afterwards shows, and the new one counts."""
    path = stored / "runs" / NAME / "findings.json"
    record = json.loads(path.read_text())
    judged = next(step for step in record["steps"] if step["ref"] == "5.2.2.5-1#2")
    judged["verdict"] = "fail"
    path.write_text(json.dumps(record))
    done = manolab("judge", stored, cwd=stored)
    assert done.code == 0
    assert "differ from the stored ones" in done.out
    assert "5.2.2.5-1#2: was fail" in done.out


def test_another_conversation_is_judged_otherwise(stored: Path) -> None:
    """Judging reads the history: a modification that somebody else asked for is no pass."""
    path = stored / "runs" / NAME / "history.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    asked = [line for line in lines if line.get("path") == "/nfvmanoswm/v1/software_modifications"]
    assert asked
    for line in asked:
        line["from"] = "oss"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert manolab("judge", stored, cwd=stored).code == 1


SPOILED = {
    "a message taken out": (lambda text: text.replace(text.splitlines(keepends=True)[5], ""), "are there"),
    "no footer": (lambda text: text.rpartition('{"')[0], "no footer: the recording was cut off"),
    "cut in a line": (lambda text: text[:-40], "not an entry of a history"),
    "empty": (lambda _: "", "no footer"),
}


@pytest.mark.parametrize("how", SPOILED)
def test_an_incomplete_history_is_refused_with_the_reason(how: str, stored: Path) -> None:
    """A history that was cut off is refused with 64 and its place, never judged."""
    spoil, said = SPOILED[how]
    path = stored / "runs" / NAME / "history.jsonl"
    path.write_text(spoil(path.read_text()))
    done = manolab("judge", stored, cwd=stored)
    assert done.code == 64
    assert said in done.err
    assert str(path) in done.err


def test_a_folder_without_runs_is_refused(tmp_path: Path) -> None:
    """What is no run is said to be none, with what was expected."""
    done = manolab("judge", tmp_path, cwd=tmp_path)
    assert (done.code, "no stored run" in done.err) == (64, True)
