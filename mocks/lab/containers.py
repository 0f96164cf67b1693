"""Nodes as containers of a Docker engine: networks of their own, no rights, and faults that are real.

Two networks for each lab: over the reference network the actors talk (through the lab's proxies on its gateway
address), over the management network the lab hears and steers its nodes. A partition takes the first and leaves the
second. All that is made carries the label `manolab=<run>`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from mocks.faults.effects import PLAYED
from mocks.lab import disks, docker_engine, links
from mocks.lab.docker_engine import LABEL, said_plainly
from mocks.lab.engine import NODE_PORT, READY_WITHIN, REAL, SECRET, SETTINGS, NodeSettings
from mocks.lab.image import IMAGE
from mocks.lab.links import Impairment, Way
from mocks.lab.memory import DISK
from mocks.lab.topology import Limits, Topology

NETWORKS = ("reference", "management")
STATE = "/state"
AT_ONCE = 4
"""So many containers are started or removed side by side."""


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
        self._gateways: dict[str, str] = {}
        self._names: list[str] = []
        self._told: dict[str, int] = {}
        self._bad_links: dict[str, Way] = {}
        self._pool = ThreadPoolExecutor(AT_ONCE, "manolab-docker")

    @property
    def collector_host(self) -> str:
        return self._gateways["management"]

    def prepare(self) -> str:
        client = docker_engine.connect()
        docker_engine.check_image(client)
        self._api = client.api
        try:
            with said_plainly("make the lab's networks", self.run):
                for kind in NETWORKS:
                    self._gateways[kind] = self._make_network(kind)
        except BaseException:
            self.close()
            raise
        return self._gateways["reference"]

    def launch(self, nodes: Sequence[NodeSettings], secret: str) -> None:
        self._names += [node.name for node in nodes]
        with said_plainly("start the lab's containers", self.run):
            self._start_keeper()
            self._side_by_side(lambda node: self._launch(node, secret), nodes)

    def present(self) -> Mapping[str, int]:
        return {}

    def urls(self, name: str, port: int) -> tuple[str, str]:
        networks = self._api.inspect_container(self._container(name))["NetworkSettings"]["Networks"]
        reference, management = (networks.get(self._network(kind), {}).get("IPAddress") for kind in NETWORKS)
        return f"http://{reference}:{port}", f"http://{management}:{port}"

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
            self._api.disconnect_container_from_network(self._container(name), self._network("reference"), force=True)

    def rejoin(self, name: str) -> None:
        with said_plainly(f"connect {name} again", self.run):
            self._api.connect_container_to_network(self._container(name), self._network("reference"))

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
        try:
            if self._api is not None:
                docker_engine.remove(self._api, self.run, self._side_by_side)
        finally:
            self._pool.shutdown()
            if self._api is not None:
                self._api.close()

    def _make_network(self, kind: str) -> str:
        name = self._network(kind)
        # the containers reach the lab on the gateway, and neither each other nor the world
        options = {"com.docker.network.bridge.enable_icc": "false"}
        self._api.create_network(name, "bridge", options=options, internal=True, labels={LABEL: self.run})
        return str(self._api.inspect_network(name)["IPAM"]["Config"][0]["Gateway"])

    def _launch(self, node: NodeSettings, secret: str) -> None:
        name, labels = self._container(node.name), {LABEL: self.run, "manolab.actor": node.name}
        told = replace(node, host="0.0.0.0", port=NODE_PORT, folder=STATE)  # noqa: S104 - of its own network namespace
        limits = self._limits.get(node.name, Limits())
        host = self._api.create_host_config(
            network_mode=self._network("management"),
            read_only=True,
            cap_drop=["ALL"],
            security_opt=["no-new-privileges"],
            mem_limit=limits.memory_mib * 1024**2,
            nano_cpus=int(limits.cpus * 1_000_000_000),
            pids_limit=limits.processes,
            mounts=[docker_engine.volume(f"{name}-state", STATE, labels), *self._disk(node.name, labels)],
            log_config={"type": "json-file", "config": {"max-size": "10m"}},
        )
        self._api.create_container(
            IMAGE,
            [node.module],
            name=name,
            hostname=node.name,
            environment={SETTINGS: told.text(), SECRET: secret},
            labels=labels,
            host_config=host,
        )
        self._api.connect_container_to_network(name, self._network("reference"))
        self._api.start(name)

    def _disk(self, name: str, labels: Mapping[str, str]) -> list[Any]:
        size = self._limits.get(name, Limits()).disk_mib
        return [disks.volume(f"{self._container(name)}-disk", f"{STATE}/{DISK}", size, labels)] if size else []

    def _start_keeper(self) -> None:
        sizes = {name: limits.disk_mib for name, limits in self._limits.items() if limits.disk_mib}
        if sizes:
            kept = {name: (f"{self._container(name)}-disk", size) for name, size in sizes.items()}
            disks.start_keeper(self._api, IMAGE, self._keeper, kept, {LABEL: self.run})

    @property
    def _keeper(self) -> str:
        return f"manolab-{self.run}.keeper"  # no actor's name has a dot

    def _state(self, name: str) -> Mapping[str, Any]:
        state: Mapping[str, Any] = self._api.inspect_container(self._container(name))["State"]
        return state

    def _side_by_side(self, work: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
        return list(self._pool.map(work, items))

    def _container(self, name: str) -> str:
        return f"manolab-{self.run}-{name}"

    def _network(self, kind: str) -> str:
        return f"manolab-{self.run}-{kind}"
