"""Holds: work that comes to a held point waits there until it is released, so that no test ever sleeps."""

from __future__ import annotations

from dataclasses import dataclass, field

from mocks.entities.errors import BadRequest, NotFound
from mocks.entities.ports import Task
from mocks.faults.patterns import PointPattern
from mocks.faults.spec import point_problems


@dataclass
class Hold:
    """One held point and the work that waits at it."""

    id: str
    pattern: PointPattern
    parked: list[tuple[str, Task]] = field(default_factory=list)


class Holds:
    """The holds of one actor. Not safe by itself; whoever owns it brings the lock."""

    def __init__(self) -> None:
        self._items: dict[str, Hold] = {}

    def add(self, id: str, point: object) -> str:
        """Hold a point from now on; raises BadRequest when it is none."""
        problems = point_problems(point)
        if problems:
            raise BadRequest("point: " + "; ".join(problems))
        self._items[id] = Hold(id, PointPattern(str(point)))
        return id

    def at(self, point: str) -> Hold | None:
        """The first hold that is on this point."""
        return next((hold for hold in self._items.values() if hold.pattern.matches(point)), None)

    def take(self, id: str) -> Hold:
        """End a hold and hand over what waits at it."""
        try:
            return self._items.pop(id)
        except KeyError:
            raise NotFound(f"no hold {id} (held now: {', '.join(self._items) or 'nothing'})") from None

    def kept(self) -> dict[str, str]:
        """The points that are held, by the hold's id."""
        return {hold.id: str(hold.pattern) for hold in self._items.values()}

    def lose_parked(self) -> None:
        """What waits is lost, as in a crash; the holds stay."""
        for hold in self._items.values():
            hold.parked.clear()

    def clear(self) -> None:
        self._items.clear()
