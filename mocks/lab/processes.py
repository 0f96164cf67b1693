"""Nodes as plain processes of this machine: what needs no container engine, and can still be killed for real."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mocks.lab.engine import READY_WITHIN, REAL, SECRET, SETTINGS, TIED, NodeSettings, Playing
from mocks.wire.server import LOOPBACK

GRACE = 5.0
"""Real seconds in which a node that was told to end is expected to have ended."""


class ProcessEngine(Playing):
    """One Python process for each node, on loopback ports. A node ends with the process that launched it."""

    name = "processes"
    collector_host = LOOPBACK
    collector_port = 0
    real = REAL
    ready_within = READY_WITHIN

    def __init__(self) -> None:
        self._folder = Path()
        self._nodes: dict[str, tuple[NodeSettings, str]] = {}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._told: dict[str, int] = {}

    def prepare(self) -> str:
        self._folder = Path(tempfile.mkdtemp(prefix="manolab-nodes-"))
        return LOOPBACK

    def launch(self, nodes: Sequence[NodeSettings], secret: str) -> None:
        for node in nodes:
            folder = self._folder / node.name
            folder.mkdir()
            self._nodes[node.name] = (replace(node, folder=str(folder)), secret)
            self.revive(node.name)

    def present(self) -> dict[str, int]:
        return {}

    def urls(self, name: str, port: int) -> tuple[str, str]:  # noqa: ARG002 - all nodes live on loopback
        return f"http://{LOOPBACK}:{port}", f"http://{LOOPBACK}:{port}"

    def kill(self, name: str) -> None:
        process = self._running.pop(name)
        process.kill()
        process.wait()
        _hang_up(process)

    def revive(self, name: str) -> None:
        settings, secret = self._nodes[name]
        environment = {**os.environ, SETTINGS: settings.text(), SECRET: secret, TIED: "1"}
        environment["PYTHONPATH"] = os.pathsep.join(path or os.getcwd() for path in sys.path)
        with self._log(name).open("ab") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603 - our own interpreter and roles
                [sys.executable, "-m", settings.module],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env=environment,
            )

    def pause(self, name: str) -> None:
        process = self._running[name]
        process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)  # an end is left for others to see

    def resume(self, name: str) -> None:
        self._running[name].send_signal(signal.SIGCONT)

    def isolate(self, name: str) -> None:
        """Processes share the loopback interface: nothing to unplug. The node itself plays deaf and mute."""

    def rejoin(self, name: str) -> None:
        """See `isolate`."""

    def ended(self, names: Sequence[str]) -> list[str]:
        return [name for name in names if name in self._running and self._running[name].poll() is not None]

    def words(self, name: str) -> str:
        log = self._log(name)
        return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""

    def collect(self, folder: Path) -> None:
        for name in self._nodes:
            words, told = self.words(name), self._told.get(name, 0)
            if len(words) > told:
                (folder / "logs").mkdir(parents=True, exist_ok=True)
                (folder / "logs" / f"{name}.log").write_text(words[told:], encoding="utf-8")
                self._told[name] = len(words)

    def close(self) -> None:
        for process in self._running.values():
            process.send_signal(signal.SIGCONT)
            process.terminate()
            _hang_up(process)
        for process in self._running.values():
            try:
                process.wait(GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running.clear()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _log(self, name: str) -> Path:
        return self._folder / name / "node.log"


def _hang_up(process: subprocess.Popen[bytes]) -> None:
    if process.stdin:
        process.stdin.close()
