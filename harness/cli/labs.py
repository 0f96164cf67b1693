"""Opening a lab for a command: its errors are the user's to mend, so they are said as such."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from harness.cli.failures import Broken, WrongUse

if TYPE_CHECKING:
    from mocks.lab.lab import Lab

TRANSPORTS = ("direct", "sockets")
BACKENDS = ("embedded", "processes", "docker")


def transport_of(transport: str | None, backend: str) -> str:
    """The transport to use; raises WrongUse where the backend cannot have the one asked for."""
    if backend == "embedded":
        return transport or "direct"
    if transport == "direct":
        raise WrongUse(
            f"--transport direct: with --backend {backend} the actors are processes of their own",
            hint="leave --transport out",
        )
    return "sockets"


def check_topology(file: Path | None) -> None:
    """Refuse a topology file that no lab can be made of, with all that is wrong with it."""
    from mocks.lab import topology

    if file is not None:
        try:
            topology.load(file)
        except topology.TopologyError as error:
            raise WrongUse(str(error)) from None


def check_backend(backend: str) -> None:
    """Refuse a backend that cannot be had here, before anything is begun."""
    if backend != "docker":
        return
    from mocks.lab import docker_engine
    from mocks.lab.errors import EngineError

    try:
        with closing(docker_engine.connect()) as client:
            docker_engine.check_image(client)
    except EngineError as error:
        raise Broken(str(error)) from None


@contextmanager
def opened(file: Path | None, transport: str | None, backend: str = "embedded") -> Iterator[Lab]:
    """A running lab, closed at the end whatever happens; None stands for the topology it comes with."""
    from mocks.lab.errors import LabError, PortTaken
    from mocks.lab.lab import open_lab

    check_topology(file)
    try:
        with open_lab(file, transport_of(transport, backend), backend) as lab:
            yield lab
    except PortTaken as error:
        raise WrongUse(f"{file or 'the topology'}: {error}") from None
    except LabError as error:
        raise Broken(f"the lab broke: {error}") from error
