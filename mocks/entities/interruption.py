"""What a power offers so that the entity can be stopped by force and set back (GR clause 5.9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol, runtime_checkable

from mocks.entities.core import Core
from mocks.entities.ports import Body


@runtime_checkable
class Restorable(Protocol):
    """A power with state that belongs into a restoration point: a part of its snapshot (persistence.py)."""

    def capture(self) -> Body:
        """The state as plain data, independent of what happens afterwards."""
        ...

    def restore(self, captured: Body) -> None:
        """Put the state back to what was captured; what came since is lost."""
        ...


@runtime_checkable
class Interruptible(Protocol):
    """A power with work in progress that ends when the entity is stopped by force."""

    def interrupt(self, reason: str) -> None:
        """End all work in progress as failed, for this reason; runs on the clock."""
        ...


@runtime_checkable
class Returning(Protocol):
    """A power that has to know that the entity is there again, whatever became of it before."""

    def restored(self) -> None: ...


@runtime_checkable
class CountsOnRestorationPoint(Protocol):
    """A power with work in progress that may need a restoration point."""

    def uses_restoration_point(self, id: str) -> bool: ...


@runtime_checkable
class Serving(Protocol):
    """A power without which the entity cannot serve anybody (its redundancy units)."""

    def serves(self, actor: str = "") -> bool:
        """Whether this actor (any, when it is unknown) is served now."""
        ...


def powers_offering(core: Core, protocol: type) -> Iterator[tuple[str, Any]]:
    """Each power of the entity that offers the protocol, once, with the name of its class."""
    for power in dict.fromkeys(core.powers.values()):
        if _offers(power, protocol):
            yield type(power).__name__, power


def _offers(power: object, protocol: type) -> bool:
    """Whether a power's class offers the protocol; to find out costs more than most of what is then asked of it."""
    key = type(power), protocol
    if key not in _OFFERS:
        _OFFERS[key] = isinstance(power, protocol)
    return _OFFERS[key]


_OFFERS: dict[tuple[type, type], bool] = {}
