"""Short names of what was recorded: one line for a diagram, one line for a log."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from reports.model import Entry

MESSAGES = ("exchange", "notification")
_NOTIFICATIONS = {
    "SoftwareModificationOperationOccurrenceNotification": "SW modification",
    "SoftwareModificationProcessNotification": "process",
    "VirtualisedResourceOperationOccurrenceNotification": "VRM operation",
    "VnfLcmOperationOccurrenceNotification": "VNF LCM operation",
    "NsLcmOperationOccurrenceNotification": "NS LCM operation",
    "TestRunNotification": "test run",
}
_STATES = ("operationState", "state", "verdict", "result", "outcome")


def is_message(entry: Entry) -> bool:
    """Whether an entry is something one actor sent to another."""
    return entry.get("kind") in MESSAGES


@lru_cache(maxsize=8192)  # asked for by every line of every diagram
def template(path: str) -> str:
    """A path with its ids as `{id}`, without API name and version: `/software_modification_op_occs/{id}/commit`."""
    parts = [part for part in path.split("/") if part]
    if len(parts) > 2 and re.fullmatch(r"v\d+", parts[1]):
        parts = parts[2:]
    return "/" + "/".join("{id}" if re.search(r"\d", part) else part for part in parts)


def shape(entry: Entry) -> tuple[str, ...]:
    """What makes two messages the same kind of message between the same two actors."""
    what = _kind_of_notification(entry) or template(str(entry.get("path", "")))
    return (str(entry.get("from")), str(entry.get("to")), str(entry.get("method")), what)


def label(entry: Entry) -> str:
    """A message in a few words: `POST /reservations`, `software modification: PROCESSING, switch 66 %`."""
    kind = _kind_of_notification(entry)
    if not kind:
        return _request(str(entry.get("method")), str(entry.get("path", "")))
    name = _NOTIFICATIONS.get(kind) or _spaced(kind)
    told = state(entry)
    return f"{name}: {told}" if told else name


def state(entry: Entry) -> str:
    """What a notification says of its operation, in its own words."""
    body: dict[str, Any] = entry.get("request") or {}
    words = [str(body[key]) for key in _STATES if body.get(key)]
    if len(words) == 1 and body.get("currentStep"):
        words.append(str(body["currentStep"]))
    told = dict.fromkeys(words)  # ROLLED_BACK goes without saying beside ROLLED_BACK_RETRY_POSSIBLE
    return ", ".join(word for word in told if not any(other != word and other.startswith(word) for other in told))


def answer(entry: Entry) -> str:
    """The status of the answer, or why none came."""
    return str(entry.get("status")) if entry.get("status") is not None else f"no answer ({entry.get('failure')})"


def line(entry: Entry) -> str:
    """An entry as one line of a log, with its number in the history."""
    where = f"[{entry.get('n')}] {entry.get('at')} s"
    if is_message(entry):
        said = f"{entry['method']} {entry['path']}" + (f"?{entry['query']}" if entry.get("query") else "")
        told = state(entry) if _kind_of_notification(entry) else ""
        return f"{where}  {entry['from']} -> {entry['to']}  {said} -> {answer(entry)}" + (f"  ({told})" if told else "")
    return f"{where}  {occurrence(entry)}"


def occurrence(entry: Entry) -> str:
    """A fault or an act of the lab in a few words: `failed-test struck at tester`."""
    what = entry.get("fault") or f"lab {entry.get('detail', {}).get('point', '')}".strip()
    return f"{what} {entry.get('event', '')} at {entry.get('to', '')}"


def _kind_of_notification(entry: Entry) -> str:
    body = entry.get("request")
    return str(body.get("notificationType") or "") if isinstance(body, dict) else ""


@lru_cache(maxsize=8192)  # a run has a thousand of them
def _request(method: str, path: str) -> str:
    return f"{method} {_tail(template(path))}"


def _tail(path: str) -> str:
    parts = path.strip("/").split("/")
    if len(parts) > 1 and parts[-1] == "{id}":
        return "/" + "/".join(parts[-2:])
    return "/" + parts[-1] if len(parts) < 2 or parts[-2] != "{id}" else "…/{id}/" + parts[-1]


def _spaced(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removesuffix("Notification")).lower()
