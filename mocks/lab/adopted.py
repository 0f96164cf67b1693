"""Nodes that somebody else launches: docker-compose, Kubernetes. The lab waits for them and stands between them.

To kill, pause or cut off such a node is not in the lab's power: the node plays those faults itself, and of one that is
no mock they are refused.
"""

from __future__ import annotations

import http.client
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from mocks.lab.engine import NodeSettings, Playing
from mocks.lab.errors import EngineError
from mocks.lab.health import HEALTH

EVERYWHERE = "0.0.0.0"  # noqa: S104 - of a network namespace that is the lab's own
COLLECTOR_PORT = 8001
KNOCK_WITHIN = 1.0


@dataclass(frozen=True)
class Addresses:
    """Where nodes are: URLs with `{name}` in them, for the actors and for the lab."""

    reference: str
    management: str


class AdoptedEngine(Playing):
    """What others run, as the lab sees it."""

    name = "adopted"
    collector_host = EVERYWHERE
    collector_port = COLLECTOR_PORT
    real: frozenset[str] = frozenset()
    ready_within = 300.0

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._asked_for: list[str] = []

    def prepare(self) -> str:
        return EVERYWHERE

    def launch(self, nodes: Sequence[NodeSettings], secret: str) -> None:  # noqa: ARG002 - they were told it
        """Somebody else does, has done, or will."""
        self._asked_for = [node.name for node in nodes]

    def present(self) -> Mapping[str, int]:
        """Who outlived a lab that was there before this one has reported to that one."""
        found = {name: urlsplit(self._addresses.management.format(name=name)) for name in self._asked_for}
        return {name: url.port or 80 for name, url in found.items() if _answers(url.hostname or "", url.port or 80)}

    def urls(self, name: str, port: int) -> tuple[str, str]:  # noqa: ARG002 - the port is part of what was agreed
        return self._addresses.reference.format(name=name), self._addresses.management.format(name=name)

    def kill(self, name: str) -> None:
        raise _refusal(name, "kill")

    def revive(self, name: str) -> None:
        raise _refusal(name, "start")

    def pause(self, name: str) -> None:
        raise _refusal(name, "pause")

    def resume(self, name: str) -> None:
        raise _refusal(name, "resume")

    def isolate(self, name: str) -> None:
        raise _refusal(name, "cut off")

    def rejoin(self, name: str) -> None:
        raise _refusal(name, "connect")

    def ended(self, names: Sequence[str]) -> list[str]:  # noqa: ARG002 - who runs them starts them again
        return []

    def words(self, name: str) -> str:
        return f"its log is with whoever runs it: docker-compose logs {name}, kubectl logs deployment/{name}"

    def collect(self, folder: Path) -> None:
        """Logs are kept by whoever runs the nodes."""

    def close(self) -> None:
        """Who runs the nodes ends them."""


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=KNOCK_WITHIN)
    try:
        connection.request("GET", HEALTH)
        return connection.getresponse().status == 204
    except OSError:
        return False
    finally:
        connection.close()


def _refusal(name: str, what: str) -> EngineError:
    return EngineError(f"the lab cannot {what} {name}: somebody else runs it; use docker-compose or kubectl for that")
