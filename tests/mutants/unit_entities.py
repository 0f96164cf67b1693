"""Wrong entities that consist of redundancy units (clause 5.3.2); each docstring is the one lie."""

from __future__ import annotations

from mocks.entities.core import Core
from mocks.entities.interruption import Interruptible, powers_offering
from mocks.entities.ports import Body
from mocks.entities.redundancy_unit import RedundancyUnit
from mocks.entities.redundancy_units import RedundancyUnits, Work


class InstantiatesUnlocked(RedundancyUnits):
    """Lets everybody in to a new unit as soon as it is there."""

    def _add(self, unit: RedundancyUnit) -> None:
        for state in unit.interfaces.values():
            state.administrative.state = "UNLOCKED"
        super()._add(unit)


class LosesTheStateOfAStoppedUnit(RedundancyUnits):
    """Hands nothing over from a unit that stops, so that what it worked on is lost with it."""

    def synchronise(self, unit: RedundancyUnit, source: str | None) -> None:
        return

    def remove(self, unit: RedundancyUnit) -> None:
        for name, power in powers_offering(self._core, Interruptible):
            if "Lifecycle" in name:
                power.interrupt(f"redundancy unit {unit.id} is gone")
        super().remove(unit)


class ServesNobodyMeanwhile(RedundancyUnits):
    """Is down for everybody while one of its units leaves."""

    def serves(self, actor: str = "") -> bool:
        leaving = any(unit.operational == "STOPPING" for unit in self._units.all())
        return not leaving and super().serves(actor)


class ReportsTheNewestVersion(RedundancyUnits):
    """Reports the destination version as soon as one unit serves in it."""

    def _follow_version(self) -> None:
        units = self._units.all()
        if len({unit.software_version for unit in units}) > 1 and any(unit.replaces for unit in units):
            self._core.software_version = units[-1].software_version
        else:
            super()._follow_version()


class ShowsNoUnits(RedundancyUnits):
    """Says that it is composed of units, and shows none of them."""

    def list(self) -> list[Body]:
        return []


class HasAnIdleUnit(RedundancyUnits):
    """Has one unit that serves nobody, where it has several."""

    def __init__(self, core: Core) -> None:
        super().__init__(core)
        if len(self._units) > 1:
            for state in self._units.all()[-1].interfaces.values():
                state.operational.state = "STOPPED"


class MislabelsNewUnits(RedundancyUnits):
    """Shows the version of the entity for each of its units, whatever they run."""

    def _instantiation(self, unit: RedundancyUnit, asked: Body) -> Work:
        unit.software_version = self._core.software_version
        return super()._instantiation(unit, asked)
