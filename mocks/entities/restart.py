"""What an entity does when its process runs again after a crash (note 3 of table 5.2.2.5-1)."""

from __future__ import annotations

from mocks.entities.core import Core
from mocks.entities.interruption import Interruptible, powers_offering


def restarted(core: Core) -> None:
    """End what was under way as failed: the work on it was lost with the process, and whoever waits is told.

    Runs on the clock. What the entity had decided and done is there: from memory, or revived from a snapshot.
    """
    for _, power in powers_offering(core, Interruptible):
        power.interrupt(f"{core.name} crashed, and was started again")
