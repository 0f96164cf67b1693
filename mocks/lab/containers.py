"""Nodes as containers of a Docker engine: networks of their own, no rights, and faults that are real.

Two networks for each lab: over the reference network the actors talk (through the lab's proxies), over the management
network the lab hears and steers its nodes. A partition takes the first and leaves the second. How the lab and its nodes
reach each other is the reach's affair (reach.py). All that is made carries the label `manolab=<run>`.
"""

from __future__ import annotations

import json
import secrets
import socket
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from mocks.faults.effects import PLAYED
from mocks.lab import disks, docker_engine, links, reach, relay
from mocks.lab.docker_client import endpoint
from mocks.lab.docker_engine import ACTOR, said_plainly
from mocks.lab.engine import NODE_PORT, READY_WITHIN, REAL, SECRET, SETTINGS, NodeSettings
from mocks.lab.errors import EngineError
from mocks.lab.image import IMAGE
from mocks.lab.links import Impairment, Way
from mocks.lab.memory import DISK
from mocks.lab.reach import MANAGEMENT, NETWORKS, REFERENCE, RELAY, Reach, Routes
from mocks.lab.topology import Limits, Topology

STATE = "/state"
RELAY_LIMITS = Limits(cpus=1, memory_mib=64, processes=16)
AT_ONCE = docker_engine.AT_ONCE
LOOK = 0.25
"""Real seconds between two looks at a relay that has not called: it may have ended with an error."""

NO_CHECK = {"test": ["NONE"]}
"""The image's health check is that of nodes."""


