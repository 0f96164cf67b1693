"""Identifiers from one seeded source: the same run gives the same identifiers."""

from __future__ import annotations

import random
import threading
from typing import Any

_FIXED = 0xF000 << 64 | 0xC000 << 48
_VERSION_4 = 4 << 76 | 0x8000 << 48
"""The bits that say the version and the variant (RFC 9562 clause 5.4)."""


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
            drawn = self._random.getrandbits(128)
        digits = f"{drawn & ~_FIXED | _VERSION_4:032x}"  # a tenth of what an object for it takes, and there are many
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

    def snapshot(self) -> dict[str, Any]:
        return {"seed": self._seed, "life": self._life}

    def revive(self, snapshot: dict[str, Any]) -> None:
        """Begin the life after the one of the snapshot."""
        self._seed, self._life = snapshot["seed"], snapshot["life"] + 1
        self._random = random.Random(f"{self._seed}/{self._life}")  # noqa: S311 - as above
