"""The lab's own side where others run its nodes: `python -m mocks.lab.service`, told by MANOLAB_LAB (JSON).

The secrets come in variables of their own: MANOLAB_SECRET, and MANOLAB_SMM_KEY for the SMM. It answers health checks
once every node is there and the run has begun, and keeps the history in its folder.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import requests

from mocks.lab.adopted import EVERYWHERE, Addresses, AdoptedEngine
from mocks.lab.engine import NODE_PORT, SECRET
from mocks.lab.errors import LabError
from mocks.lab.lab import Lab
from mocks.lab.nodes import Nodes
from mocks.lab.topology import ActorSpec, TargetSpec, Topology
from mocks.lab.transport import NODE_PACE, SocketTransport
from mocks.wire.server import ActorServer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SETTINGS = "MANOLAB_LAB"
SMM_KEY = "MANOLAB_SMM_KEY"
SMM, OBSERVER = "smm", "observer"
SMM_ROLE = "harness.smm.service"
"""What the SMM's container runs; named here only, for mocks know nothing of the harness."""


@dataclass(frozen=True)
class LabSettings:
    """`ports` are those of the proxies, by actor; `called` is the name under which nodes reach the lab."""

    topology: Topology
    ports: Mapping[str, int]
    addresses: Addresses
    called: str
    folder: str

    def text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> Self:
        data: dict[str, Any] = json.loads(text)
        actors = {
            name: ActorSpec(one["type"], one["profile"], data["ports"][name], tuple(one["replace"]))
            for name, one in data["topology"]["actors"].items()
        }
        targets = {
            name: TargetSpec(tuple(one["impacted"]), one["provider"])
            for name, one in data["topology"]["targets"].items()
        }
        return cls(
            Topology(actors, targets), data["ports"], Addresses(**data["addresses"]), data["called"], data["folder"]
        )


def serve(settings: LabSettings, secret: str, key: str) -> Lab:
    """Bring the lab up around nodes that others launch; returns when all are there and the run has begun."""
    engine = AdoptedEngine(settings.addresses)
    transport = SocketTransport(EVERYWHERE, NODE_PACE, settings.called)
    lab = Lab(settings.topology, transport, lambda ground: Nodes(ground, engine, {key: SMM}), secret)
    try:
        lab.host(OBSERVER, "OBSERVER", _listen, settings.ports[OBSERVER])
        lab.host(SMM, "SMM", _listen, settings.ports[SMM])
        lab.host(SMM, "SMM", lab.launch(SMM, SMM_ROLE, key))
        lab.begin(_fresh(Path(settings.folder)), {"name": "a lab that others run"})
    except BaseException:
        lab.close()
        raise
    return lab


def _fresh(folder: Path) -> Path:
    """A folder for this life of the lab: the history of the one before is evidence too."""
    before = [int(path.name) for path in folder.glob("[0-9]*")] if folder.is_dir() else []
    return folder / str(max(before, default=0) + 1)


def _listen(_environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """204 to every notification, and to every health check; what was said stands in the history."""
    start("204 No Content", [])
    return [b""]


def main() -> None:
    """Serve until told to end; then complete the history."""
    ended, up = threading.Event(), threading.Event()

    def end(*_: object) -> None:
        if not up.is_set():
            raise SystemExit(0)  # nobody is waited for any longer
        ended.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    try:
        lab = serve(LabSettings.read(os.environ[SETTINGS]), os.environ[SECRET], os.environ[SMM_KEY])
    except Exception as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        sys.exit(1)
    up.set()
    with lab:
        health = ActorServer("health", _listen, NODE_PORT, EVERYWHERE)
        health.start()
        sys.stderr.write(f"the lab is up: {len(lab.actors)} actors\n")
        ended.wait()
        health.stop()
        try:
            lab.end()
        except (LabError, requests.RequestException) as error:
            sys.stderr.write(f"the history of this run is not complete: {error}\n")
            sys.exit(1)


if __name__ == "__main__":
    main()
