"""Lab time as the date-times of the APIs (RFC 3339)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=1024)
def timestamp(now: float) -> str:
    """The date-time `now` lab seconds after the lab's epoch, with milliseconds: the same run, the same times."""
    return (EPOCH + timedelta(seconds=now)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
