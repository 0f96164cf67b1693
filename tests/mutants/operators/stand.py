"""The bench of one process: a lab whose actors can each be made wrong, kept from run to run; subjects come and go."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yaml

from harness import fallback
from harness.smm import create
from mocks.lab.topology import DEFAULT
from steps.bench import Bench
from steps.settings import REFERENCE, Settings
from tests.mutants.operators.entity import TAMPERING, Tampered
from tests.mutants.operators.scenarios import Scenario, run

if TYPE_CHECKING:
    from harness.sut import Factory
    from steps.records import Record

MEMORY = Path("/dev/shm")
TAMPERED = f"{Tampered.__module__}:{Tampered.__name__}"

Profiles = Mapping[str, Mapping[str, Any]]


class Stand(Bench):
    """A bench whose next subject, and whose actors' wrongs, are told before each run."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._wrong: Profiles = {}

    def tell(self, subject: Factory, manager: Factory, wrong: Profiles) -> None:
        """The subject, the Fallback Manager and the actors that are wrong from now on."""
        self._make = subject
        self._make_fallback = manager
        self._wrong = wrong

    def begin(self, folder: Path, scenario: Mapping[str, Any], profiles: Profiles) -> None:
        names = {*profiles, *self._wrong}
        merged = {name: {**profiles.get(name, {}), **self._wrong.get(name, {})} for name in names}
        super().begin(folder, scenario, merged)


class Runs:
    """Runs scenarios one after the other in this process."""

    def __init__(self, entity: str, scratch: Path) -> None:
        self.settings = Settings("direct", frozenset({entity}), REFERENCE, _topology(scratch), scratch, None)
        self._stand = Stand(self.settings)

    def run(
        self,
        scenario: Scenario,
        subject: Factory = create,
        wrong: Profiles = MappingProxyType({}),
        manager: Factory = fallback.create,
    ) -> Record:
        """One scenario with this subject and this Fallback Manager, and with these actors wrong."""
        self._stand.tell(subject, manager, {name: {TAMPERING: told} for name, told in wrong.items()})
        Tampered.acted = False
        return run(scenario, self.settings, lambda _topology: self._stand)

    def type_of(self, actor: str) -> str:
        return self._stand.lab.actors[actor].type

    @property
    def actors(self) -> list[str]:
        """The mocks there are."""
        return list(self._stand.lab.topology.actors)

    def close(self) -> None:
        self._stand.close()


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for records that nobody keeps: in memory, where the machine has such a place."""
    with tempfile.TemporaryDirectory(prefix="manolab-operators-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)


@contextmanager
def runs(entity: str) -> Iterator[Runs]:
    """Runs in this process alone."""
    with scratch() as folder:
        made = Runs(entity, folder)
        try:
            yield made
        finally:
            made.close()


def _topology(scratch: Path) -> Path:
    """The lab as it comes, where every actor can be made wrong."""
    described = yaml.safe_load(DEFAULT.read_text(encoding="utf-8"))
    for actor in described["actors"].values():
        actor["replace"] = [TAMPERED]
    written = scratch / "operators.topology.yaml"
    written.write_text(yaml.safe_dump(described), encoding="utf-8")
    return written
