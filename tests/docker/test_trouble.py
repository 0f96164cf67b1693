"""What goes wrong with an engine is said in one message, with the next step, and nothing is left behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from harness.cli import entry
from mocks.lab import docker_engine, image
from mocks.lab.docker_engine import LABEL
from mocks.lab.errors import EngineError
from mocks.lab.lab import open_lab
from tests.docker.conftest import SMALL
from tests.docker.elsewhere import Machine, certify

ROOT = Path(__file__).parents[2]
LAB = """
import sys
from mocks.lab.lab import open_lab
from tests.docker.conftest import SMALL
lab = open_lab(SMALL, backend="docker")
print(lab._backend._engine.run, flush=True)
sys.stdin.read()
"""


def said(capsys: pytest.CaptureFixture[str], *command: str, code: int = 70) -> str:
    """What a command says when it fails."""
    assert entry.outcome(command) == code
    words = capsys.readouterr().err
    assert words.count("manolab: ") == 1
    assert "Traceback" not in words
    return words


@contextmanager
def client_of(there: Machine) -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        there.use(patch)
        with closing(docker_engine.connect()) as client:
            yield client


def test_no_engine(api: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A socket that is not there, and a port where nobody listens, are named, with how to start an engine."""
    for host in ("unix:///nowhere/docker.sock", "tcp://127.0.0.1:9"):
        monkeypatch.setenv("DOCKER_HOST", host)
        assert f"no Docker engine answers at {host}" in (words := said(capsys, "run", "--backend", "docker"))
        assert "set DOCKER_HOST" in words


