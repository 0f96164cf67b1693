"""A fallback as others see it: the resource of fallback/v1, and the notification of each of its turns."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harness.fallback.fallback import Fallback

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def timestamp(now: float) -> str:
    """Lab time as a date-time of RFC 3339."""
    return (EPOCH + timedelta(seconds=now)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def resource(fallback: Fallback) -> dict[str, Any]:
    """The Fallback of fallback/v1."""
    return {
        "id": fallback.id,
        "requestReason": fallback.order.reason,
        "startTime": timestamp(fallback.started),
        "restorationPoints": fallback.points,
        **_told(fallback),
    }


def notification(fallback: Fallback, subscription: str, now: float) -> dict[str, Any]:
    """What a subscriber is told."""
    return {
        "id": str(uuid.uuid5(uuid.UUID(subscription), f"{fallback.id}/{now}/{fallback.row}/{fallback.at}")),
        "notificationType": "FallbackNotification",
        "timeStamp": timestamp(now),
        "subscriptionId": subscription,
        "fallbackId": fallback.id,
        **_told(fallback),
    }


def _told(fallback: Fallback) -> dict[str, Any]:
    return {
        "state": fallback.state,
        "restorationPointId": fallback.order.points[fallback.at].id,
        "targets": list(fallback.targets),
        "currentRow": f"5.9.5-1#{fallback.row}",
        "outcome": fallback.outcome,
        "reason": fallback.reason,
    }
