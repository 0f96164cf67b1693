"""The suite as pytest runs it: records, replay, transports, selection, and how a test ends for each verdict."""

from __future__ import annotations

import json
import os
from collections import Counter
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

import features

SEAMLESS = Path(features.__path__[0]) / "5_2_2_seamless"
CLEAN = "modification-a-clean-modification-vnfm"
ROLES = "roles-the-roles-when-a-vnfm-is-modified-vnfm"


class Outcomes:
    """How the tests of an inner run ended."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.said = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.counts[report.outcome] += 1
            self.said += str(report.longrepr or "")

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        self.counts["deselected"] += len(items)


@pytest.fixture
def suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run feature files with options in an empty folder; returns how the scenarios ended."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Outcomes:
        outcomes = Outcomes()
        ours = ["-c", os.devnull, "--rootdir", str(tmp_path), "-p", "steps.plugin", "-p", "no:cacheprovider"]
        with redirect_stdout(StringIO()):
            pytest.main([*ours, "--entity", "vnfm", *arguments], plugins=[outcomes])
        return outcomes

    return run


def findings(folder: Path, id: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((folder / "runs" / id / "findings.json").read_text(encoding="utf-8"))
    return record


def judged(record: dict[str, Any], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(step[name] for name in names) for step in record["steps"] if step["rule"]]


def test_a_scenario_leaves_history_and_findings(suite: Any, tmp_path: Path) -> None:
    """The record names scenario, tables, rows, rules and evidence, and the history is complete beside it."""
    result = suite(str(SEAMLESS / "modification.feature"), "-k", "clean", "--out", "a")
    assert result.counts == {"passed": 1, "deselected": 14}
    record = findings(tmp_path / "a", CLEAN)
    assert (record["format"], record["verdict"], record["error"]) == ("manolab-findings/1", "pass", None)
    assert record["scenario"]["entity"] == "vnfm"
    assert "5.2.2.5-1" in record["scenario"]["tables"]
    rows = {ref for ref, _ in judged(record, "ref", "evidence")}
    assert {f"5.2.2.5-1#{row}" for row in ("begin", 1, 2, 3, 4, 5, 6, "end")} <= rows
    assert {"5.2.2.3-1#1", "5.2.2.4-1#2"} <= rows
    assert all(evidence for ref, evidence in judged(record, "ref", "evidence") if ref)
    lines = (tmp_path / "a" / "runs" / CLEAN / "history.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[-1])["complete"] is True


@pytest.mark.parametrize("words", ["failures-the-retry-succeeds-vnfm", "the_retry_succeeds_vnfm"])
def test_a_scenario_is_chosen_by_the_id_that_the_list_shows(suite: Any, words: str) -> None:
    """Whole, in part, and in the spelling of Python's names."""
    assert suite(str(SEAMLESS / "failures.feature"), "-k", words, "--out", "a").counts["passed"] == 1


def test_a_stored_run_is_judged_again_with_the_same_findings(suite: Any, tmp_path: Path) -> None:
    """A replay drives nothing, needs the history alone, and finds the same; so does a folder of one run."""
    files = [str(SEAMLESS / "modification.feature"), str(SEAMLESS / "roles.feature"), "-k", "clean or when_a_vnfm"]
    assert suite(*files, "--out", "a").counts == {"passed": 2, "deselected": 19}
    for replay, scenario in (("a", CLEAN), ("a", ROLES), (f"a/runs/{ROLES}", ROLES)):
        suite(*files, "--replay", replay, "--out", "b")
        again, before = findings(tmp_path / "b", scenario), findings(tmp_path / "a", scenario)
        assert again["steps"] == before["steps"]
        assert again["verdict"] == before["verdict"]


def test_a_replay_leaves_out_what_was_not_recorded(suite: Any) -> None:
    """Scenarios without a stored history are deselected, not judged as empty."""
    assert suite(str(SEAMLESS / "roles.feature"), "--replay", "nowhere").counts == {"deselected": 6}


def test_both_transports_find_the_same(suite: Any, tmp_path: Path) -> None:
    """Each row has the same verdict over sockets as by direct calls."""
    for transport in ("direct", "sockets"):
        suite(str(SEAMLESS / "roles.feature"), "-k", "when_a_vnfm", "--transport", transport, "--out", transport)
    direct, sockets = (findings(tmp_path / name, ROLES) for name in ("direct", "sockets"))
    assert judged(direct, "ref", "rule", "verdict") == judged(sockets, "ref", "rule", "verdict")
    assert sockets["transport"] == "sockets"


def test_a_mute_subject_is_inconclusive(suite: Any, tmp_path: Path) -> None:
    """Who never takes a process up shows nothing: an exception of its own, no failed assertion."""
    subject = "adapter:tests.features.subjects:mute"
    result = suite(str(SEAMLESS / "modification.feature"), "-k", "Without", "--subject", subject, "--out", "a")
    assert result.counts == {"failed": 1, "deselected": 14}
    assert "Inconclusive" in result.said
    scenario = "modification-without-an-existing-restoration-point-a-new-one-is-made-vnfm"
    assert findings(tmp_path / "a", scenario)["verdict"] == "inconclusive"


