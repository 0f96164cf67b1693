"""A lab as a docker-compose file (Compose Specification; read by docker-compose 1.27 and newer, and docker compose)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mocks.lab.adopted import Addresses
from mocks.lab.engine import NODE_PORT
from mocks.lab.export.parts import FIRST_PORT, STATE, Naming, Part, parts
from mocks.lab.export.text import dumped
from mocks.lab.topology import Topology

REFERENCE, MANAGEMENT, PUBLISHED = "reference", "management", "published"
NAMING = Naming(
    Addresses(f"http://{{name}}.{REFERENCE}:{NODE_PORT}", f"http://{{name}}.{MANAGEMENT}:{NODE_PORT}"),
    lab=f"lab.{REFERENCE}",
    collector=f"lab.{MANAGEMENT}",
)
HEADER = """\
A lab of manolab for docker-compose, made by `manolab lab export --compose`.

    export MANOLAB_SECRET=$(openssl rand -hex 32) MANOLAB_SMM_KEY=$(openssl rand -hex 32)    # or put them into .env
    docker-compose up -d
    docker-compose exec lab python3 -m mocks.lab.access observer       # an access token for the ports below
    docker-compose exec lab cat /state/1/history.jsonl
    docker-compose down -v

Every actor is reached through the lab, which records; nodes know the lab's addresses only. A pause, a kill or a cut is
yours to make (docker-compose pause vnfm); faults that are armed at the control API are played by the mocks.\
"""


def compose_file(topology: Topology, image: str, first_port: int = FIRST_PORT) -> str:
    """The text of the file; raises LabError when the topology has an actor whose name the lab needs."""
    found = parts(topology, NAMING, first_port)
    return dumped(
        HEADER,
        {
            "services": {part.name: _service(part, image, found) for part in found},
            "networks": {
                REFERENCE: {"internal": True},
                MANAGEMENT: {"internal": True},
                PUBLISHED: {},  # an internal network publishes no ports
            },
            "volumes": {f"{part.name}-state": {} for part in found},
        },
    )


def _service(part: Part, image: str, everybody: Sequence[Part]) -> dict[str, Any]:
    networks = {kind: {"aliases": [f"{part.name}.{kind}"]} for kind in (REFERENCE, MANAGEMENT)}
    secrets = {
        name: f"${{{value}:?set {value} to a secret of yours, here or in .env}}" for name, value in part.secrets.items()
    }
    service: dict[str, Any] = {
        "image": image,
        "command": [part.module],
        "hostname": part.name,
        "environment": {name: value.replace("$", "$$") for name, value in part.environment.items()} | secrets,
        "user": "65532:65532",
        "read_only": True,
        "cap_drop": ["ALL"],
        "security_opt": ["no-new-privileges:true"],
        "cpus": part.limits.cpus,
        "mem_limit": f"{part.limits.memory_mib}m",
        "pids_limit": part.limits.processes,
        "volumes": [f"{part.name}-state:{STATE}"],
        "networks": networks,
        "restart": "on-failure",
        "healthcheck": {
            "test": ["CMD", "python3", "-m", "mocks.lab.health"],
            "interval": "5s",
            "timeout": "5s",
            "retries": 12,
        },
        "logging": {"driver": "json-file", "options": {"max-size": "10m"}},
    }
    if part.is_lab:
        # so it is the first to be stopped, and can complete the history while its nodes are there to be asked
        service["depends_on"] = [one.name for one in everybody if not one.is_lab]
        service["networks"] = {**networks, PUBLISHED: {}}
        service["ports"] = [f"127.0.0.1:{port}:{port}" for port in part.ports.values()]
    return service
