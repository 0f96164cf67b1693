"""Amounts of virtualised resources, and pools they are taken from and given back to."""

from __future__ import annotations

from collections.abc import Mapping

from mocks.entities.errors import InsufficientResources

KINDS = ("vcpu", "memoryMiB", "storageGiB")

Amounts = Mapping[str, int]


def whole(amounts: Amounts) -> dict[str, int]:
    """All kinds of resources; what is left out counts as none."""
    return {kind: int(amounts.get(kind, 0)) for kind in KINDS}


def added(one: Amounts, other: Amounts) -> dict[str, int]:
    """Both together, kind by kind."""
    return {kind: one.get(kind, 0) + other.get(kind, 0) for kind in KINDS}


def lessened(one: Amounts, other: Amounts) -> dict[str, int]:
    """What is left of one without the other, kind by kind."""
    return {kind: one.get(kind, 0) - other.get(kind, 0) for kind in KINDS}


def said(amounts: Amounts) -> str:
    """The amounts in words, for messages."""
    return ", ".join(f"{amounts.get(kind, 0)} {kind}" for kind in KINDS)


class Pool:
    """So much there is, and who has how much of it; never more is given than there is.

    Not locked: its owner makes each change under a lock of its own.
    """

    def __init__(self, name: str, total: Amounts) -> None:
        self.name = name
        self.total = whole(total)
        self._taken: dict[str, dict[str, int]] = {}

    @property
    def used(self) -> dict[str, int]:
        used = whole({})
        for amounts in self._taken.values():
            used = added(used, amounts)
        return used

    @property
    def available(self) -> dict[str, int]:
        return lessened(self.total, self.used)

    @property
    def in_use(self) -> bool:
        return bool(self._taken)

    def take(self, holder: str, amounts: Amounts) -> None:
        """Give the holder so much; raise InsufficientResources when less is left, and change nothing then."""
        wanted, left = whole(amounts), self.available
        if any(wanted[kind] > left[kind] for kind in KINDS):
            raise InsufficientResources(f"{self.name} has {said(left)} left; {said(wanted)} were asked for")
        self._taken[holder] = wanted

    def give_back(self, holder: str) -> None:
        """Take back all that the holder has; one who has nothing changes nothing."""
        self._taken.pop(holder, None)
