"""report.json, JUnit, the summary and the statement: the same verdicts in each one's words."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest

import reports
from harness.judge.verdicts import Verdict
from reports import json_report, markdown, statement
from reports.model import Report
from reports.words import WORDS, words
from tests.reports.by_hand import TABLE, clean_steps, clean_talk, step


def test_the_json_report_obeys_its_schema(report: Report) -> None:
    """The published schema is itself valid, and describes what is written."""
    jsonschema.Draft202012Validator.check_schema(json_report.schema())
    jsonschema.validate(json_report.as_data(report), json_report.schema())


def test_the_schema_refuses_a_verdict_outside_the_list(report: Report) -> None:
    """A yes means something: a made-up verdict gets a no."""
    data = json_report.as_data(report)
    data["rows"][0]["verdict"] = "probably"
    with pytest.raises(jsonschema.ValidationError, match="probably"):
        jsonschema.validate(data, json_report.schema())


def test_the_same_records_give_the_same_json(finished: Path, tmp_path: Path) -> None:
    """Nothing of the moment of writing goes in."""
    paths = [reports.write_json(reports.load(finished), tmp_path / name) for name in ("one.json", "two.json")]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_every_verdict_has_its_words() -> None:
    """The one table is whole, and speaks of nothing that JUnit or Allure do not know."""
    assert set(WORDS) == set(Verdict)
    assert {told.junit for told in WORDS.values()} == {None, "failure", "error", "skipped"}
    assert {told.allure for told in WORDS.values()} == {"passed", "failed", "broken", "skipped"}
    assert words(None).allure == "skipped"


def test_junit_says_each_verdict_and_keeps_the_exact_one(report: Report, tmp_path: Path) -> None:
    """Inconclusive and error share a word, their property tells them apart."""
    root = ET.parse(reports.write_junit(report, tmp_path / "junit.xml")).getroot()
    assert {name: root.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "5",
        "failures": "1",
        "errors": "2",
        "skipped": "1",
    }
    exact = {_property(case, "verdict"): {child.tag for child in case} for case in root.iter("testcase")}
    assert exact["pass"] == {"properties", "system-out"}
    assert "failure" in exact["fail"]
    assert "error" in exact["inconclusive"] & exact["error"]
    assert "skipped" in exact["not-applicable"]


def test_junit_carries_reason_and_evidence(report: Report, tmp_path: Path) -> None:
    """The strength is the type, the reason the message, the messages are in system-out."""
    root = ET.parse(reports.write_junit(report, tmp_path / "junit.xml")).getroot()
    case = next(case for case in root.iter("testcase") if _property(case, "id") == "uncommitted-vnfm")
    failure = case.find("failure")
    assert failure is not None
    assert failure.get("type") == "contradicts-flow"
    assert "never commits <the modification> & leaves" in failure.get("message", "")
    assert re.search(
        r"\[19\] 1.9 s  smm -> vnfm  POST /nfvmanoswm/v1/software_modifications", case.findtext("system-out", "")
    )


def test_junit_shows_what_left_no_record(finished: Path, tmp_path: Path) -> None:
    """A selected scenario without a record is an error, not an absence."""
    report = reports.load(finished, selected=["never-ran"])
    root = ET.parse(reports.write_junit(report, tmp_path / "junit.xml")).getroot()
    assert [case.get("name") for case in root.findall(".//testcase[@classname='manolab']")] == ["never-ran"]


def test_control_characters_do_not_break_the_xml(recorded: Callable[..., Path], tmp_path: Path) -> None:
    """What a subject says may be anything."""
    steps = [step(None, "a lab", None)]
    out = recorded("Broken", "error", steps, None, error="a \x00 stray \x1b byte")
    text = reports.write_junit(reports.load(out), tmp_path / "junit.xml").read_text()
    ET.fromstring(text.encode())


def test_the_summary_begins_with_the_verdict_and_lists_open_rows_only(report: Report, tmp_path: Path) -> None:
    """Rows that passed are not in the way; a lab that broke is told, though no row says it."""
    text = reports.write_markdown(report, tmp_path / "summary.md").read_text()
    assert text.startswith("## ⚠ error")
    assert re.search(rf"`{TABLE}#end` \| ✘ fail \| vnfm .* never commits", text)
    assert f"`{TABLE}#6`" not in text
    assert "the tester's port was taken" in text
    assert "not complete" not in text.lower()


def test_the_summary_links_what_is_there(report: Report, tmp_path: Path) -> None:
    """No dead links on the CI page."""
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "index.html").touch()
    text = markdown.summary(report, tmp_path)
    assert "(html/index.html)" in text
    assert "statement.html" not in text


def test_the_summary_says_when_something_is_missing(finished: Path, tmp_path: Path) -> None:
    """By name."""
    text = markdown.summary(reports.load(finished, selected=["never-ran"]), tmp_path)
    assert "**Not complete:** 1 selected scenario(s) left no record: `never-ran`" in text


def test_the_summary_says_once_what_broke_many_scenarios(recorded: Callable[..., Path]) -> None:
    """With the first name and how many more."""
    for name in ("one", "two", "three", "four", "five"):
        out = recorded(name, "error", [step(None, "a lab", None)], None, error="LabError: no lab", line=len(name))
    text = markdown.summary(reports.load(out), out)
    assert text.count("LabError: no lab") == 1
    assert "one and 4 more" in text


def test_markdown_cells_stay_cells() -> None:
    """What a subject says cannot break out of the table or become markup."""
    assert markdown.cell("a|b\n<c> *d*") == r"a&#124;b &#60;c&#62; \*d\*"


def test_the_statement_traces_each_row_to_its_scenarios(report: Report, tmp_path: Path) -> None:
    """In Markdown and on the page, with the interpretations leaned on."""
    page = reports.write_statement(report, tmp_path / "statement.md")
    told = (tmp_path / "statement.md").read_text()
    assert re.search(r"\| end \| the SMM commits.* \| ✘ fail \| 1, 2 \|", told)
    assert "| I-003 | When resources of the target count as released | 5.2.2.5-1 rows 3 and 4 | 2 |" in told
    html = page.read_text()
    assert page.name == statement.PAGE
    assert all(f"id='{statement.anchor(row.ref)}'" in html for row in report.rows)


def test_the_page_stands_alone(report: Report) -> None:
    """No script, nothing fetched, every link leads to a place in the page."""
    page = _Page()
    page.feed(statement.as_page(report))
    assert not {"script", "link", "img", "iframe"} & page.tags
    assert page.links
    assert {link.removeprefix("#") for link in page.links} <= page.ids


def test_one_diagram_stands_for_all_examples_that_passed(recorded: Callable[..., Path], tmp_path: Path) -> None:
    """Each example that did not pass has its own; the others name the one, and the file of their own messages."""
    for example, verdict in (("nfvo", "pass"), ("vim", "pass"), ("vnfm", "fail"), ("wim", "pass")):
        talk = clean_talk()
        recorded(f"A clean one [{example}]", verdict, clean_steps(talk), talk, id=f"clean-{example}")
    report = reports.load(tmp_path)
    page = statement.as_page(report)
    pictures = [part.partition("</details>")[0].count("<svg") for part in page.split("<details ")[1:]]
    assert dict(zip([one.name for one in report.scenarios], pictures, strict=True)) == {
        "A clean one [nfvo]": 1,
        "A clean one [vim]": 0,
        "A clean one [vnfm]": 1,
        "A clean one [wim]": 0,
    }
    assert "It went as in <a href='#scenario-clean-nfvo'>" in page
    assert "<code>runs/clean-vim/history.jsonl</code>" in page


def test_an_empty_report_is_not_a_pass(tmp_path: Path) -> None:
    """Nothing was judged: inconclusive, in every file."""
    (tmp_path / "runs").mkdir()
    report = reports.load(tmp_path)
    assert report.verdict is Verdict.INCONCLUSIVE
    jsonschema.validate(json_report.as_data(report), json_report.schema())
    assert "0 scenarios: none" in markdown.summary(report, tmp_path)
    assert "inconclusive" in statement.as_page(report)


def test_a_clean_run_has_nothing_to_say_against_it(recorded: Callable[..., Path]) -> None:
    """No table of open rows."""
    talk = clean_talk()
    out = recorded("A clean one", "pass", clean_steps(talk), talk)
    text = markdown.summary(reports.load(out, selected=["a-clean-one"]), out)
    assert text.startswith("## ✔ pass")
    assert "|" not in text


class _Page(HTMLParser):
    """Collects what a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.ids: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            if name == "href" and value:
                self.links.add(value)


def _property(case: ET.Element, name: str) -> str | None:
    found = case.find(f"properties/property[@name='{name}']")
    return None if found is None else found.get("value")
