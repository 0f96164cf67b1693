"""How a lab and its containers reach each other: on one machine, or with the engine on another one.

On one machine the lab listens on the gateway addresses of two internal networks, and containers reach nothing else. To
another machine no gateway leads. There the reference network is a usual one: nodes reach the lab at an address of this
machine, and their ports are published on the engine's. Taking that network away takes both, so a partition is as real
as here. The management network stays internal; on it stands a relay (relay.py), through which the lab steers its nodes
and hears of them.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import urlsplit

from mocks.lab.engine import NODE_PORT
from mocks.lab.errors import EngineError

REFERENCE, MANAGEMENT = NETWORKS = ("reference", "management")
ADDRESS = "MANOLAB_ADDRESS"
"""The variable with the address of this machine at which the engine's machine reaches it, where that is not found."""

ENGINE_ADDRESS = "MANOLAB_ENGINE_ADDRESS"
"""The variable with the address on which the engine's machine publishes ports, where it is called by another one."""

RELAY = "relay.lab"
"""The relay's name; no actor can have it."""

LAB_PORT = 9000
"""Where the relay listens for what goes to the lab's collector; the ports after it lead to the nodes."""

PORTS = {"http": 80, "https": 443, "ssh": 22, "tcp": 2375}
ALONE = {"com.docker.network.bridge.enable_icc": "false"}
Routes = dict[int, tuple[str, int]]


class Reach(Protocol):
    """Where things listen, and how the other side gets there."""

    def network(self, kind: str) -> Mapping[str, Any]:
        """How to make a network."""
        ...

    def lab_address(self, gateway: str) -> str:
        """The address of this machine to listen on, given the gateway of the network to be reached from."""
        ...

    def collector(self, url: str) -> str:
        """The URL of the collector as nodes see it."""
        ...

    def published(self) -> Mapping[int, Any]:
        """The ports of a node that the engine's machine publishes."""
        ...

    def routes(self, names: Sequence[str], collector: str) -> Routes:
        """What a relay has to forward for these nodes; without any there is no relay."""
        ...

    def relayed(self, routes: Routes) -> Mapping[int, Any]:
        """The ports of the relay of these routes that the engine's machine publishes."""
        ...

    def urls(self, name: str, node: Mapping[str, Any], relay: Mapping[str, Any], port: int) -> tuple[str, str]:
        """The reference and the management URL of a node, from the network settings of it and of the relay."""
        ...


class Near:
    """The engine is on this machine."""

    def __init__(self, run: str) -> None:
        self._run = run

    def network(self, kind: str) -> Mapping[str, Any]:  # noqa: ARG002 - both are alike
        # the containers reach the lab on the gateway, and neither each other nor the world
        return {"internal": True, "options": ALONE}

    def lab_address(self, gateway: str) -> str:
        return gateway

    def collector(self, url: str) -> str:
        return url

    def published(self) -> Mapping[int, Any]:
        return {}

    def routes(self, names: Sequence[str], collector: str) -> Routes:  # noqa: ARG002 - all have a way already
        return {}

    def relayed(self, routes: Routes) -> Mapping[int, Any]:  # noqa: ARG002 - there is no relay
        return {}

    def urls(self, name: str, node: Mapping[str, Any], relay: Mapping[str, Any], port: int) -> tuple[str, str]:  # noqa: ARG002
        known = [node["Networks"].get(f"manolab-{self._run}-{kind}", {}).get("IPAddress") for kind in NETWORKS]
        return f"http://{known[0]}:{port}", f"http://{known[1]}:{port}"


class Far:
    """The engine is on another machine: `here` is an address of ours that it reaches, `there` one of its own."""

    def __init__(self, here: str, there: str) -> None:
        self._here = here
        self._there = there
        self._doors: dict[str, int] = {}

    def network(self, kind: str) -> Mapping[str, Any]:
        return {"internal": False, "options": ALONE} if kind == REFERENCE else {"internal": True}

    def lab_address(self, gateway: str) -> str:  # noqa: ARG002 - it leads nowhere from here
        return self._here

    def collector(self, url: str) -> str:  # noqa: ARG002 - the relay knows it
        return f"http://{alias(RELAY)}:{LAB_PORT}"

    def published(self) -> Mapping[int, Any]:
        return {NODE_PORT: (self._there,)}

    def routes(self, names: Sequence[str], collector: str) -> Routes:
        free = LAB_PORT + 1 + len(self._doors)
        self._doors |= {name: free + number for number, name in enumerate(names)}
        to_nodes: Routes = {self._doors[name]: (alias(name), NODE_PORT) for name in names}
        lab = urlsplit(collector)
        return {LAB_PORT: (str(lab.hostname), int(lab.port or 0)), **to_nodes}

    def relayed(self, routes: Routes) -> Mapping[int, Any]:
        return {door: (self._there,) for door in routes if door != LAB_PORT}

    def urls(self, name: str, node: Mapping[str, Any], relay: Mapping[str, Any], port: int) -> tuple[str, str]:
        doors = (node, port), (relay, self._doors[name])
        reference, management = (_host_port(settings["Ports"], inner) for settings, inner in doors)
        return f"http://{self._there}:{reference}", f"http://{self._there}:{management}"


def alias(name: str) -> str:
    """A container's name on the management network only: its own name is known on both."""
    return f"{name}.management"


def reach_of(endpoint: str, run: str) -> Reach:
    """The reach of an engine by its URL; raises EngineError for a machine that is not known."""
    told = os.environ.get(ADDRESS, "")
    parts = urlsplit(endpoint)
    host = parts.hostname if parts.scheme in PORTS else None
    try:
        there = socket.gethostbyname(host) if host else "127.0.0.1"
        if not told and _is_ours(there):
            return Near(run)
        here = told or _facing(there, parts.port or PORTS[parts.scheme])
    except OSError as error:
        raise EngineError(
            f"no address of this machine leads to the engine at {endpoint}: {error.strerror}\n  "
            f"set {ADDRESS} to the one at which the engine's machine reaches this one"
        ) from None
    return Far(here, os.environ.get(ENGINE_ADDRESS) or there)


def _is_ours(address: str) -> bool:
    """Whether an address is this machine's: only then can it be listened on."""
    with socket.socket() as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True


def _facing(address: str, port: int) -> str:
    """Our own address on the way to another; nothing is sent for it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((address, port))
        return str(probe.getsockname()[0])


def _host_port(ports: Mapping[str, Any], inner: int) -> str:
    bound = ports.get(f"{inner}/tcp") or [{"HostPort": "0"}]  # nobody listens there while a node is cut off
    return str(bound[0]["HostPort"])
