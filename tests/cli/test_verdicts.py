"""From a report to what is printed and to the exit code."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

import reports
from harness.cli.records import EXIT_CODES, exit_code
from harness.cli.verdict_table import verdict_lines
from harness.judge.verdicts import Verdict
from tests.reports.by_hand import write_run


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A report with one scenario of each verdict, as lines of a terminal that is wide enough."""
    report = reports.load(write_run(tmp_path_factory.mktemp("run")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "120")
        return [click.unstyle(line) for line in verdict_lines(report)]


def test_every_verdict_has_an_exit_code() -> None:
    """The codes of the design: nothing judged is a missing verdict, and never a pass."""
    assert EXIT_CODES == {
        Verdict.PASS: 0,
        Verdict.FAIL: 1,
        Verdict.INCONCLUSIVE: 2,
        Verdict.NOT_APPLICABLE: 2,
        Verdict.ERROR: 70,
    }


def test_an_empty_run_is_not_met(tmp_path: Path) -> None:
    """A run without a single record ends with 2."""
    (tmp_path / "runs").mkdir()
    assert exit_code(reports.load(tmp_path)) == 2


def test_what_did_not_pass_comes_with_its_reason_and_its_proof(lines: list[str]) -> None:
    """A fail names the row, the reason, and the numbers of the messages that prove it."""
    at = next(i for i, line in enumerate(lines) if line.startswith("  fail  5.2.2.5-1#end"))
    assert at > lines.index("Not passed")
    assert "(n=33)" in lines[at + 1]
    assert "modification.feature:40" in lines[at + 2]


def test_the_harness_own_failure_is_told_apart(lines: list[str]) -> None:
    """An error gives what broke, not a row of the subject's."""
    at = next(i for i, line in enumerate(lines) if line.startswith("  error  scenario"))
    assert "LabError" in lines[at + 1]


def test_every_row_and_entity_has_a_line(lines: list[str]) -> None:
    """Rows stand under their table, entities at the end, and the whole in the last line."""
    assert any(line.split()[:4] == ["fail", "5.2.2.5-1#end", "2", "scenarios"] for line in lines)
    assert any(line.split()[:2] == ["not-applicable", "nfvo"] for line in lines)
    assert lines[-1].startswith("error: 5 scenarios (1 pass, 1 fail, 1 inconclusive")


def test_selected_scenarios_without_a_record_are_listed(tmp_path: Path) -> None:
    """What was to run and left nothing is named."""
    (tmp_path / "runs").mkdir()
    report = reports.load(tmp_path, [f"scenario-{number}" for number in range(12)])
    said = [click.unstyle(line) for line in verdict_lines(report)]
    assert "Without a record (12)" in said
    assert "  and 2 more" in said


@pytest.mark.parametrize("columns", [80, 100, 200])
def test_no_line_is_wider_than_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    """What is too long ends in an ellipsis; only commands stay whole, to be copied."""
    monkeypatch.setenv("COLUMNS", str(columns))
    said = [click.unstyle(line) for line in verdict_lines(reports.load(write_run(tmp_path)), tmp_path)]
    assert max(len(line) for line in said if not line.startswith("  manolab ")) <= columns


def test_what_to_type_next_stands_below_what_failed(tmp_path: Path) -> None:
    """The folder of the gravest point is named, where there is a folder."""
    report = reports.load(write_run(tmp_path))
    assert f"  manolab judge {tmp_path / 'runs' / 'broken'}" in list(verdict_lines(report, tmp_path))
    assert not any("manolab judge" in line for line in verdict_lines(report))