class DockerEngine:
    """The containers of one lab."""

    name = "docker"
    collector_port = 0
    real = REAL
    ready_within = READY_WITHIN

    def __init__(self, topology: Topology) -> None:
        self._limits: Mapping[str, Limits] = {name: spec.limits for name, spec in topology.actors.items()}
        self.run = secrets.token_hex(4)
        self._api: Any = None
        self._reach: Reach = reach.Near(self.run)
        self._labels = docker_engine.labels(self.run)
        self._gateways: dict[str, str] = {}
        self._names: list[str] = []
        self._told: dict[str, int] = {}
        self._bad_links: dict[str, Way] = {}
        self._relays: dict[str, Mapping[str, Any]] = {}

    @property
    def collector_host(self) -> str:
        return self._reach.lab_address(self._gateways[MANAGEMENT])

    def prepare(self) -> str:
        client = docker_engine.connect()
        docker_engine.check_image(client)
        self._api = client.api
        try:
            self._reach = reach.reach_of(endpoint(), self.run)
            with said_plainly("make the lab's networks", self.run):
                for kind in NETWORKS:
                    self._gateways[kind] = self._make_network(kind)
        except BaseException:
            self.close()
            raise
        return self._reach.lab_address(self._gateways[REFERENCE])

    def launch(self, nodes: Sequence[NodeSettings], secret: str) -> None:
        first, names = not self._names, [node.name for node in nodes]
        self._names += names
        with said_plainly("start the lab's containers", self.run):
            if first:
                self._start_keeper()
            if nodes and (routes := self._reach.routes(names, nodes[0].collector)):
                self._launch_relay(routes, names)
            self._side_by_side(lambda node: self._launch(node, secret), nodes)

    def present(self) -> Mapping[str, int]:
        return {}

    def urls(self, name: str, port: int) -> tuple[str, str]:
        with said_plainly(f"find {name}", self.run):
            node = self._api.inspect_container(self._container(name))["NetworkSettings"]
        return self._reach.urls(name, node, self._relays.get(name, {}), port)

    def kill(self, name: str) -> None:
        with said_plainly(f"kill {name}", self.run):
            self._api.kill(self._container(name), "SIGKILL")
            self._api.wait(self._container(name))

    def revive(self, name: str) -> None:
        with said_plainly(f"start {name} again", self.run):
            self._api.start(self._container(name))

    def pause(self, name: str) -> None:
        with said_plainly(f"pause {name}", self.run):
            self._api.pause(self._container(name))

    def resume(self, name: str) -> None:
        with said_plainly(f"resume {name}", self.run):
            self._api.unpause(self._container(name))

    def isolate(self, name: str) -> None:
        with said_plainly(f"cut {name} off", self.run):
            self._api.disconnect_container_from_network(self._container(name), self._network(REFERENCE), force=True)

    def rejoin(self, name: str) -> None:
        with said_plainly(f"connect {name} again", self.run):
            self._api.connect_container_to_network(self._container(name), self._network(REFERENCE))

    def impair(self, name: str, impairment: Impairment) -> str:
        with said_plainly(f"look at {name}", self.run):
            facts = self._api.inspect_container(self._container(name))
        reference = facts["NetworkSettings"]["Networks"].get(self._network("reference"), {})
        run = partial(links.in_namespace_of, facts["State"]["Pid"])
        way = links.impaired(run, reference.get("MacAddress", ""), impairment)
        if way is None:
            return PLAYED
        self._bad_links[name] = way
        return way.name

    def mend(self, name: str) -> None:
        way = self._bad_links.pop(name, None)
        if way:
            links.in_namespace_of(self._state(name)["Pid"], way.end)

    def fill(self, name: str) -> str:
        if not self._limits.get(name, Limits()).disk_mib:
            return PLAYED
        with said_plainly(f"fill the disk of {name}", self.run):
            return "tmpfs" if disks.run(self._api, self._keeper, disks.FILL, name) else PLAYED

    def empty(self, name: str) -> None:
        with said_plainly(f"make room on the disk of {name}", self.run):
            disks.run(self._api, self._keeper, disks.EMPTY, name)

    def ended(self, names: Sequence[str]) -> list[str]:
        with said_plainly("look at the lab's containers", self.run):
            return [name for name in names if not self._state(name)["Running"]]

    def words(self, name: str) -> str:
        with said_plainly(f"read the log of {name}", self.run):
            log: bytes = self._api.logs(self._container(name))
        return log.decode(errors="replace")

    def collect(self, folder: Path) -> None:
        for name, words in zip(self._names, self._side_by_side(self.words, self._names), strict=True):
            told = self._told.get(name, 0)
            if len(words) > told:
                (folder / "logs").mkdir(parents=True, exist_ok=True)
                (folder / "logs" / f"{name}.log").write_text(words[told:], encoding="utf-8")
                self._told[name] = len(words)

    def close(self) -> None:
        """Remove all that carries this lab's label; raises LabError with the command that cleans what is left."""
        api, self._api = self._api, None
        if api is None:
            return
        try:
            docker_engine.remove(api, self.run)
        finally:
            api.close()

    def _make_network(self, kind: str) -> str:
        name = self._network(kind)
        self._api.create_network(name, "bridge", labels=self._labels, check_duplicate=True, **self._reach.network(kind))
        return str(self._api.inspect_network(name)["IPAM"]["Config"][0]["Gateway"])

    def _launch(self, node: NodeSettings, secret: str) -> None:
        told = replace(
            node,
            host="0.0.0.0",  # noqa: S104 - of its own network namespace
            port=NODE_PORT,
            folder=STATE,
            collector=self._reach.collector(node.collector),
        )
        self._start(
            node.name,
            self._limits.get(node.name, Limits()),
            {SETTINGS: told.text(), SECRET: secret},
            self._reach.published(),
            mounts=[
                docker_engine.volume(f"{self._container(node.name)}-state", STATE, self._labels),
                *self._disk(node.name, self._labels),
            ],
            command=[node.module],
        )

    def _launch_relay(self, routes: Routes, names: Sequence[str]) -> None:
        """Start a relay for these nodes and wait until it calls; raises EngineError when it does not reach the lab."""
        relays = {id(settings) for settings in self._relays.values()}
        actor = f"{len(relays) + 1}.{RELAY}" if relays else RELAY
        host, _ = routes[reach.LAB_PORT]
        with socket.create_server((host, 0)) as ear:
            told = {relay.ROUTES: json.dumps(routes), relay.CALL: json.dumps(ear.getsockname())}
            how: dict[str, Any] = {"command": ["mocks.lab.relay"], "healthcheck": NO_CHECK}
            name = self._start(actor, RELAY_LIMITS, told, self._reach.relayed(routes), **how)
            ear.settimeout(LOOK)
            while not _heard(ear):
                if self.ended([actor]):
                    said = self.words(actor).strip() or "the relay of the lab ended without a word"
                    raise EngineError(f"{said}\n  set {reach.ADDRESS} to an address that the engine's machine reaches")
        self._relays |= dict.fromkeys(names, self._api.inspect_container(name)["NetworkSettings"])

    def _start(
        self,
        actor: str,
        limits: Limits,
        environment: Mapping[str, str],
        published: Mapping[int, Any],
        mounts: Sequence[Any] = (),
        **more: Any,
    ) -> str:
        """Start a container without rights, on both networks; returns its name."""
        name, api = self._container(actor), self._api
        host = api.create_host_config(
            network_mode=self._network(MANAGEMENT),
            port_bindings=dict(published),
            read_only=True,
            cap_drop=["ALL"],
            security_opt=["no-new-privileges"],
            mem_limit=limits.memory_mib * 1024**2,
            nano_cpus=int(limits.cpus * 1_000_000_000),
            pids_limit=limits.processes,
            mounts=list(mounts),
            log_config={"type": "json-file", "config": {"max-size": "10m"}},
        )
        aliases = api.create_endpoint_config(aliases=[reach.alias(actor)])
        api.create_container(
            IMAGE,
            name=name,
            hostname=actor,
            environment=dict(environment),
            labels={**self._labels, ACTOR: actor},
            host_config=host,
            ports=list(published),
            networking_config=api.create_networking_config({self._network(MANAGEMENT): aliases}),
            **more,
        )
        api.connect_container_to_network(name, self._network(REFERENCE))
        api.start(name)
        return name

    def _disk(self, name: str, labels: Mapping[str, str]) -> list[Any]:
        size = self._limits.get(name, Limits()).disk_mib
        return [disks.volume(f"{self._container(name)}-disk", f"{STATE}/{DISK}", size, labels)] if size else []

    def _start_keeper(self) -> None:
        sizes = {name: limits.disk_mib for name, limits in self._limits.items() if limits.disk_mib}
        if sizes:
            kept = {name: (f"{self._container(name)}-disk", size) for name, size in sizes.items()}
            disks.start_keeper(self._api, IMAGE, self._keeper, kept, self._labels)

    @property
    def _keeper(self) -> str:
        return f"manolab-{self.run}.keeper"  # no actor's name has a dot

    def _state(self, name: str) -> Mapping[str, Any]:
        state: Mapping[str, Any] = self._api.inspect_container(self._container(name))["State"]
        return state

    def _side_by_side(self, work: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
        # A pool for each task: when the user interrupts, what has begun is over before anything is removed.
        with ThreadPoolExecutor(AT_ONCE, "manolab-docker") as pool:
            return list(pool.map(work, items))

    def _container(self, name: str) -> str:
        return f"manolab-{self.run}-{name}"

    def _network(self, kind: str) -> str:
        return f"manolab-{self.run}-{kind}"


def _heard(ear: socket.socket) -> bool:
    """Whether somebody called, waiting for it a while."""
    try:
        ear.accept()[0].close()
    except TimeoutError:
        return False
    return True
