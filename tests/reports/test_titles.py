"""What is told once: what a row is called, what is not met, whose run it was, and its pictures."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

import reports
from reports import markdown
from reports.titles import title
from reports.unmet import unmet
from tests.reports.by_hand import TABLE, Talk, step, write_run


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["(5) it tests the destination", "(5) it tests the destination"], "it tests the destination"),
        (["(5) it tests the source", "(5) it tests the destination"], "it tests the source/destination"),
        (["(2) it asks for the new"] * 9 + ["(2) it asks for the old"], "it asks for the new"),
        (["(4) it reports completion", "(4) nothing", "(4) it reports completion"], "it reports completion"),
        (["1 | Tester | tester", "1 | Tester | another"], "Tester"),
    ],
)
def test_a_row_is_called_what_most_of_its_steps_say(texts: list[str], expected: str) -> None:
    """A word that differs is told with the others that are common; a rare one is left out."""
    assert title(texts) == expected


def test_scenarios_that_fall_at_one_point_for_one_reason_are_told_together(recorded: Callable[..., Path]) -> None:
    """Ids and numbers of messages differ from run to run; the reason does not."""
    for name, own in (("One", "00000000-0000-4000-8000-000000000001"), ("Two", "00000000-0000-4000-8000-000000000002")):
        talk = Talk()
        talk.say("request", "smm", "vnfm", "POST /nfvmanoswm/v1/software_modifications", 202)
        judged = step(f"{TABLE}#2", "the SMM asks", "fail", [1], reason=f"not released: {own} of n=1")
        out = recorded(name, "fail", [judged], talk, line=len(own))
    (point,) = unmet(reports.load(out))
    assert [scenario.name for scenario in point.scenarios] == ["One", "Two"]
    assert (point.ref, point.evidence) == (f"{TABLE}#2", (1,))


def test_an_html_report_of_an_earlier_run_is_not_linked(tmp_path: Path) -> None:
    """It shows other records than the summary does."""
    report = reports.load(write_run(tmp_path))
    page = tmp_path / "html" / "index.html"
    page.parent.mkdir()
    page.touch()
    os.utime(page, (1, 1))
    reports.write_json(report, tmp_path / "report.json")
    assert "html/index.html" not in markdown.summary(report, tmp_path)
    os.utime(page)
    assert "html/index.html" in markdown.summary(report, tmp_path)


def test_the_report_names_the_subject(tmp_path: Path) -> None:
    """It stands in the header's scenario."""
    write_run(tmp_path)
    for history in tmp_path.glob("runs/*/history.jsonl"):
        header, _, rest = history.read_text().partition("\n")
        told = json.loads(header)
        told["scenario"] = {**told.get("scenario", {}), "subject": "adapter:vendor:make"}
        history.write_text(json.dumps(told) + "\n" + rest)
    report = reports.load(tmp_path)
    assert report.environment["subject"] == "adapter:vendor:make"
