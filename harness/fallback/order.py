"""What a fallback is asked for with, as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Point:
    """A restoration point, and an entity that has a part of it; the whole is as wide as the point's own scope says."""

    id: str
    at: str


@dataclass(frozen=True)
class Order:
    """One request: restoration points in the order they are to be tried, and who proves that all is well afterwards.

    `verified` are all NFV-MANO functional entities with those who use each; `provider` has the tests' resources.
    """

    points: tuple[Point, ...]
    tester: str
    provider: str
    verified: Mapping[str, tuple[str, ...]]
    reason: str
    requested_by: str = ""

    @classmethod
    def of(cls, request: Mapping[str, Any]) -> Order:
        """The order of a request that is as its schema says."""
        points = tuple(
            Point(one["restorationPointId"], one["functionalEntity"]) for one in request["restorationPoints"]
        )
        verified = {one["functionalEntity"]: tuple(one.get("usedBy", ())) for one in request["verification"]}
        return cls(points, request["tester"], request["resourceProvider"], verified, request.get("reason", ""))

    @property
    def actors(self) -> set[str]:
        """Everybody it names."""
        users = {user for users in self.verified.values() for user in users}
        return {self.tester, self.provider, *self.verified, *users, *(point.at for point in self.points)}
