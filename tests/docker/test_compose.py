"""A lab that docker-compose runs: it comes up, a modification goes through it, and it goes without a trace."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from mocks.lab.export.compose import compose_file
from mocks.lab.image import IMAGE
from mocks.lab.topology import load

WITHIN = 120
ACTORS = 11


class Composed:
    """The lab as it comes, as a project of docker-compose with a name of its own."""

    def __init__(self, folder: Path) -> None:
        self.project = f"manolab{secrets.token_hex(4)}"
        text = compose_file(load(), IMAGE, free_ports())
        told = yaml.safe_load(text)["services"]["lab"]["environment"]["MANOLAB_LAB"]
        self.ports: dict[str, int] = json.loads(told)["ports"]
        (folder / "docker-compose.yml").write_text(text, encoding="utf-8")
        self._folder = folder
        given = {"MANOLAB_SECRET": secrets.token_hex(16), "MANOLAB_SMM_KEY": secrets.token_hex(16)}
        self._environment = {**os.environ, **given}

    def command(self, *words: str) -> str:
        """Run docker-compose; returns what it printed."""
        done = self._done(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def remove(self) -> None:
        """Take everything away. An engine may count a container that it just removed to its network for a moment."""
        for _ in range(5):
            done = self._done("down", "-v")
            if "has active endpoints" not in done.stderr:
                break
        assert done.returncode == 0, done.stderr

    def _done(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self._words(*words),
            cwd=self._folder,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=WITHIN,
            check=False,
        )

    def await_line(self, wanted: Callable[[str], bool], *words: str) -> str:
        """The first line that a command of docker-compose prints, and which is wanted; the command is ended then."""
        with subprocess.Popen(
            self._words(*words), cwd=self._folder, env=self._environment, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout
            limit = threading.Timer(WITHIN, process.kill)
            limit.start()
            try:
                return next((line for line in process.stdout if wanted(line)), "")
            finally:
                limit.cancel()
                process.kill()

    def url(self, actor: str) -> str:
        return f"http://127.0.0.1:{self.ports[actor]}"

    def session(self, actor: str) -> requests.Session:
        session = requests.Session()
        session.trust_env = False
        token = self.command("exec", "-T", "lab", "python3", "-m", "mocks.lab.access", actor).strip()
        session.headers["Authorization"] = f"Bearer {token}"
        return session

    def _words(self, *words: str) -> list[str]:
        return ["docker-compose", "-p", self.project, *words]


def free_ports() -> int:
    """The first of as many ports in a row as the lab has actors, all free a moment ago."""
    for first in range(20100, 30000, 100):
        try:
            for port in range(first, first + ACTORS):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return first
    raise AssertionError("no ports are free")


@pytest.fixture(scope="module")
def composed(api: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Composed]:
    if not shutil.which("docker-compose"):
        pytest.skip("docker-compose is not installed (apt-get install docker-compose)")
    lab = Composed(tmp_path_factory.mktemp("compose"))
    try:
        lab.command("up", "-d")
        assert lab.await_line(lambda line: "the lab is up" in line, "logs", "-f", "--no-color", "lab")
        yield lab
    finally:
        lab.command("stop")
        codes = {one["Names"][0]: one["Status"].split(")")[0] for one in containers(api, lab)}
        lab.remove()
        assert set(codes.values()) == {"Exited (0"}, codes
        assert not containers(api, lab)


def containers(api: Any, lab: Composed) -> Any:
    return api.containers(all=True, filters={"label": f"com.docker.compose.project={lab.project}"})


def ended(line: str) -> bool:
    body = json.loads(line).get("request") or {}
    return json.loads(line).get("to") == "observer" and body.get("state") in ("COMPLETED", "ROLLED_BACK", "FAILED")


def modify(lab: Composed, session: requests.Session) -> None:
    wanted = {
        "planId": "internal-seamless",
        "target": "vnfm",
        "destinationSoftwareVersion": "2.0.0",
        "resourceProvider": "vim",
        "tester": "tester",
        "impacted": ["nfvo", "vim", "vnf", "em"],
        "commit": "automatic",
    }
    answer = session.post(f"{lab.url('smm')}/smm/v1/processes", json=wanted, timeout=30)
    assert answer.status_code == 202, answer.text


def test_a_modification_goes_through_a_composed_lab(composed: Composed) -> None:
    """The SMM is asked at a published port; the recorder of the lab sees everything; the destination is committed."""
    with composed.session("observer") as session:
        callback = {"callbackUri": f"http://lab.reference:{composed.ports['observer']}/callbacks/processes"}
        told = session.post(f"{composed.url('smm')}/smm/v1/subscriptions", json=callback, timeout=30)
        assert told.status_code == 201, told.text
        modify(composed, session)
        history = ("exec", "-T", "lab", "tail", "-n", "+2", "-f", "/state/1/history.jsonl")
        last = json.loads(composed.await_line(ended, *history))
        assert last["request"]["outcome"] == "DESTINATION_COMMITTED"
        entity = session.get(f"{composed.url('vnfm')}/nfvmanocim/v2/mano_entity", timeout=30).json()
        assert entity["softwareVersion"] == "2.0.0"


def test_a_fault_is_played_where_the_lab_cannot_do_it(composed: Composed) -> None:
    """A crash that is armed silences the mock until it is healed, though its container lives on."""
    with composed.session("observer") as session, composed.session("lab-admin") as admin:
        url = composed.url("vim")
        armed = admin.post(f"{url}/lab/v1/faults", json={"fault": "crash"}, timeout=30)
        assert armed.status_code == 201
        with pytest.raises(requests.ConnectionError):
            session.get(f"{url}/nfvmanocim/v2/mano_entity", timeout=30)
        assert admin.delete(f"{url}/lab/v1/faults/{armed.json()['id']}", timeout=30).status_code == 204
        assert session.get(f"{url}/nfvmanocim/v2/mano_entity", timeout=30).status_code == 200


def test_a_composed_actor_without_a_token_hears_nothing(composed: Composed) -> None:
    """Ports on loopback are for whoever has a token."""
    for actor in composed.ports:
        assert requests.get(f"{composed.url(actor)}/nfvmanocim/v2/mano_entity", timeout=30).status_code == 401


def test_a_lab_that_is_restarted_finds_its_nodes(composed: Composed) -> None:
    """They reported to the lab before; the new one knocks, begins a run of its own, and keeps the old history."""
    composed.command("restart", "lab")
    seen: list[str] = []

    def up_again(line: str) -> bool:
        seen.extend([line] if "the lab is up" in line else [])
        return len(seen) == 2

    assert composed.await_line(up_again, "logs", "-f", "--no-color", "lab")
    first, second = (composed.command("exec", "-T", "lab", "cat", f"/state/{run}/history.jsonl") for run in (1, 2))
    assert json.loads(first.splitlines()[-1])["complete"]
    assert json.loads(second.splitlines()[0])["actors"].keys() == composed.ports.keys()
