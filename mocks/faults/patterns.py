"""Where a fault strikes: requests by method and path, steps of work by their point."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "*")
KINDS = (
    "software-modification",
    "restoration",
    "test-run",
    "vrm-operation",
    "vnf-lcm-operation",
    "fe-instantiation",
    "fe-termination",
    "state-change",
    "ns-lcm-operation",
    "redundancy-unit",
    "state-change",
)


@dataclass(frozen=True)
class RequestPattern:
    """`*` stands for one part of the path, at its end for all the rest, and as the method for any."""

    method: str
    path: str

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        return _compiled(self.path)

    def matches(self, method: str, path: str) -> bool:
        return self.method in ("*", method) and self._regex.fullmatch(path) is not None

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class PointPattern:
    """`<kind of work>/<step>`; a `*` at the end stands for every step, undoing and waiting included."""

    point: str

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        return _compiled(self.point)

    def matches(self, point: str) -> bool:
        return self._regex.fullmatch(point) is not None

    def __str__(self) -> str:
        return self.point


def _compiled(pattern: str) -> re.Pattern[str]:
    rest = pattern.endswith("*")
    parts = (pattern[:-1] if rest else pattern).split("*")
    return re.compile("[^/]+".join(re.escape(part) for part in parts) + (".*" if rest else ""))
