"""What single entries of a history tell whoever drives a scenario: a held point, a state, a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from steps.fallback import NOTIFICATION

Entry = Mapping[str, Any]
PROCESS = "SoftwareModificationProcessNotification"


def held_at(entry: Entry) -> str:
    """The point of its work that an actor is held at; empty where the entry tells of none."""
    return str(entry["detail"].get("point", "")) if entry["kind"] == "lab" and entry["event"] == "held" else ""


def process_state(entry: Entry) -> str:
    """The state of its process that the SMM notifies; empty for anything else."""
    return notified(entry, "state") if notified(entry, "notificationType") == PROCESS else ""


def fallback_state(entry: Entry) -> str:
    """The state of a fallback that the Fallback Manager notifies; empty for anything else."""
    return notified(entry, "state") if notified(entry, "notificationType") == NOTIFICATION else ""


def notified(entry: Entry, attribute: str) -> str:
    """An attribute of a notification, as text; empty for anything else."""
    body = entry["request"] if entry["kind"] == "notification" else None
    return str(body.get(attribute, "")) if isinstance(body, dict) else ""


def asks(entry: Entry, actor: str, path: str) -> bool:
    """Whether somebody sends a POST to this path of the actor; a path may end in */ and the name of a task."""
    if entry.get("method") != "POST" or entry["to"] != actor:
        return False
    before, _, task = path.partition("*")
    asked = str(entry["path"])
    return asked == path or (bool(task) and asked.startswith(before) and asked.endswith(task))
