"""Reading records: what is in them, what is wrong with them, and what they add up to."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import reports
from harness.judge.verdicts import Verdict
from reports.model import Report
from tests.reports.by_hand import TABLE, Talk, clean_steps, clean_talk, step


def test_importing_reports_loads_no_writer() -> None:
    """The package is free to import: its modules come when their names are used."""
    code = "import sys, reports; print([name for name in sys.modules if name.startswith(('reports.', 'allure'))])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_every_public_name_leads_somewhere() -> None:
    """Each name that the package promises can be had from it, and no other."""
    assert all(getattr(reports, name) for name in reports.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = reports.nothing


def test_verdicts_roll_up_over_the_whole(report: Report) -> None:
    """Error wins over everything, and each verdict is counted."""
    assert report.verdict is Verdict.ERROR
    assert set(report.counts.values()) == {1}


def test_a_row_has_the_worst_of_its_steps(report: Report) -> None:
    """Three steps of one row, in two scenarios, give one row."""
    rows = {row.ref: row for row in report.rows}
    assert rows[f"{TABLE}#end"].verdict is Verdict.FAIL
    assert rows[f"{TABLE}#end"].scenarios == ("clean-vnfm", "uncommitted-vnfm")
    assert rows[f"{TABLE}#1"].entities == {"vnfm": Verdict.PASS, "vim": Verdict.INCONCLUSIVE}


def test_rows_stand_in_the_order_of_the_tables(report: Report) -> None:
    """The unnumbered rows come first and last."""
    rows = [row.row for row in report.rows if row.table == TABLE]
    assert rows == ["begin", "1", "2", "3", "4", "5", "6", "end"]


def test_a_step_that_was_never_judged_is_not_a_pass(report: Report) -> None:
    """In a scenario that could not go on its row is inconclusive, in one that does not apply not-applicable."""
    row = next(row for row in report.rows if row.ref == f"{TABLE}#2")
    assert row.entities["vim"] is Verdict.INCONCLUSIVE
    assert row.entities["nfvo"] is Verdict.NOT_APPLICABLE


def test_each_entity_has_its_own_verdict(report: Report) -> None:
    """One entity's failure does not touch another."""
    verdicts = {entity.name: entity.verdict.value for entity in report.entities}
    assert verdicts == {"vnfm": "fail", "vim": "inconclusive", "nfvo": "not-applicable", "oss": "error"}


@pytest.mark.parametrize(
    ("tags", "clause"),
    [
        (["clause:5.2.2", "clause:5.2.2.5"], "5.2.2"),
        (["clause:5.8", "clause:5.2.2"], "5.2.2"),
        (["clause:5.8"], "5.8"),
        ([], "5.2.2.5"),
    ],
)
def test_a_scenario_belongs_to_the_widest_clause_around_its_table(tags: list[str], clause: str, report: Report) -> None:
    """Though it may be tagged with a clause that its notes refer to."""
    scenario = replace(report.scenarios[0], tags=tuple(tags), tables=(TABLE,))
    assert scenario.clause == clause


def test_a_report_is_complete_when_all_selected_scenarios_have_records(report: Report, finished: Path) -> None:
    """The selection decides, and a scenario without a record spoils a pass."""
    assert report.complete
    wanted = reports.load(finished, selected=["clean-vnfm", "never-ran"])
    assert (wanted.complete, wanted.missing) == (False, ("never-ran",))


def test_without_a_selection_nobody_knows_whether_a_report_is_complete(recorded: Callable[..., Path]) -> None:
    """Completeness is never assumed."""
    talk = clean_talk()
    report = reports.load(recorded("A clean one", "pass", clean_steps(talk), talk))
    assert (report.verdict, report.complete, report.missing) == (Verdict.PASS, False, ())


def test_a_run_folder_without_findings_is_a_missing_record(recorded: Callable[..., Path]) -> None:
    """A scenario that was cut off leaves its folder: the whole is no pass any more."""
    talk = clean_talk()
    out = recorded("A clean one", "pass", clean_steps(talk), talk)
    (out / "runs" / "cut-off").mkdir()
    report = reports.load(out)
    assert (report.missing, report.verdict) == (("cut-off",), Verdict.INCONCLUSIVE)


def test_all_bad_records_are_named_at_once(recorded: Callable[..., Path]) -> None:
    """Each with its file and what is wrong, not only the first."""
    talk = clean_talk()
    for name in ("one", "two", "three", "four"):
        out = recorded(name, "pass", clean_steps(talk), talk)
    _edit(out / "runs/one/findings.json", verdict="passed")
    _edit(out / "runs/two/findings.json", format="manolab-findings/9")
    (out / "runs/three/findings.json").write_text("{")
    history = out / "runs/four/history.jsonl"
    history.write_text("".join(history.read_text().splitlines(keepends=True)[:-1]))
    with pytest.raises(reports.BadRecords) as caught:
        reports.load(out)
    told = str(caught.value)
    for words in ("'passed', expected one of pass", "manolab-findings/9", "not JSON at line 1", "no footer"):
        assert words in told
    assert len(caught.value.problems) == 4


def test_a_pass_without_its_conversation_is_a_bad_record(recorded: Callable[..., Path]) -> None:
    """What nobody can look up proves nothing."""
    with pytest.raises(reports.BadRecords, match="without its conversation"):
        reports.load(recorded("No proof", "pass", [step(f"{TABLE}#1", "the SMM checks")], None))


def test_evidence_that_is_not_in_the_conversation_is_a_bad_record(recorded: Callable[..., Path]) -> None:
    """A cited number has to exist."""
    with pytest.raises(reports.BadRecords, match="cites entries 99"):
        reports.load(recorded("Made up", "pass", [step(f"{TABLE}#1", "the SMM checks", evidence=[99])], Talk()))


def test_two_records_of_one_scenario_are_bad(recorded: Callable[..., Path]) -> None:
    """Ids are unique in a run."""
    talk = clean_talk()
    recorded("one", "pass", clean_steps(talk), talk)
    out = recorded("two", "pass", clean_steps(talk), talk)
    findings = json.loads((out / "runs/two/findings.json").read_text())
    _edit(out / "runs/two/findings.json", scenario=findings["scenario"] | {"id": "one"})
    with pytest.raises(reports.BadRecords, match="'one' stands in two records"):
        reports.load(out)


def test_a_folder_without_runs_is_refused(tmp_path: Path) -> None:
    """The message says what was expected there."""
    with pytest.raises(FileNotFoundError, match="expected the records of a run"):
        reports.load(tmp_path)


def _edit(path: Path, **changes: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
