"""The state of an entity as plain data, so that it outlives the process (note 1 of table 5.2.2.5-1).

A snapshot is what a killed process leaves behind: what was asked, decided and done. Who is revived from one answers as
before the end, takes part in everything again, and does not work on what was under way: that work is lost, as in a
crash, until somebody resumes it, ends it, or restores the entity from a restoration point.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from mocks.entities.core import Core
from mocks.entities.interruption import powers_offering
from mocks.entities.ports import Body


@runtime_checkable
class Persistent(Protocol):
    """A power with state that outlives the process."""

    def snapshot(self) -> Body:
        """All that it knows as plain data, to be written down before anything else happens."""
        ...

    def revive(self, snapshot: Body) -> None:
        """Know what the snapshot says, and nothing else; what it refers to in other powers may still be missing."""
        ...


def snapshot(core: Core) -> Body:
    """The entity as plain data (JSON).

    Powers come in the order they were given. An operation is in its own power's register before admission keeps it, and
    admission comes first: what it keeps is found in the snapshot even when requests come in meanwhile.
    """
    return {
        "softwareVersion": core.software_version,
        "profile": dict(core.profile),
        "identifiers": core.ids.snapshot(),
        "powers": {name: power.snapshot() for name, power in powers_offering(core, Persistent)},
    }


def revive(core: Core, snapshot: Body) -> None:
    """Make a fresh entity what the snapshot says; KeyError, TypeError or ValueError when it is of another kind."""
    powers = dict(powers_offering(core, Persistent))
    if strange := powers.keys() ^ snapshot["powers"].keys():
        raise ValueError(f"the entity and its state differ in {', '.join(sorted(strange))}")
    # First of all: powers look things up in the profile while they come back.
    core.profile = snapshot["profile"]
    core.software_version = snapshot["softwareVersion"]
    core.ids.revive(snapshot["identifiers"])
    for name, power in powers.items():
        power.revive(snapshot["powers"][name])
