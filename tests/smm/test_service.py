"""The reference SMM served by itself: its settings, its life on a port, and its second life on the same folder."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import requests

from harness.cli import entry
from harness.clients.entities import Endpoint
from harness.clients.paced import PacedClock
from harness.smm.service import Service, Settings
from harness.sut import SubjectError
from mocks.lab.lab import Lab, open_lab
from tests.cli.conftest import ROOT
from tests.command_line import MANOLAB

SERVE = [*MANOLAB, "smm", "serve"]


class Served:
    """`manolab smm serve` in a process of its own."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [*SERVE, "--folder", str(folder), "--port", str(port)]
        self._process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        self._out = self._process.stdout
        self.url = self._out.readline().strip()
        self.port = int(self.url.rpartition(":")[2])

    def end(self, by: signal.Signals) -> int:
        self._process.send_signal(by)
        with self._process, self._out:
            return self._process.wait(timeout=20)


@contextmanager
def served(folder: Path, port: int = 0) -> Iterator[Served]:
    smm = Served(folder, port)
    try:
        yield smm
    finally:
        if smm._process.poll() is None:
            assert smm.end(signal.SIGTERM) == 0


def inventory(lab: Lab) -> dict[str, Any]:
    return {
        "actors": {name: asdict(Endpoint(one.type, one.url)) for name, one in lab.actors.items()},
        "authorization": {
            "tokenEndpoint": lab.actors["vim"].url + "/oauth2/token",
            "clientId": "smm",
            "clientSecret": lab.client_secret("smm"),
        },
    }


def listen(_environ: Any, start: Any) -> list[bytes]:
    start("204 No Content", [])
    return [b""]


def launch(lab: Lab, url: str) -> str:
    wanted = {
        "planId": "internal-seamless",
        "target": "vnfm",
        "destinationSoftwareVersion": "2.0.0",
        "resourceProvider": "vim",
        "tester": "tester",
        "impacted": ["nfvo", "vim", "vnf", "em"],
        "commit": "manual",
    }
    answer = requests.post(f"{url}/smm/v1/processes", json=wanted, timeout=30)
    assert answer.status_code == 202, answer.text
    return f"{url}/smm/v1/processes/{answer.headers['Location'].rpartition('/')[2]}"


def told(lab: Lab, state: str) -> bool:
    """Whether the manager comes to hear of this state."""
    return bool(lab.wait_for(lambda e: e["to"] == "manager" and (e["request"] or {}).get("state") == state, 3000))


def test_killed_and_served_again_it_goes_on_with_all_it_knew(tmp_path: Path) -> None:
    """Kill -9 while a process awaits its commit: the next life knows process, peers and subscriber, and ends it."""
    with open_lab(transport="sockets") as lab:
        manager = lab.host("manager", "OBSERVER", listen)
        lab.begin(None)
        with served(tmp_path) as smm:
            assert requests.put(f"{smm.url}/smm/v1/inventory", json=inventory(lab), timeout=30).status_code == 204
            callback = {"callbackUri": f"{manager.url}/told"}
            assert requests.post(f"{smm.url}/smm/v1/subscriptions", json=callback, timeout=30).status_code == 201
            process = launch(lab, smm.url)
            assert told(lab, "AWAITING_COMMIT")
            assert smm.end(signal.SIGKILL) == -9
        with served(tmp_path, smm.port):
            assert requests.get(process, timeout=30).json()["state"] == "AWAITING_COMMIT"
            assert requests.post(f"{process}/commit", timeout=30).status_code == 202
            assert told(lab, "COMPLETED")
            assert requests.get(process, timeout=30).json()["outcome"] == "DESTINATION_COMMITTED"


def test_credentials_are_kept_for_the_owner_only(tmp_path: Path) -> None:
    """What the SMM gets its tokens with stands in a file that nobody else may read."""
    service = Service(Settings(folder=tmp_path))
    service.start()
    service.stop()
    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}


def test_a_port_in_use_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    """The message names the address and what to do."""
    service = Service(Settings())
    service.start()
    port = service.url.rpartition(":")[2]
    try:
        assert entry.outcome(["smm", "serve", "--port", port]) == 64
    finally:
        service.stop()
    said = capsys.readouterr().err
    assert f"cannot listen on 127.0.0.1:{port}" in said
    assert "choose another port" in said


def test_it_is_told_by_its_environment(tmp_path: Path) -> None:
    """Its own variables go before what a lab says; unknown facts of a lab are none of its business."""
    environ = {
        "MANOLAB_NODE": '{"name": "smm", "type": "SMM", "port": 8000, "pace": 0.05, "url": "http://lab:1"}',
        "MANOLAB_SMM_FOLDER": str(tmp_path),
        "MANOLAB_SMM_URL": "http://smm:9000",
        "MANOLAB_SMM_HOST": "",
    }
    settings = Settings.read(environ)
    assert settings == Settings("127.0.0.1", 8000, tmp_path, "http://smm:9000", "smm", 0.05)
    assert Settings.read({}) == Settings()


def test_a_port_that_is_none_is_named() -> None:
    """The variable, what it says, and what is expected."""
    with pytest.raises(SubjectError, match="MANOLAB_SMM_PORT is 'many'; expected a number"):
        Settings.read({"MANOLAB_SMM_PORT": "many"})


def test_lab_time_stands_still_while_somebody_works() -> None:
    """With a second a nanosecond long, only what is done outside of work can take any."""
    clock = PacedClock(1e-9)
    try:
        with clock.working():
            before = clock.now()
            assert clock.now() == before
        assert clock.now() > before
        clock.restart(5.0)
        assert clock.rest(1e9)
        assert clock.now() >= 5.0
    finally:
        clock.close()
