"""How the suite is to be run: one frozen object, read once from pytest's options."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

REFERENCE = "reference:"
TRANSPORTS = ("direct", "sockets")
BACKENDS = ("embedded", "processes", "docker")


@dataclass(frozen=True)
class Settings:
    """`out` is the folder of the run's records, `replay` one of an earlier run to judge again."""

    transport: str
    entities: frozenset[str]
    subject: str
    topology: Path | None
    out: Path
    replay: Path | None
    backend: str = "embedded"
    fallback_manager: str = REFERENCE


def add_options(parser: pytest.Parser) -> None:
    """The options of the conformance suite."""
    group = parser.getgroup("manolab", "NFV-MANO software modification, judged")
    group.addoption("--transport", choices=TRANSPORTS, default=None, help="how the actors reach each other")
    group.addoption("--backend", choices=BACKENDS, default="embedded", help="where the mocks live")
    group.addoption("--entity", action="append", default=[], help="only scenarios with this target (repeatable)")
    group.addoption(
        "--subject", default=REFERENCE, help="the SMM under test: reference:, http:URL, adapter:module:name"
    )
    group.addoption(
        "--fallback-manager", default=REFERENCE, help="the Fallback Manager under test: reference:, adapter:m:name"
    )
    group.addoption("--topology", default=None, help="the lab's topology file (default: the lab as it comes)")
    group.addoption("--out", default="out", help="folder for histories and findings")
    group.addoption("--replay", default=None, help="folder of an earlier run: judge it again, start no lab")


def read(config: pytest.Config) -> Settings:
    """The settings that the options say."""
    topology, replay = config.getoption("--topology"), config.getoption("--replay")
    backend = config.getoption("--backend")
    return Settings(
        transport=config.getoption("--transport") or ("direct" if backend == "embedded" else "sockets"),
        entities=frozenset(config.getoption("--entity")),
        subject=config.getoption("--subject"),
        topology=Path(topology) if topology else None,
        out=Path(config.getoption("--out")),
        replay=Path(replay) if replay else None,
        backend=backend,
        fallback_manager=config.getoption("--fallback-manager"),
    )
