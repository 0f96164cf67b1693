"""How a handler finds the entity it speaks for: at each request anew, because the app outlives it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from mocks.entities.core import Core
from mocks.entities.errors import NotFound

Slot = Callable[[], Core]
"""Gives the Core of this moment: a fresh lab is a fresh Core behind the same Flask app. Never keep what it gives."""

Power = TypeVar("Power")


def serving(slot: Slot, cls: type[Power]) -> Callable[[], Power]:
    """A function that gives this power of the present entity; it raises NotFound when the entity lacks it."""

    def power() -> Power:
        core = slot()
        found = core.power(cls)
        if found is None:
            raise NotFound(f"{core.name} ({core.type}) has no {cls.__name__}")
        return found

    return power
