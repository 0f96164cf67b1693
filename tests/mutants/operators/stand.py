"""The benches of one process: labs whose actors can each be made wrong, kept from run to run; subjects come and go."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yaml

from harness import fallback
from harness.smm import create, decide
from harness.smm.reading import progress
from mocks.lab.topology import DEFAULT
from steps.bench import Bench
from steps.settings import REFERENCE, Settings
from tests.mutants.operators.entity import TAMPERING, Tampered
from tests.mutants.operators.scenarios import Scenario, run

if TYPE_CHECKING:
    from harness.smm.decide import Action
    from harness.smm.journal import Journal
    from harness.smm.plans import Plan
    from harness.sut import Factory
    from harness.sut.surroundings import Surroundings
    from steps.records import Record

MEMORY = Path("/dev/shm")
TAMPERED = f"{Tampered.__module__}:{Tampered.__name__}"

Profiles = Mapping[str, Mapping[str, Any]]


def _noticing(surroundings: Surroundings) -> Any:
    """The reference SMM; how far its process is, is noticed."""
    return create(surroundings, decide=_noticed)


def _noticed(plan: Plan, journal: Journal) -> Action:
    Tampered.section = progress(plan, journal).section
    return decide(plan, journal)


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
    """Runs scenarios one after the other in this process, each in a lab of the topology that it needs."""

    def __init__(self, entity: str, scratch: Path) -> None:
        self.settings = Settings("direct", frozenset({entity}), REFERENCE, None, scratch, None)
        self._stands: dict[str | None, Stand] = {}

    def run(
        self,
        scenario: Scenario,
        subject: Factory = _noticing,
        wrong: Profiles = MappingProxyType({}),
        manager: Factory = fallback.create,
    ) -> Record:
        """One scenario with this subject and this Fallback Manager, and with these actors wrong."""

        def bench(topology: str | None) -> Stand:
            stand = self._stand(topology)
            stand.tell(subject, manager, {name: {TAMPERING: told} for name, told in wrong.items()})
            return stand

        Tampered.acted, Tampered.section = False, ""
        return run(scenario, self.settings, bench)

    def types(self, topology: str | None) -> Mapping[str, str]:
        """The types of the mocks in the lab of a topology, by name; None for the lab as it comes."""
        lab = self._stand(topology).lab
        return {name: lab.actors[name].type for name in lab.topology.actors}

    def close(self) -> None:
        for stand in self._stands.values():
            stand.close()

    def _stand(self, topology: str | None) -> Stand:
        if topology not in self._stands:
            written = _topology(self.settings.out, topology)
            self._stands[topology] = Stand(replace(self.settings, topology=written))
        return self._stands[topology]


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


def _topology(scratch: Path, name: str | None) -> Path:
    """One of the lab's own topologies, where every actor can be made wrong."""
    own = DEFAULT.with_name(f"{name}.topology.yaml") if name else DEFAULT
    described = yaml.safe_load(own.read_text(encoding="utf-8"))
    for actor in described["actors"].values():
        actor["replace"] = [TAMPERED]
    written = scratch / f"operators-{name}.topology.yaml"
    written.write_text(yaml.safe_dump(described), encoding="utf-8")
    return written
