"""`manolab run`, from the arguments to the reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.cli import entry
from tests.cli.conftest import ROOT, Run, manolab


def test_a_met_run_ends_with_0_and_says_so_row_by_row(clean_run: Run) -> None:
    """The table has a verdict for each row, a line for the entity, and a line for the whole."""
    assert clean_run.done.code == 0, clean_run.done.out + clean_run.done.err
    lines = clean_run.done.out.splitlines()
    assert "Table 5.2.2.5-1" in lines
    assert any(line.split()[:2] == ["pass", "5.2.2.5-1#2"] for line in lines)
    assert any(line.split()[:2] == ["pass", "vnfm"] for line in lines)
    assert "pass: 1 scenario (1 pass)" in lines


def test_progress_is_a_line_a_scenario_on_stderr_in_ci(clean_run: Run) -> None:
    """A log gets plain lines, the last where the reports begin; stdout stays free for the verdicts."""
    assert clean_run.done.err.splitlines() == [
        "[1/1] pass            modification-a-clean-modification-vnfm",
        "writing reports: 1",
    ]


def test_the_reports_are_where_they_were_asked_for(clean_run: Run) -> None:
    """Each report stands at the place given, and the output names it."""
    folder = clean_run.out.parent
    for name in ("allure", "j/unit.xml", "r.json", "s.md"):
        assert (folder / name).exists()
        assert name in clean_run.done.out
    assert json.loads((folder / "r.json").read_text())["verdict"] == "pass"
    assert not (clean_run.out / "report.json").exists()


def test_the_records_of_the_run_are_complete(clean_run: Run) -> None:
    """What was to run is noted, and has a history and findings."""
    selected = json.loads((clean_run.out / "selection.json").read_text())["scenarios"]
    assert selected == ["modification-a-clean-modification-vnfm"]
    for name in ("history.jsonl", "findings.json"):
        assert (clean_run.out / "runs" / selected[0] / name).is_file()


def test_failed_has_nothing_to_do_after_a_met_run(clean_run: Run) -> None:
    """--failed runs what did not pass; when all did, it says so and ends with 0."""
    done = manolab("run", "--failed", "--out", clean_run.out, cwd=clean_run.out)
    assert (done.code, "nothing to run again" in done.out) == (0, True)


def test_failed_runs_what_has_no_record(clean_run: Run, tmp_path: Path) -> None:
    """A scenario that was selected and left no record is one that did not pass."""
    (tmp_path / "out" / "runs").mkdir(parents=True)
    missing = {"format": "manolab-selection/1", "scenarios": ["modification-a-clean-modification-vnfm"]}
    (tmp_path / "out" / "selection.json").write_text(json.dumps(missing))
    done = manolab("run", "--failed", "--out", "out", cwd=tmp_path)
    assert "[1/1] pass" in done.err


def test_list_names_scenarios_and_runs_nothing(tmp_path: Path) -> None:
    """--list gives entity, tables and id, and leaves no folder behind."""
    done = manolab("run", "--list", "--entity", "vim", "-k", "clean", cwd=tmp_path)
    assert done.code == 0
    assert done.out.split() == ["vim", "5.2.2.3-1", "5.2.2.4-1", "5.2.2.5-1", "modification-a-clean-modification-vim"]
    assert list(tmp_path.iterdir()) == []


def test_the_readme_shows_what_a_run_says(tmp_path: Path) -> None:
    """What a reader is promised, letter by letter, in a terminal of 104 columns."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("$ ./manolab run --entity vnfm -k clean\n")[2].partition("```")[0]
    done = manolab("run", "--entity", "vnfm", "-k", "clean", cwd=tmp_path, COLUMNS="104")
    assert shown == done.out.lstrip()


def test_two_processes_find_the_same(clean_run: Run, tmp_path: Path) -> None:
    """-n spreads the scenarios; verdicts and reports are the same."""
    done = manolab("run", "-k", "clean", "--entity", "vnfm", "-n", "2", cwd=tmp_path)
    mine = [line for line in done.out.splitlines() if "#" in line]
    assert mine == [line for line in clean_run.done.out.splitlines() if "#" in line]


def test_a_caller_with_a_pytest_of_their_own_changes_nothing(tmp_path: Path) -> None:
    """Neither a pytest.ini here, nor a conftest, nor PYTEST_ADDOPTS reaches the suite."""
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --nonsense\n")
    (tmp_path / "conftest.py").write_text("raise RuntimeError('not yours')\n")
    done = manolab("run", "-k", "clean", "--entity", "vnfm", cwd=tmp_path, PYTEST_ADDOPTS="--more-nonsense")
    assert done.code == 0


def test_a_feature_of_ones_own_that_is_no_gherkin_is_named(tmp_path: Path) -> None:
    """A syntax error in a feature is wrong use, with the file's name."""
    (tmp_path / "mine.feature").write_text("Feature: x\n  Scenario: y\n    Given z\n    nonsense\n")
    done = manolab("run", "mine.feature", cwd=tmp_path)
    assert done.code == 64
    assert "mine.feature" in done.err


WRONG = {
    "entity": (["--entity", "vnmf"], "did you mean vnfm"),
    "feature": (["features/5_2_2_seamles"], "did you mean features/5_2_2_seamless"),
    "expression": (["-k", "rolback"], "did you mean rollback"),
    "broken expression": (["-k", "and and"], "and and"),
    "subject": (["--subject", "referense:"], "did you mean reference:"),
    "fallback manager": (["--fallback-manager", "referense:"], "did you mean reference:"),
    "subject elsewhere": (["--subject", "http:https://smm.example"], "--transport sockets"),
    "topology": (["--topology", "nowhere.yaml"], "nowhere.yaml"),
    "nothing to repeat": (["--failed"], "no such folder"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_arguments_are_named_with_what_is_allowed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong name is refused with 64 before anything runs, and the message helps."""
    arguments, said = WRONG[name]
    monkeypatch.chdir(tmp_path)
    done = manolab("run", *arguments, "--out", "out", cwd=tmp_path)
    assert done.code == 64, done.err
    assert said in done.err
    assert not (tmp_path / "out" / "runs").exists()


def test_a_folder_with_other_peoples_runs_is_not_emptied(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--out at a folder whose `runs` is not ours is refused."""
    (tmp_path / "runs" / "marathon").mkdir(parents=True)
    assert entry.outcome(["run", "--out", str(tmp_path)]) == 64
    assert "not of manolab's making" in capsys.readouterr().err
    assert (tmp_path / "runs" / "marathon").exists()
