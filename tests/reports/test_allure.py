"""Allure results and the HTML made of them."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import reports
from reports import allure_files, allure_html
from reports.model import Report
from tests.reports.by_hand import clean_steps, clean_talk, step

Results = list[dict[str, Any]]


@pytest.fixture(scope="module")
def directory(report: Report, finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reports.write_allure(report, finished, tmp_path_factory.mktemp("allure") / "results")


@pytest.fixture(scope="module")
def results(directory: Path) -> dict[str, dict[str, Any]]:
    """Results by verdict; the run has one of each."""
    found = [json.loads(path.read_text()) for path in directory.glob("*-result.json")]
    return {_labels(result)["verdict"]: result for result in found}


def test_each_scenario_is_one_result_with_its_exact_verdict(results: dict[str, dict[str, Any]]) -> None:
    """Five verdicts in Allure's four words."""
    assert {verdict: result["status"] for verdict, result in results.items()} == {
        "pass": "passed",
        "fail": "failed",
        "inconclusive": "broken",
        "error": "broken",
        "not-applicable": "skipped",
    }


def test_each_gherkin_step_is_a_step_with_its_row(results: dict[str, dict[str, Any]]) -> None:
    """Status, row and strength; the reason is the step's message."""
    steps = results["fail"]["steps"]
    end = next(one for one in steps if one["name"] == "Then (end) the SMM commits, and rollback resources are released")
    told = {parameter["name"]: parameter["value"] for parameter in end["parameters"]}
    assert (end["status"], told["row"], told["strength"]) == ("failed", "5.2.2.5-1#end", "contradicts-flow")
    assert "never commits" in end["statusDetails"]["message"]


def test_rows_of_a_table_stand_below_their_step(recorded: Callable[..., Path], tmp_path: Path) -> None:
    """And their step is as good as the worst of them."""
    talk = clean_talk()
    rows = [
        step(None, "these post-conditions hold", None),
        {**step(None, "1 | SMM and peers work", "pass", [1]), "keyword": "*", "ref": "5.2.2.4-1#1"},
        {**step(None, "2 | the target works", "fail", [2], reason="it is down"), "keyword": "*", "ref": "5.2.2.4-1#2"},
    ]
    out = recorded("Rows", "fail", rows, talk)
    directory = reports.write_allure(reports.load(out), out, tmp_path / "results")
    (result,) = [json.loads(path.read_text()) for path in directory.glob("*-result.json")]
    top = result["steps"][1]
    assert (top["name"], top["status"]) == ("Then these post-conditions hold", "failed")
    assert [one["name"] for one in top["steps"]] == ["(1) SMM and peers work", "(2) the target works"]


def test_a_step_that_was_not_judged_is_skipped(results: dict[str, dict[str, Any]]) -> None:
    """Never shown as passed."""
    assert results["inconclusive"]["steps"][-1]["status"] == "skipped"


def test_labels_follow_the_clauses(results: dict[str, dict[str, Any]]) -> None:
    """Epic, feature, story; and the rows are links."""
    labels = _labels(results["fail"])
    assert labels["epic"] == "Clause 5.2.2"
    assert labels["feature"] == "An entity that can modify its own software"
    assert labels["story"] == "The destination version is committed"
    links = {link["name"]: link["url"] for link in results["fail"]["links"]}
    assert links["5.2.2.5-1#end"].startswith("https://www.etsi.org/")
    assert "I-003" in links


def test_the_messages_that_prove_a_row_are_http_exchanges(results: dict[str, dict[str, Any]], directory: Path) -> None:
    """In the form that the viewer of Allure 3 reads, without anything that was not on the wire."""
    step = next(one for one in results["pass"]["steps"] if one["name"].startswith("Then (2)"))
    (attachment,) = step["attachments"]
    assert attachment["type"] == "application/vnd.allure.http+json"
    assert attachment["name"] == "[19] smm → vnfm: POST /software_modifications → 202"
    exchange = json.loads((directory / attachment["source"]).read_text())
    assert exchange["request"]["method"] == "POST"
    assert exchange["request"]["url"] == "http://vnfm/nfvmanoswm/v1/software_modifications"
    assert json.loads(exchange["request"]["body"]["value"]) == {"destinationSoftwareVersion": "2.0.0"}
    assert (exchange["response"]["status"], exchange["response"]["statusText"]) == (202, "Accepted")


def test_messages_of_examples_that_went_alike_are_named_and_stored_once(
    recorded: Callable[..., Path], tmp_path: Path
) -> None:
    """The first of an outline that passed has them attached; of the next only their numbers and what they were."""
    for example in ("nfvo", "vim"):
        talk = clean_talk()
        recorded(f"A clean one [{example}]", "pass", clean_steps(talk), talk, id=example)
    out = reports.write_allure(reports.load(tmp_path), tmp_path, tmp_path / "allure")
    found = [json.loads(path.read_text()) for path in out.glob("*-result.json")]
    asked = [next(one for one in result["steps"] if "asks the target for" in one["name"]) for result in found]
    (whole,) = [one for one in asked if "attachments" in one]
    (named,) = [one for one in asked if "attachments" not in one]
    (proof,) = [one["value"] for one in named["parameters"] if one["name"] == "proven by"]
    assert proof == whole["attachments"][0]["name"]
    assert not any(one["name"] == "proven by" for one in whole["parameters"])