def test_a_host_that_is_none(api: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A DOCKER_HOST without a port is told what one looks like."""
    monkeypatch.setenv("DOCKER_HOST", "tcp://engine.example")
    assert "an address and a port are needed, as in tcp://" in said(capsys, "lab", "ls")


def test_no_permission(api: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody who may not use the socket is told the group."""
    if os.geteuid() != 0:
        pytest.skip("needs root, to become somebody else")
    assert entry.outcome(["lab", "ls"]) == 0
    os.seteuid(65534)
    try:
        assert "join the group docker" in said(capsys, "lab", "ls")
    finally:
        os.seteuid(0)


def test_no_such_context(api: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A context that nobody made is not silently the default one."""
    monkeypatch.delenv("DOCKER_HOST", raising=False)
    monkeypatch.setenv("DOCKER_CONTEXT", "manolab-no-such")
    assert "there is no Docker context manolab-no-such; there are default" in said(capsys, "lab", "ls")


def test_a_context_is_a_setting(
    api: Any, elsewhere: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A context with its certificates leads to the other machine, where there are no labs of this one."""
    from docker.context import ContextAPI  # noqa: PLC0415 - an optional extra
    from docker.tls import TLSConfig  # noqa: PLC0415

    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    (tmp_path / "config.json").write_text('{"currentContext": "far"}')
    files = elsewhere.certificates
    tls = TLSConfig((str(files / "cert.pem"), str(files / "key.pem")), str(files / "ca.pem"), verify=True)
    ContextAPI.create_context("far", host=elsewhere.environment["DOCKER_HOST"], tls_cfg=tls)
    monkeypatch.delenv("DOCKER_HOST", raising=False)
    with closing(docker_engine.connect()) as client, client_of(elsewhere) as there:
        assert client.info()["DockerRootDir"] == there.info()["DockerRootDir"] == str(elsewhere.disk)


def test_a_wrong_authority(
    elsewhere: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An engine whose certificate another CA signed is not talked to."""
    elsewhere.use(monkeypatch)
    certify(tmp_path / "other", elsewhere.address)
    monkeypatch.setenv("DOCKER_CERT_PATH", str(tmp_path / "other"))
    words = said(capsys, "lab", "ls")
    assert f"no safe connection to the Docker engine at tcp://{elsewhere.address}" in words
    assert "DOCKER_CERT_PATH" in words


def test_no_tls_where_it_is_asked_for(
    elsewhere: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An engine that asks for TLS and is not offered any is no safe connection either."""
    elsewhere.use(monkeypatch)
    monkeypatch.delenv("DOCKER_TLS_VERIFY")
    monkeypatch.delenv("DOCKER_CERT_PATH")
    assert "look at DOCKER_TLS_VERIFY=1" in said(capsys, "lab", "ls")


def test_no_image_and_another_image(
    api: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the image, or with one of other sources, the command that builds it is told."""
    monkeypatch.setattr(docker_engine, "source_digest", lambda: "0" * 16)
    assert "built from other sources than these\n  build it: manolab lab build" in said(
        capsys, "lab", "up", "--backend", "docker"
    )
    monkeypatch.setattr(docker_engine, "IMAGE", "manolab-none:0")
    assert "no image manolab-none:0\n  build it: manolab lab build" in said(capsys, "lab", "up", "--backend", "docker")


def test_a_name_that_somebody_has(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A container of the lab's name ends the lab with what to look at; it is left alone, and nothing else stays."""
    run = "clash" + os.urandom(2).hex()
    monkeypatch.setattr("secrets.token_hex", lambda _: run)
    other = api.create_container(image.IMAGE, name=f"manolab-{run}-vim")
    try:
        with pytest.raises(EngineError, match=r"already in use by container(.|\n)*see what has the name: docker ps"):
            open_lab(SMALL, backend="docker")
        assert run not in docker_engine.runs(api)
        assert api.inspect_container(other["Id"])["State"]["Status"] == "created"
    finally:
        api.remove_container(other["Id"])


def test_a_network_that_somebody_has(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A network of the lab's name is no network of the lab's: it stays as it is."""
    run = "clash" + os.urandom(2).hex()
    monkeypatch.setattr("secrets.token_hex", lambda _: run)
    other = api.create_network(f"manolab-{run}-management", "bridge")
    try:
        with pytest.raises(EngineError, match=r"already exists(.|\n)*see what has the name: docker network ls"):
            open_lab(SMALL, backend="docker")
        assert run not in docker_engine.runs(api)
        assert api.inspect_network(other["Id"])["Name"] == f"manolab-{run}-management"
    finally:
        api.remove_network(other["Id"])


def test_a_lab_that_was_killed_is_told_from_one_at_work(
    elsewhere: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`lab ls` shows both with their age, `down --dead` takes the one whose process is gone, and no other."""
    elsewhere.use(monkeypatch)
    command = [sys.executable, "-c", LAB]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with open_lab(SMALL, backend="docker") as lab:
        at_work = lab._backend._engine.run  # type: ignore[attr-defined]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout
            dead = process.stdout.readline().strip()
            process.kill()
        assert entry.outcome(["lab", "ls", "--json"]) == 0
        listed = {one["run"]: one for one in json.loads(capsys.readouterr().out)}
        assert [listed[run]["owner"]["fate"] for run in (at_work, dead)] == ["at work", "dead"]
        assert 0 <= listed[dead]["ageSeconds"] < 120
        assert entry.outcome(["lab", "down", "--dead"]) == 0
        with client_of(elsewhere) as client:
            assert docker_engine.runs(client.api) == [at_work]


def test_ctrl_c_while_containers_start_leaves_nothing(api: Any) -> None:
    """Interrupted with the first containers made, a lab that is coming up takes all of them away again."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [sys.executable, "-c", LAB],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        for event in (events := api.events(decode=True, filters={"type": "container", "event": "create"})):
            attributes = event["Actor"]["Attributes"]
            if f"/{process.pid}@" in attributes.get(docker_engine.OWNER, ""):
                break
        process.send_signal(signal.SIGINT)
        _, words = process.communicate(timeout=60)
        events.close()
    assert "KeyboardInterrupt" in words
    assert attributes[LABEL] not in docker_engine.runs(api)


def test_no_address_left(small_machine: Machine) -> None:
    """An engine with no addresses for another network says so; the network that there was room for is gone again."""
    with client_of(small_machine) as client, pytest.MonkeyPatch.context() as patch:
        small_machine.use(patch)
        others = [client.networks.create(f"other-{number}") for number in range(2)]
        try:
            with pytest.raises(EngineError, match="remove networks that nobody needs: manolab lab ls"):
                open_lab(SMALL, backend="docker")
            assert docker_engine.runs(client.api) == []
        finally:
            for other in others:
                other.remove()


def test_an_engine_that_dies_in_mid_run(small_machine: Machine, tmp_path: Path) -> None:
    """The run ends with 70 and one message; what was judged stays, and the command it names cleans up."""
    command = [sys.executable, "-m", "harness.cli", "run", "--backend", "docker", "--entity", "vnfm", "--out", tmp_path]
    environment = {**os.environ, **small_machine.environment, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        heard = [process.stderr.readline() for _ in range(2)]
        small_machine.kill()
        rest = process.stderr.read()
        code = process.wait(60)
    small_machine.start()
    assert code == 70, rest
    assert all("pass" in line for line in heard)
    assert "Traceback" not in rest
    assert rest.count("manolab: ") == 1
    assert "the Docker engine answers no more" in rest
    clean_up = rest[rest.index("manolab lab down ") :].split()[:4]
    report = json.loads((tmp_path / "report.json").read_text())
    assert sum(scenario["verdict"] == "pass" for scenario in report["scenarios"]) >= 2
    with pytest.MonkeyPatch.context() as patch:
        small_machine.use(patch)
        assert entry.outcome(clean_up[1:]) == 0
        with client_of(small_machine) as client:
            assert docker_engine.runs(client.api) == []
            assert client.containers.list(all=True) == []


def test_a_full_disk(
    small_machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither a lab nor an image can be made on a full disk; both say so and how to look, and nothing stays."""
    small_machine.use(monkeypatch)
    filler = small_machine.disk / "filler"
    free = shutil.disk_usage(small_machine.disk).free
    filler.write_bytes(b"\0" * free)
    try:
        with pytest.raises(EngineError, match=r"no space left(.|\n)*docker system df(.|\n)*manolab lab down"):
            open_lab(SMALL, backend="docker")
        words = said(capsys, "lab", "build", "--base", image.IMAGE)
        assert "no space left" in words
        assert "docker system df" in words
    finally:
        filler.unlink()
    with client_of(small_machine) as client:
        assert docker_engine.runs(client.api) == []
