"""A process as others see it: the resource of smm/v1, and what may be asked of it now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from harness.smm.journal import Entry, Journal
from harness.smm.operations import Launch
from harness.smm.plans.model import Step
from harness.smm.progress import Progress

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)

END_STATES: Mapping[str, str] = {
    "DESTINATION_COMMITTED": "COMPLETED",
    "SOURCE_COMMITTED": "ROLLED_BACK",
    "NOT_STARTED": "FAILED",
    "FALLBACK_NEEDED": "FAILED",
    "FALLEN_BACK": "FAILED",
}


@lru_cache(maxsize=1024)
def timestamp(now: float) -> str:
    """Lab time as a date-time of RFC 3339."""
    return (EPOCH + timedelta(seconds=now)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def state(now: Progress) -> str:
    """The state of a process."""
    if now.ended:
        return END_STATES[now.outcome or "FALLBACK_NEEDED"]
    if now.outcome is None and now.suspended and now.stands_still:
        return "SUSPENDED"
    if now.outcome is None and now.waits_for_commit:
        return "AWAITING_COMMIT"
    if now.section == "rollback":
        return "ROLLING_BACK"
    return "PROCESSING" if now.tries or now.outcome else "STARTING"


def _suspend(now: Progress) -> bool:
    return not now.suspended and not now.waits_for_commit


def _rollback(now: Progress) -> bool:
    return now.section == "modification" and not now.rollback_wanted


PERMITTED: Mapping[str, Callable[[Progress], bool]] = {
    "suspend": _suspend,
    "resume": lambda now: now.suspended,
    "rollback": _rollback,
    "commit": lambda now: now.waits_for_commit and not now.suspended,
}
"""What an operator may ask for, before the commit; after it, nothing."""


def permitted(now: Progress, request: str) -> bool:
    """Whether the operator's request is possible now."""
    return now.outcome is None and not now.committed and PERMITTED[request](now)


def current(now: Progress) -> Step | None:
    """The step under way, or the one that comes next."""
    if now.ended:
        return None
    return next(iter([*now.main_open, *now.open.values(), *now.todo, *now.protections.values()]), None)


def percentage(now: Progress) -> int:
    """How much of the section's main steps is done."""
    if now.outcome is not None:
        return 100
    return 100 * (now.length - len(now.todo)) // now.length if len(now.todo) <= now.length and now.length else 0


def resource(launch: Launch, journal: Journal, now: Progress) -> dict[str, Any]:
    """The Process of smm/v1."""
    step = current(now)
    return {
        "id": launch.id,
        "state": state(now),
        "planId": now.plan.id,
        "target": launch.target,
        "sourceSoftwareVersion": _source(now),
        "destinationSoftwareVersion": launch.destination,
        "currentRow": step.row if step else None,
        "currentStep": step.id if step else None,
        "percentage": percentage(now),
        "outcome": now.outcome if now.ended else None,
        "reason": now.reason,
        "startTime": timestamp(journal.entries[0].at),
        "journal": [line(entry) for entry in journal.entries],
    }


def line(entry: Entry) -> dict[str, Any]:
    """A line of the journal; the plan that is kept with the first one is a resource of its own."""
    detail = {key: value for key, value in entry.detail.items() if key != "plan"}
    return {"step": entry.step, "row": entry.row, "event": entry.event, "at": entry.at, "detail": detail}


def notification(launch: Launch, entry: Entry, now: Progress) -> dict[str, Any]:
    """What subscribers are told of an entry (Smm.015); identifiers and time stamp are added by the sender."""
    step = current(now)
    return {
        "processId": launch.id,
        "state": state(now),
        "currentRow": entry.row or (step.row if step else None),
        "currentStep": entry.step,
        "event": entry.event,
        "percentage": percentage(now),
        "outcome": now.outcome if now.ended else None,
        "reason": now.reason,
    }


def _source(now: Progress) -> str | None:
    for details in now.done.values():
        if "sourceSoftwareVersion" in details[-1]:
            return str(details[-1]["sourceSoftwareVersion"])
    return None
