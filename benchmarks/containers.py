"""How long ten containers take to be ready and to be gone: a lab of ten, and bare `docker run` of the same ten.

Bare means: the same image, limits, labels and volumes, the same two networks, the same imports, a port that answers, as
many side by side, and nothing of the lab. Needs an engine with the image (manolab lab build):
`python -m benchmarks containers`.
"""

from __future__ import annotations

import secrets
import socket
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from typing import Any

from benchmarks.figures import Figure, figure, in_turn, ratios
from mocks.lab import docker_engine, topology
from mocks.lab.containers import AT_ONCE
from mocks.lab.image import IMAGE
from mocks.lab.lab import Lab, open_lab
from mocks.lab.reach import ALONE, NETWORKS
from mocks.lab.topology import ActorSpec

SERVE = "import mocks.lab.node, http.server as h; h.HTTPServer(('', 8000), h.BaseHTTPRequestHandler).serve_forever()"
LIMITS = {"mem_limit": "256m", "nano_cpus": 1_000_000_000, "pids_limit": 64}
LOCKED = {"read_only": True, "cap_drop": ["ALL"], "security_opt": ["no-new-privileges"]}


def measure(rounds: int) -> Iterator[Figure]:
    client = docker_engine.connect()
    docker_engine.check_image(client)
    usual = topology.load()
    ten = replace(usual, actors=_ten(usual.actors))
    labs: list[Lab] = []
    bare = Bare(client)
    works = {
        "up": lambda: labs.append(open_lab(ten, backend="docker")),
        "fresh": lambda: labs[-1].begin(None),
        "down": lambda: labs.pop().close(),
        "bare up": bare.up,
        "bare down": bare.down,
    }
    samples = in_turn(works, min(rounds, 5))
    client.close()
    yield figure("lab of ten containers up", "s", samples["up"], "at most 6")
    yield figure("ten bare containers up", "s", samples["bare up"])
    yield figure("up : bare", "x", ratios(samples["up"], samples["bare up"]), "at most 1.3")
    yield figure("lab of ten containers made fresh for a run", "ms", [1000 * s for s in samples["fresh"]])
    yield figure("lab of ten containers down", "s", samples["down"], "at most 5")
    yield figure("ten bare containers down", "s", samples["bare down"])
    yield figure("down : bare", "x", ratios(samples["down"], samples["bare down"]), "at most 1.3")


def _ten(usual: Mapping[str, ActorSpec]) -> dict[str, ActorSpec]:
    """The actors at work in the lab as it comes, and one more; empty hosts are left out, and nobody's peers."""
    working = {name: spec for name, spec in usual.items() if spec.profile.get("instantiated", True)}
    actors = {}
    for name, spec in working.items():
        peers = [peer for peer in spec.profile["peers"] if peer in working]
        actors[name] = replace(spec, profile={**spec.profile, "peers": peers})
    return {**actors, "em-2": actors["em"]}


class Bare:
    """Ten containers on two networks, each with a volume, as anybody would start and remove them."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._labels: dict[str, str] = {}
        self._networks: list[Any] = []
        self._containers: list[Any] = []

    def up(self) -> None:
        run = f"bare-{secrets.token_hex(4)}"
        self._labels = docker_engine.labels(run)
        how = {"labels": self._labels, "internal": True, "options": ALONE}
        self._networks = [self._client.networks.create(f"{run}-{kind}", **how) for kind in NETWORKS]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            self._containers = list(pool.map(self._run, [f"{run}-{number}" for number in range(10)]))

    def down(self) -> None:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda one: one.remove(force=True, v=True), self._containers))
            list(pool.map(lambda one: self._client.volumes.get(one.name).remove(), self._containers))
        for network in self._networks:
            network.remove()

    def _run(self, name: str) -> Any:
        first, second = self._networks
        kept = {"labels": self._labels, "mounts": [docker_engine.volume(name, "/state", self._labels)]}
        one = self._client.containers.create(
            IMAGE, ["-c", SERVE], entrypoint=["python3"], name=name, network=first.name, **kept, **LIMITS, **LOCKED
        )
        second.connect(one)
        one.start()
        one.reload()
        _await_port(one.attrs["NetworkSettings"]["Networks"][first.name]["IPAddress"])
        return one


def _await_port(address: str) -> None:
    pause = Event()
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex((address, 8000)) == 0:
                return
        pause.wait(0.05)
    raise TimeoutError(f"{address}:8000 did not answer within 30 s")
