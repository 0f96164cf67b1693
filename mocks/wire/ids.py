"""Identifiers from one seeded source: the same run gives the same identifiers."""

from __future__ import annotations

import random
import threading
from typing import Any
from uuid import UUID


class Ids:
    """UUIDs (RFC 9562 version 4 in form) drawn from a seed, safe to use from several threads.

    Each life draws from a seed of its own: whatever a killed process gave out last, it is not given again.
    """

    def __init__(self, seed: int | str) -> None:
        self._seed = seed
        self._life = 0
        self._random = random.Random(seed)  # noqa: S311 - identifiers that repeat are the point
        self._lock = threading.Lock()

    def uuid(self) -> str:
        with self._lock:
            return str(UUID(int=self._random.getrandbits(128), version=4))

    def snapshot(self) -> dict[str, Any]:
        return {"seed": self._seed, "life": self._life}

    def revive(self, snapshot: dict[str, Any]) -> None:
        """Begin the life after the one of the snapshot."""
        self._seed, self._life = snapshot["seed"], snapshot["life"] + 1
        self._random = random.Random(f"{self._seed}/{self._life}")  # noqa: S311 - as above