def test_an_unanswered_request_says_so(results: dict[str, dict[str, Any]], directory: Path) -> None:
    """There is an error instead of a response."""
    step = next(one for one in results["inconclusive"]["steps"] if one["name"].startswith("Then (1)"))
    exchange = json.loads((directory / step["attachments"][0]["source"]).read_text())
    assert "response" not in exchange
    assert exchange["error"]["name"] == "hang"


def test_the_sequence_diagram_comes_first(results: dict[str, dict[str, Any]], directory: Path) -> None:
    """As SVG, before the steps; the whole history last, where it may hold the cause of a failure."""
    first = results["pass"]["steps"][0]
    assert first["name"] == "Sequence diagram"
    assert (directory / first["attachments"][0]["source"]).read_text().startswith("<svg")
    assert "attachments" not in results["pass"]
    (history,) = results["fail"]["attachments"]
    assert (directory / history["source"]).read_text().startswith('{"kind": "header"')


def test_every_attachment_is_there(results: dict[str, dict[str, Any]], directory: Path) -> None:
    """Nothing is named that was not written, globals included."""
    found = [json.loads(path.read_text()) for path in directory.glob("*-globals.json")]
    sources = {one["source"] for item in [*results.values(), *found] for one in _attachments(item)}
    assert len(sources) > 30
    assert all((directory / source).is_file() for source in sources)


def test_history_ids_are_stable_and_different(report: Report, finished: Path, results: Any, tmp_path: Path) -> None:
    """So that Allure follows a scenario from run to run."""
    again = reports.write_allure(report, finished, tmp_path / "again")
    ids = {json.loads(path.read_text())["historyId"] for path in again.glob("*-result.json")}
    assert ids == {result["historyId"] for result in results.values()}
    assert len(ids) == 5


def test_the_files_beside_the_results(directory: Path) -> None:
    """Environment, categories, executor, configuration and the statement."""
    told = (directory / "environment.properties").read_text()
    assert "verdict=error\ncomplete=yes\nmanolab=0.1.0\ntransport=direct\n" in told
    assert json.loads((directory / "categories.json").read_text())[0]["matchedStatuses"] == ["failed"]
    assert "name" in json.loads((directory / "executor.json").read_text())
    assert '"verdict": "inconclusive"' in (directory / "allurerc.mjs").read_text()
    assert (directory / "statement.html").is_file()


