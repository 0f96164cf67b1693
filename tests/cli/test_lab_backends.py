"""What commands say when a backend cannot be had: one message, with the next step."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from harness.cli import entry

Capture = pytest.CaptureFixture[str]


def test_without_an_engine_the_run_ends_before_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """No engine: one message that names the address and the next step, and no report."""
    pytest.importorskip("docker")
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/nobody.sock")
    for command in (["run", "--backend", "docker", "--out", str(tmp_path / "out")], ["lab", "ls"], ["lab", "build"]):
        assert entry.outcome(command) == 70
        said = capsys.readouterr().err
        assert f"no Docker engine answers at unix://{tmp_path}/nobody.sock" in said
        assert "set DOCKER_HOST" in said
    assert not (tmp_path / "out" / "runs").exists()


def test_an_engine_that_hangs_up_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """A closed port is no engine."""
    pytest.importorskip("docker")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        monkeypatch.setenv("DOCKER_HOST", f"tcp://127.0.0.1:{closed.getsockname()[1]}")
        assert entry.outcome(["lab", "up", "--backend", "docker"]) == 70
    assert "no Docker engine answers at tcp://127.0.0.1" in capsys.readouterr().err


def test_direct_calls_and_processes_exclude_each_other(capsys: Capture) -> None:
    """The contradiction is refused with the way out."""
    assert entry.outcome(["run", "--backend", "processes", "--transport", "direct"]) == 64
    assert "leave --transport out" in capsys.readouterr().err


def test_down_asks_which(capsys: Capture) -> None:
    """Neither nothing nor both: names, or --all."""
    assert entry.outcome(["lab", "down"]) == 64
    assert entry.outcome(["lab", "down", "--all", "1234"]) == 64
    assert "'manolab lab ls' lists them" in capsys.readouterr().err
