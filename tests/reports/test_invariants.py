"""A broken invariant is a finding of its own, which every report carries; one that saw nothing is told, and no fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import reports
from harness.judge.verdicts import Verdict
from reports import json_report
from reports.model import Report
from reports.unmet import unmet
from tests.reports.by_hand import clean_steps, clean_talk, step

SENTENCE = "nothing leaks: what the process made is given back"
REASON = "a subscription is left at vnfm"


@pytest.fixture
def broken(recorded: Callable[..., Path]) -> Report:
    """A clean scenario in which an invariant fell, and another saw nothing."""
    talk = clean_talk()
    always = {"keyword": "Always", "line": 0}
    steps = [
        *clean_steps(talk),
        step(None, SENTENCE, "fail", [3], rule="leaks", reason=REASON, strength="contradicts-flow", **always),
        step(None, "undo mirrors do", None, rule="mirror", reason="nothing was rolled back", **always),
    ]
    return reports.load(recorded("Clean", "fail", steps, talk))


def test_it_is_a_point_that_was_not_met(broken: Report) -> None:
    """In the table of a run and of a summary; what saw nothing is none."""
    assert [(point.verdict, point.ref, point.asked, point.reason) for point in unmet(broken)] == [
        (Verdict.FAIL, None, SENTENCE, REASON)
    ]


def test_every_report_carries_it(broken: Report, tmp_path: Path) -> None:
    """JSON, JUnit, statement, summary and Allure name the sentence and the reason."""
    reports.write_json(broken, tmp_path / "report.json")
    reports.write_junit(broken, tmp_path / "junit.xml")
    page = reports.write_statement(broken, tmp_path / "statement.md")
    reports.write_markdown(broken, tmp_path / "summary.md")
    reports.write_allure(broken, tmp_path, tmp_path / "allure")
    allure = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "allure").glob("*-result.json"))
    texts = [path.read_text(encoding="utf-8") for path in (tmp_path / "report.json", tmp_path / "junit.xml", page)]
    for text in (*texts, allure, (tmp_path / "summary.md").read_text(encoding="utf-8")):
        assert REASON in text
    assert all(SENTENCE in text for text in (*texts, allure))


def test_what_saw_nothing_says_so(broken: Report) -> None:
    """Its step has no verdict, and the reason why."""
    last = json_report.as_data(broken)["scenarios"][0]["steps"][-1]
    assert (last["rule"], last["verdict"], last["reason"]) == ("mirror", None, "nothing was rolled back")