def test_a_subject_that_only_boasts_fails(suite: Any, tmp_path: Path) -> None:
    """A process that says it is completed proves no row."""
    subject = "adapter:tests.features.subjects:boaster"
    result = suite(str(SEAMLESS / "modification.feature"), "-k", "clean", "--subject", subject, "--out", "a")
    assert result.counts == {"failed": 1, "deselected": 14}
    record = findings(tmp_path / "a", CLEAN)
    assert record["verdict"] == "fail"
    flow = [verdict for ref, verdict in judged(record, "ref", "verdict") if ref and ref.startswith("5.2.2.5-1")]
    assert "pass" not in flow


@pytest.mark.parametrize(("manager", "verdict"), [("mute", "inconclusive"), ("boasting_fallback_manager", "fail")])
def test_a_fallback_manager_that_does_nothing_passes_nothing(
    suite: Any, tmp_path: Path, manager: str, verdict: str
) -> None:
    """The Fallback Manager under test is named as the SMM is; silence proves nothing, and neither do words."""
    named = ("--fallback-manager", f"adapter:tests.features.subjects:{manager}")
    file = str(SEAMLESS.parent / "5_9_fallback" / "fallback.feature")
    suite(file, "-k", "One", *named, "--out", "a")
    record = findings(tmp_path / "a", "fallback-one-functional-entity-falls-back-vnfm")
    assert record["verdict"] == verdict
    flow = [found for ref, found in judged(record, "ref", "verdict") if ref and ref.startswith("5.9.5-1")]
    assert "pass" not in flow[1:]


def test_a_subject_that_breaks_its_own_interface_gets_no_pass(suite: Any, tmp_path: Path) -> None:
    """Each breach of smm/v1 stands in the history, and a finding names them, in a replay as well."""
    subject = "adapter:tests.features.subjects:sloppy"
    file = str(SEAMLESS / "modification.feature")
    suite(file, "-k", "clean", "--subject", subject, "--out", "a")
    suite(file, "-k", "clean", "--replay", "a", "--out", "b")
    record, again = findings(tmp_path / "a", CLEAN), findings(tmp_path / "b", CLEAN)
    found = judged(record, "rule", "ref", "verdict", "reason")
    assert {verdict for _, ref, verdict, _ in found if ref} == {"pass"}
    ((_, _, verdict, reason),) = [one for one in found if one[0] == "answers_as_described"]
    assert verdict == "inconclusive"
    assert "POST /smm/v1/processes -> 202: lacks the header Version" in reason
    assert (record["verdict"], again["steps"]) == ("inconclusive", record["steps"])


def test_a_subject_is_closed_when_its_scenario_is_over(suite: Any, tmp_path: Path) -> None:
    """Once each; whoever keeps files or threads can let go of them."""
    subject = ("--subject", "adapter:tests.features.subjects:tidy")
    assert suite(str(SEAMLESS / "modification.feature"), *subject, "-k", "point", "--out", "a").counts["passed"] == 2
    runs = list((tmp_path / "a" / "runs").iterdir())
    assert [run.name for run in runs if not (run / "closed").exists()] == []


def test_a_subject_that_cannot_be_closed_is_an_error_that_says_so(suite: Any, tmp_path: Path) -> None:
    """No verdict on what it did, but its reason."""
    subject = ("--subject", "adapter:tests.features.subjects:untidy")
    suite(str(SEAMLESS / "modification.feature"), *subject, "-k", "clean", "--out", "a")
    record = findings(tmp_path / "a", CLEAN)
    assert record["verdict"] == "error"
    assert "a subject broke when it was closed: RuntimeError: stuck drawer" in record["error"]


def test_a_step_that_breaks_is_an_error_of_the_harness(suite: Any, tmp_path: Path) -> None:
    """Steps that were not reached stand in the record without a verdict."""
    folder = tmp_path / "features"
    folder.mkdir()
    (folder / "broken.feature").write_text(
        "@table:5.2.2.5-1\nFeature: f\n  Scenario Outline: s\n"
        "    Given a seamless <entity> that runs its source version\n    And nobody knows this phrase\n"
        "    Then (begin) the SMM launches the software modification process\n\n"
        "    Examples:\n      | entity |\n      | vnfm |\n",
        encoding="utf-8",
    )
    assert suite(str(folder / "broken.feature"), "--out", "a").counts == {"failed": 1}
    record = findings(tmp_path / "a", "broken-s-vnfm")
    assert record["verdict"] == "error"
    assert "nobody knows this phrase" in record["error"]
    assert [step["verdict"] for step in record["steps"]] == ["pass", None, None]


def test_mocks_in_processes_of_their_own_are_judged_the_same(suite: Any, tmp_path: Path) -> None:
    """Whole features, crashes among them, have the same verdict in every step where a crash is a kill."""
    files = [str(SEAMLESS / "roles.feature"), str(SEAMLESS / "failures.feature"), "-k", "vnfm"]
    for backend in ("embedded", "processes"):
        suite(*files, "--backend", backend, "--out", backend)
    runs = sorted(path.name for path in (tmp_path / "embedded" / "runs").iterdir())
    assert len(runs) > 5
    for run in runs:
        here, there = (findings(tmp_path / name, run) for name in ("embedded", "processes"))
        assert judged(here, "ref", "rule", "verdict") == judged(there, "ref", "rule", "verdict"), run
