"""Subjects as a vendor brings them, judged from the command line: an SMM that runs elsewhere, and an adapter."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ROOT, Done, manolab

VENDOR = [sys.executable, "-P", str(Path(__file__).with_name("vendor.py"))]
WHICH = "clean_modification or waits_for_the_external_manager or does_not_pass_its_tests"


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """The URL of an SMM in a process of its own."""
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    with subprocess.Popen(VENDOR, env=environment, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.communicate(timeout=10)
    assert process.returncode == 0


@pytest.fixture(scope="module")
def judged(elsewhere: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """Three scenarios, one after the other, in which that SMM is the subject."""
    folder = tmp_path_factory.mktemp("elsewhere")
    subject = ("--subject", f"http:{elsewhere}", "--transport", "sockets")
    return manolab("run", *subject, "--entity", "vnfm", "-k", WHICH, "--out", "out", cwd=folder), folder / "out"


def entries(run: Path) -> list[dict[str, Any]]:
    lines = (run / "history.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[1:-1]]


def test_an_smm_elsewhere_is_judged_like_any_other(judged: tuple[Done, Path]) -> None:
    """The reference SMM behind a URL passes as it passes in the lab's process."""
    done, _ = judged
    assert done.code == 0, done.out + done.err
    assert re.search(r"pass: (\d+) scenarios \(\1 pass\)", done.out)


def test_what_the_lab_tells_it_stands_in_the_history(judged: tuple[Done, Path]) -> None:
    """Notifications to its own address have no recorder before them; they are recorded on their way out."""
    for run in sorted((judged[1] / "runs").iterdir()):
        told = [entry for entry in entries(run) if entry["kind"] == "notification" and entry["to"] == "smm"]
        assert {entry["from"] for entry in told} >= {"vnfm", "tester"}
        assert all((entry["method"], entry["status"]) == ("POST", 204) for entry in told)
        tested = [entry for entry in entries(run) if entry["to"] == "smm" and entry["method"] == "GET"]
        assert any(entry["path"].startswith("/callbacks/") and entry["status"] == 204 for entry in tested)


def test_it_speaks_with_the_token_it_was_given_the_means_to_get(judged: tuple[Done, Path]) -> None:
    """All it asks comes from `smm`; nobody unknown was let in, and no secret is in the record."""
    for run in sorted((judged[1] / "runs").iterdir()):
        assert [entry for entry in entries(run) if entry.get("from") == "unknown"] == []
        tokens = [entry for entry in entries(run) if entry.get("path") == "/oauth2/token" and entry["from"] == "smm"]
        assert [entry["status"] for entry in tokens] == [200]
        assert all(entry["response"]["access_token"] == "***" for entry in tokens)
        assert any(entry.get("from") == "smm" and entry["to"] == "vnfm" for entry in entries(run))


def test_an_smm_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Nobody at the URL: the harness says so, and blames no behaviour on anybody."""
    subject = ("--subject", "http:http://127.0.0.1:9", "--transport", "sockets")
    done = manolab("run", *subject, "--entity", "vnfm", "-k", "clean", "--out", "out", cwd=tmp_path)
    assert done.code != 0
    assert "http://127.0.0.1:9 did not answer" in done.out
    assert "fail: 1 scenario" not in done.out


def test_an_adapter_is_judged_in_the_process_of_the_lab(tmp_path: Path) -> None:
    """A factory of one's own takes the place of the reference SMM."""
    subject = ("--subject", "adapter:tests.sut.vendor:factory")
    done = manolab("run", *subject, "--entity", "vnfm", "-k", WHICH, "--out", "out", cwd=tmp_path)
    assert done.code == 0, done.out + done.err
    assert re.search(r"pass: (\d+) scenarios \(\1 pass\)", done.out)
