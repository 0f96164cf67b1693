"""The smaller commands: lab, smm, topology, report, mutants, test."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
import requests

from harness.cli import checkout, entry, mutants
from tests.cli.conftest import ROOT, Run
from tests.command_line import MANOLAB

Capture = pytest.CaptureFixture[str]


EMPTY = {"nfvo-b", "vnfm-b", "vim-b", "wim-b", "cism-b", "vnf-cism-b"}
"""The hosts on which nothing is instantiated yet."""


class ServedLab:
    """`manolab lab up --json` in a process of its own, ended by a signal."""

    def __init__(self, *arguments: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [*MANOLAB, "lab", "up", "--json", *arguments]
        self._process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        self._out = self._process.stdout
        self.facts = json.loads(self._out.readline())

    def end(self, by: signal.Signals) -> int:
        self._process.send_signal(by)
        with self._process, self._out:
            return self._process.wait(timeout=20)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_served_lab_answers_and_ends_cleanly(by: signal.Signals, tmp_path: Path) -> None:
    """Every endpoint answers the SMM's token, the control API the admin's; a signal ends the lab with 0."""
    lab = ServedLab("--record", str(tmp_path))
    try:
        smm = {"Authorization": f"Bearer {lab.facts['smm']['accessToken']}"}
        for name, actor in lab.facts["actors"].items():
            answer = requests.get(f"{actor['url']}/nfvmanocim/v2/mano_entity", headers=smm, timeout=10)
            assert answer.status_code == (503 if name in EMPTY else 200)
        admin = {"Authorization": f"Bearer {lab.facts['adminToken']}"}
        url = lab.facts["actors"]["tester"]["url"]
        armed = requests.post(f"{url}/lab/v1/faults", json={"fault": "failed-test"}, headers=admin, timeout=10)
        assert armed.status_code == 201
    finally:
        code = lab.end(by)
    assert code == 0
    last = json.loads((tmp_path / "history.jsonl").read_text().splitlines()[-1])
    assert (last["kind"], last["complete"]) == ("footer", True)


def test_a_port_in_use_is_wrong_use(tmp_path: Path) -> None:
    """A topology that asks for a taken port is refused with the file, the actor and the port."""
    lab = ServedLab()
    try:
        port = lab.facts["actors"]["vnfm"]["url"].rpartition(":")[2]
        file = tmp_path / "mine.yaml"
        file.write_text(f"topology: manolab-topology/1\nactors:\n  vim: {{type: VIM, port: {port}}}\n")
        command = [*MANOLAB, "lab", "up", "--topology", str(file)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)
    finally:
        lab.end(signal.SIGTERM)
    assert done.returncode == 64
    for word in (str(file), port, "vim", "in use"):
        assert word in done.stderr


def test_a_topology_is_checked_whole(tmp_path: Path, capsys: Capture) -> None:
    """Every problem of a file is named at once, each with its line."""
    file = tmp_path / "lab.yaml"
    file.write_text("topology: manolab-topology/1\nactors:\n  vim:\n    type: VIN\n  em:\n    typ: EM\n")
    assert entry.outcome(["topology", "check", str(file)]) == 64
    said = capsys.readouterr().err
    for words in (f"{file}:4", "VIM", f"{file}:6", "did you mean 'type'"):
        assert words in said


def test_a_topology_in_order_is_said_to_be(capsys: Capture) -> None:
    """The topology that manolab comes with passes its own check."""
    assert entry.outcome(["topology", "check", str(ROOT / "mocks" / "lab" / "default.topology.yaml")]) == 0
    assert "vnfm (VNFM)" in capsys.readouterr().out


def test_the_plans_are_listed(capsys: Capture) -> None:
    """Each plan that comes with manolab has a line, its id first."""
    assert entry.outcome(["smm", "plans"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        "components",
        "forklift",
        "internal-non-seamless",
        "internal-seamless",
        "redundancy-units",
        "s-vnfm-to-g-vnfm",
        "two-entities",
    ]


@pytest.mark.parametrize("transport", ["direct", "sockets"])
def test_the_reference_smm_is_watched_step_by_step(transport: str, capsys: Capture) -> None:
    """A clean modification shows its steps with their rows, and ends with 0."""
    assert entry.outcome(["smm", "run", "internal-seamless", "--transport", transport]) == 0
    lines = capsys.readouterr().out.splitlines()
    told = [line.split()[2:] for line in lines]
    order = [told.index([row, step, "done"]) for row, step in SOME_STEPS]
    assert order == sorted(order)
    assert lines[-1] == "COMPLETED: DESTINATION_COMMITTED"


SOME_STEPS = [
    ("5.2.2.5-1#1", "reserve-modification"),
    ("5.2.2.5-1#2", "request-modification"),
    ("5.2.2.5-1#4", "await-modification"),
    ("5.2.2.5-1#6", "await-tests"),
    ("5.2.2.5-1#end", "commit-modification"),
]


def test_a_watched_rollback_ends_with_1(tmp_path: Path, capsys: Capture) -> None:
    """A fault can be armed, the way back is shown, and the history is kept where asked."""
    arguments = ["smm", "run", "internal-seamless", "--fault", "tester:failed-test", "--record", str(tmp_path)]
    assert entry.outcome(arguments) == 1
    out = capsys.readouterr().out
    assert "5.2.2.6-1#2" in out
    assert "ROLLED_BACK: SOURCE_COMMITTED" in out
    assert '"kind": "footer"' in (tmp_path / "history.jsonl").read_text().replace('":"', '": "')


def test_an_smm_in_a_process_of_its_own_is_watched_too(tmp_path: Path, capsys: Capture) -> None:
    """The same rows and the same end where mocks and SMM are processes, and a history of it all."""
    arguments = ["smm", "run", "internal-seamless", "--lab", "processes", "--record", str(tmp_path)]
    assert entry.outcome(arguments) == 0
    lines = capsys.readouterr().out.splitlines()
    told = [line.split()[2:] for line in lines]
    assert all([row, step, "done"] in told for row, step in SOME_STEPS)
    assert lines[-1] == "COMPLETED: DESTINATION_COMMITTED"
    assert json.loads((tmp_path / "history.jsonl").read_text().splitlines()[0])["backend"] == "processes"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["internal-seamles"], "did you mean internal-seamless"),
        (["internal-seamless", "--target", "vnmf"], "did you mean vnfm"),
        (["internal-seamless", "--fault", "vmn:crash"], "vmn"),
        (["internal-seamless", "--fault", "vnfm:crush"], "crash"),
        (["{broken}"], "broken.yaml:3"),
    ],
)
def test_a_wrong_plan_target_or_fault_is_named(
    arguments: list[str], said: str, tmp_path: Path, capsys: Capture
) -> None:
    """What cannot be is refused with 64, and the message helps."""
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: manolab-plan/1\nid: [\n")
    assert entry.outcome(["smm", "run", *(a.format(broken=broken) for a in arguments)]) == 64
    assert said in capsys.readouterr().err


def test_without_allure_the_report_is_a_hint(
    clean_run: Run, monkeypatch: pytest.MonkeyPatch, capsys: Capture, tmp_path: Path
) -> None:
    """Where Node or Allure is missing, the message says how to get it."""
    monkeypatch.delenv("MANOLAB_ALLURE", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert entry.outcome(["report", "--out", str(clean_run.out)]) == 64
    assert "npm install --global allure@3" in capsys.readouterr().err


def test_a_report_of_no_run_is_refused(tmp_path: Path, capsys: Capture) -> None:
    """A folder without records is named."""
    assert entry.outcome(["report", "--out", str(tmp_path)]) == 64
    assert "expected the records of a run" in capsys.readouterr().err


CAUGHT = {"name": "skips_tests", "kind": "SMM", "lie": "never asks the tester", "expected": ["5.2.2.5-1#5"]}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"failed": ["5.2.2.5-1#5"], "caught": True, "elsewhere": []}, 0),
        ({"failed": [], "caught": False, "elsewhere": []}, 1),
        ({"failed": ["5.2.2.5-1#5", "5.2.2.5-1#2"], "caught": True, "elsewhere": ["5.2.2.5-1#2"]}, 1),
    ],
)
def test_mutants_must_fail_where_they_must_and_nowhere_else(
    more: dict[str, object], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """A mutant that is missed, or that fails elsewhere too, makes the command end with 1."""

    def run_tests(_arguments: object, quiet: bool) -> int:
        (tmp_path / mutants.RESULTS).write_text(json.dumps([{**CAUGHT, **more}]))
        return 0 if quiet else 70

    monkeypatch.setattr(checkout, "run_tests", run_tests)
    monkeypatch.setattr(checkout, "run_module", _generated(tmp_path, "caught"))
    assert entry.outcome(["mutants", "--out", str(tmp_path)]) == code
    out = capsys.readouterr().out
    assert "skips_tests" in out
    assert "never asks the tester" in out
    assert f"{1 - code} of 1 mutants" in out


def _generated(folder: Path, verdict: str, checked: bool = True, code: int = 0) -> Callable[..., int]:
    """A run of the operators that finds this of one row."""
    part = {"by": "smm", "what": "steps", "verdict": verdict, "reason": "of old", "scenarios": ["a"]}
    cell = {"operator": "twice", "verdict": verdict, "parts": [{**part, "failed": [], "elsewhere": ["x 5.2.2.5-1#1"]}]}
    row = {"row": "2", "ref": "5.2.2.5-1#2", "text": "it asks", "byHand": ["asks_nobody"], "checked": checked}
    table = {"table": "5.2.2.5-1", "rows": [{**row, "cells": [cell]}]}
    told = {"format": "manolab-mutants/1", "entity": "vnfm", "mutants": [], "operators": {"twice": "done twice"}}
    found = {**told, "tables": [table], "counts": {verdict: 1}, "stale": [], "unsound": [], "known": ["5.2.2.5-1"]}

    def run_module(module: str, _arguments: object) -> int:
        assert module == "tests.mutants.operators"
        (folder / mutants.MATRIX).write_text(json.dumps(found))
        return code

    return run_module


@pytest.mark.parametrize(
    ("verdict", "checked", "code"),
    [
        ("caught", True, 0),
        ("equivalent", True, 0),
        ("MISSED", True, 1),
        ("misplaced", True, 1),
        ("caught", False, 1),
    ],
)
def test_generated_mutants_are_caught_or_reviewed(
    verdict: str, checked: bool, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """A hole, a mutant that fails too early, and a row that nobody fails make the command end with 1."""
    monkeypatch.setattr(checkout, "run_module", _generated(tmp_path, verdict, checked))
    assert entry.outcome(["mutants", "--out", str(tmp_path), "--table", "5.2.2.5-1"]) == code
    out = capsys.readouterr().out
    assert "failed by asks_nobody" in out
    assert f"1 row by 1 operator: 1 {verdict}" in out
    assert ("has no check" in out) != checked


def test_the_matrix_is_to_be_had_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """What is printed obeys the published schema."""
    monkeypatch.setattr(checkout, "run_module", _generated(tmp_path, "caught"))
    assert entry.outcome(["mutants", "--json", "--out", str(tmp_path), "--operator", "twice"]) == 0
    schema = json.loads((ROOT / "reports" / "schemas" / "mutants.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(capsys.readouterr().out), schema)


@pytest.mark.parametrize("words", [("--table", "5.2.2.5-2"), ("--operator", "twise")])
def test_what_cannot_be_tried_is_refused(
    words: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """With the nearest that can."""
    monkeypatch.setattr(checkout, "run_module", _generated(tmp_path, "caught"))
    assert entry.outcome(["mutants", "--out", str(tmp_path), *words]) == 64
    assert "did you mean" in capsys.readouterr().err


def test_operators_that_break_are_said_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where scenarios do not pass with correct parts, nothing is said of mutants."""
    monkeypatch.setattr(checkout, "run_module", _generated(tmp_path, "caught", code=70))
    assert entry.outcome(["mutants", "--out", str(tmp_path), "--operator", "twice"]) == 70


def test_the_projects_tests_need_a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """An installed wheel has no tests, and says so."""
    monkeypatch.setattr(checkout, "ROOT", tmp_path)
    assert entry.outcome(["test"]) == 64
    assert "in a checkout: ./manolab test" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("body", "code"),
    [("def test_it(): pass", 0), ("def test_it(): assert False", 1), ("", 2), ("import nothing_such", 130)],
)
def test_pytests_exit_codes_become_ours(body: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pytest's own codes mean other things: no tests is a missing verdict, a broken collection an end before it."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "tests" / "test_it.py").write_text(body)
    monkeypatch.setattr(checkout, "ROOT", tmp_path)
    assert entry.outcome(["test", "-q"]) == code
