"""The suite in several processes: what becomes of the run when one of them stops, breaks or is killed."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import signal
from pathlib import Path

import pytest

from harness.cli import entry
from harness.cli.worker import Tickets
from tests.cli.conftest import manolab
from tests.cli.running import running

SEAMLESS = "features/5_2_2_seamless"
ROLES = f"{SEAMLESS}/roles.feature"


def _judged(folder: Path) -> dict[str, str]:
    records = (json.loads(path.read_text()) for path in folder.glob("manolab-out/runs/*/findings.json"))
    return {record["scenario"]["id"]: record["verdict"] for record in records}


def test_each_scenario_is_run_once_and_told_once(tmp_path: Path) -> None:
    """Nobody's scenario is left out or run by two, also where there are more processes than scenarios."""
    done = manolab("run", ROLES, "-n", "8", cwd=tmp_path)
    told = [line.split()[-1] for line in done.err.splitlines() if line.startswith("[")]
    selected = json.loads((tmp_path / "manolab-out" / "selection.json").read_text())["scenarios"]
    assert done.code == 0, done.err
    assert sorted(told) == sorted(selected) == sorted(_judged(tmp_path))


def test_what_went_wrong_in_a_worker_stands_in_the_log(tmp_path: Path) -> None:
    """With its reason, as if it had been run by the process whose log it is."""
    subject = ("--subject", "adapter:tests.features.subjects:boaster")
    done = manolab("run", ROLES, "--entity", "vnfm", *subject, "-n", "1", cwd=tmp_path)
    log = (tmp_path / "manolab-out" / "pytest.log").read_text()
    assert done.code == 1
    assert "AssertionError" in log


def test_the_first_fail_stops_all_workers(tmp_path: Path) -> None:
    """-x: what another worker had begun is finished, and nothing else is begun."""
    subject = ("--subject", "adapter:tests.features.subjects:boaster")
    done = manolab("run", SEAMLESS, *subject, "-n", "2", "-x", cwd=tmp_path)
    assert done.code == 1, done.err
    assert "fail" in _judged(tmp_path).values()
    assert len(_judged(tmp_path)) <= 3


@pytest.mark.parametrize("processes", ["0", "2"])
def test_a_lab_that_breaks_ends_the_run_with_its_reason(processes: str, tmp_path: Path) -> None:
    """The same from one process and from several; what was not begun is missing, and is no verdict."""
    subject = ("--subject", "adapter:tests.features.subjects:homeless")
    done = manolab("run", SEAMLESS, *subject, "-n", processes, cwd=tmp_path)
    assert done.code == 70
    assert re.search(r"incomplete; 9\d of 97 scenarios have no record: no engine today", done.err)


def test_a_worker_that_is_killed_costs_no_more_than_what_it_had(tmp_path: Path) -> None:
    """The other goes on to the end, and the run says who was lost; two scenarios at most were in its hands."""
    with running(SEAMLESS, "-n", "2", folder=tmp_path) as run:
        os.kill(run.workers[0], signal.SIGKILL)
        code, said = run.end()
    assert code == 70
    lost = re.search(r"incomplete; (\d+) of 97 scenarios have no record: worker process \d+ was ended by SIGKILL", said)
    assert lost
    assert 97 - len(_judged(tmp_path)) == int(lost[1]) <= 2


def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    """Also when it had no time to tell them."""
    with running(SEAMLESS, "-n", "2", folder=tmp_path) as run:
        assert len(run.workers) == 2
        run.send(signal.SIGKILL)
        assert run.end()[0] == -signal.SIGKILL


def test_where_nothing_can_be_forked_that_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is run."""
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert entry.outcome(["run", "-n", "2", "--out", str(tmp_path / "out")]) == 64
    assert "leave -n away" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_tickets_are_handed_out_once_across_processes() -> None:
    """Who forked and who was forked take from the same."""
    tickets = Tickets(3)
    assert tickets.take() == 0
    child = multiprocessing.get_context("fork").Process(target=tickets.take)
    child.start()
    child.join()
    assert (tickets.take(), tickets.take(), tickets.halted) == (2, None, False)
    tickets.close()


def test_nobody_begins_what_was_handed_out_before_a_halt() -> None:
    """It is known at once, and no ticket is left."""
    tickets = Tickets(3)
    tickets.take()
    tickets.halt()
    assert (tickets.halted, tickets.take(), tickets.halted) == (True, None, True)
    tickets.close()
