"""Identifiers from one seeded source: the same run gives the same identifiers."""

from __future__ import annotations

import random
import threading
from uuid import UUID


class Ids:
    """UUIDs (RFC 9562 version 4 in form) drawn from a seed, safe to use from several threads."""

    def __init__(self, seed: int | str) -> None:
        self._random = random.Random(seed)  # noqa: S311 - identifiers that repeat are the point
        self._lock = threading.Lock()

    def uuid(self) -> str:
        with self._lock:
            return str(UUID(int=self._random.getrandbits(128), version=4))