@pytest.mark.parametrize(
    ("variables", "kind"),
    [
        ({"GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "https://ci", "GITHUB_REPOSITORY": "a/b"}, "github"),
        ({"GITLAB_CI": "true", "CI_JOB_URL": "https://ci/1"}, "gitlab"),
        ({"JENKINS_URL": "https://ci", "BUILD_URL": "https://ci/1"}, "jenkins"),
        ({}, "local"),
    ],
)
def test_the_executor_is_what_the_ci_system_says(variables: dict[str, str], kind: str) -> None:
    """And without one, this machine, unnamed."""
    told = allure_files.executor(variables)
    assert told["type"] == kind
    assert kind == "local" or told["buildUrl"].startswith("https://ci")


def test_a_missing_record_is_a_global_error(finished: Path, tmp_path: Path) -> None:
    """It belongs to no scenario."""
    report = reports.load(finished, selected=["never-ran"])
    directory = reports.write_allure(report, finished, tmp_path / "results")
    (found,) = [json.loads(path.read_text()) for path in directory.glob("*-globals.json")]
    assert found["errors"][0]["message"] == "never-ran: selected, but there is no record of it"


def test_results_never_overwrite_what_is_not_theirs(report: Report, finished: Path, tmp_path: Path) -> None:
    """Neither a folder with other things in it nor the report folder itself."""
    (tmp_path / "thesis.tex").touch()
    with pytest.raises(ValueError, match="holds no Allure results"):
        reports.write_allure(report, finished, tmp_path)
    with pytest.raises(ValueError, match="folder of their own"):
        reports.write_allure(report, finished, finished)


def test_results_are_replaced_not_added_to(report: Report, finished: Path, tmp_path: Path) -> None:
    """A second writing leaves five results, not ten."""
    for _ in range(2):
        directory = reports.write_allure(report, finished, tmp_path / "results")
    assert len(list(directory.glob("*-result.json"))) == 5


def test_what_a_run_before_left_is_gone(report: Report, finished: Path, tmp_path: Path) -> None:
    """Its attachments, folders in it, and what was longer than what is written over it."""
    directory = reports.write_allure(report, finished, tmp_path / "results")
    before = {path.name: path.read_bytes() for path in directory.iterdir()}
    (directory / "of-a-scenario-no-more-attachment.svg").touch()
    (directory / "history").mkdir()
    for path in directory.glob("*-attachment.*"):
        path.write_bytes(path.read_bytes() * 2)
    reports.write_allure(report, finished, directory)
    assert {path.name: path.read_bytes() for path in directory.iterdir()} == before


def test_results_that_were_not_finished_are_no_report(
    report: Report, finished: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    """Where writing breaks off, what stands there may be of two runs; the next writing puts it right."""
    directory = reports.write_allure(report, finished, tmp_path / "results")
    monkeypatch.setattr("reports.allure_scenario.write", _broken)
    with pytest.raises(OSError, match="disk full"):
        reports.write_allure(report, finished, directory)
    with pytest.raises(FileNotFoundError, match="no Allure results"):
        reports.generate_html(directory, tmp_path / "html")
    monkeypatch.undo()
    reports.write_allure(report, finished, directory)
    assert (directory / "allurerc.mjs").is_file()


def test_several_processes_write_what_one_does(report: Report, finished: Path, directory: Path, tmp_path: Path) -> None:
    """Byte for byte, the page with all its diagrams included."""
    with reports.crew(2) as each:
        again = reports.write_allure(report, finished, tmp_path / "results", each)
    one, two = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in (directory, again))
    assert one == two


def test_the_statement_takes_the_page_that_allure_has(report: Report, finished: Path, tmp_path: Path) -> None:
    """It is the same page as the one that is drawn for it alone."""
    made = reports.write_allure(report, finished, tmp_path / "results") / "statement.html"
    taken = reports.write_statement(report, tmp_path / "taken.md", made)
    alone = reports.write_statement(report, tmp_path / "alone.md")
    assert taken.read_bytes() == alone.read_bytes()


def test_without_allure_the_hint_says_what_to_install(directory: Path, tmp_path: Path, monkeypatch: Any) -> None:
    """The exact command, and that everything else is there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("MANOLAB_ALLURE", raising=False)
    with pytest.raises(reports.AllureMissing, match=r"npm install --global allure@3") as caught:
        reports.generate_html(directory, tmp_path / "html")
    assert "Node.js 20" in caught.value.hint


def test_a_wrong_command_is_named(directory: Path, tmp_path: Path, monkeypatch: Any) -> None:
    """Not silently replaced by another."""
    monkeypatch.setenv("MANOLAB_ALLURE", "/nowhere/allure")
    with pytest.raises(reports.AllureMissing, match="'/nowhere/allure', which is no command"):
        reports.generate_html(directory, tmp_path / "html")


def test_what_allure_said_is_told_when_it_fails(directory: Path, tmp_path: Path, monkeypatch: Any) -> None:
    """Its exit code and its last words."""
    monkeypatch.setenv("MANOLAB_ALLURE", str(_command(tmp_path, "echo no such plugin >&2; exit 3")))
    with pytest.raises(reports.AllureMissing, match="ended with 3: no such plugin"):
        reports.generate_html(directory, tmp_path / "html")


def test_the_command_gets_results_configuration_and_folder(directory: Path, tmp_path: Path, monkeypatch: Any) -> None:
    """The statement goes beside the page, for the links that lead there."""
    html = tmp_path / "html"
    script = f'mkdir -p "{html}"; echo "$@" "$MANOLAB_ALLURE_SINGLE_FILE" > "{html}/index.html"'
    monkeypatch.setenv("MANOLAB_ALLURE", str(_command(tmp_path, script)))
    index = reports.generate_html(directory, html, single_file=True)
    assert index.read_text() == f"generate {directory} --config {directory}/allurerc.mjs --output {html} 1\n"
    assert (html / "statement.html").is_file()


def test_html_never_overwrites_what_is_not_a_report(directory: Path, tmp_path: Path) -> None:
    """A folder with something else in it is refused."""
    (tmp_path / "thesis.tex").touch()
    with pytest.raises(FileExistsError, match="no HTML report"):
        reports.generate_html(directory, tmp_path)


def test_results_of_somebody_else_are_refused(tmp_path: Path) -> None:
    """Their configuration is not there."""
    with pytest.raises(FileNotFoundError, match=r"allurerc\.mjs is not there"):
        reports.generate_html(tmp_path, tmp_path / "html")


@pytest.mark.skipif(
    not (os.environ.get(allure_html.COMMAND) or shutil.which("allure")),
    reason="Allure 3 from npm is not installed here",
)
def test_allure_makes_one_page_of_it(directory: Path, tmp_path: Path) -> None:
    """The real command: one file that opens from disk."""
    index = reports.generate_html(directory, tmp_path / "html", single_file=True)
    text = index.read_text()
    assert "<html" in text
    assert not list((tmp_path / "html").glob("*.js"))


def _broken(*_: object) -> set[str]:
    raise OSError("disk full")


def _command(folder: Path, script: str) -> Path:
    path = folder / "allure"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def _labels(result: dict[str, Any]) -> dict[str, str]:
    return {label["name"]: label["value"] for label in result["labels"]}


def _attachments(item: dict[str, Any]) -> Results:
    return [*item.get("attachments", []), *(one for step in item.get("steps", []) for one in _attachments(step))]
