"""A recorded message as an HTTP exchange attachment, the form that Allure's HTTP viewer opens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import orjson

from reports import labels
from reports.model import Entry, Scenario

CONTENT_TYPE = "application/vnd.allure.http+json"
EXTENSION = "httpexchange"
_REDACTED = "__ALLURE_REDACTED__"  # the viewer shows a masked value for it
_MASKED = "***"


@lru_cache(maxsize=64)  # asked for by every message of a run
def instant(text: str) -> int:
    """An RFC 3339 date-time as milliseconds since 1970."""
    return round(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000)


def exchange(scenario: Scenario, entry: Entry) -> bytes:
    """A message as JSON: request, response or the failure; times count in lab seconds from the run's start."""
    start = instant(scenario.header.get("startedAt") or scenario.started) + round(float(entry.get("at") or 0) * 1000)
    told: dict[str, Any] = {
        "schemaVersion": 1,
        "start": start,
        "stop": start,
        "request": {
            "method": entry["method"],
            "url": _url(entry),
            "query": [{"name": name, "value": value} for name, value in parse_qsl(entry.get("query") or "")],
            **_body(entry.get("request")),
        },
    }
    if entry.get("status") is not None:
        told["response"] = _response(entry)
    else:
        told["error"] = {"name": str(entry.get("failure")), "message": "no answer went out"}
    return orjson.dumps(told)


def title(entry: Entry) -> str:
    """The attachment's name: its number in the history, the way, and the message in short."""
    return f"[{entry['n']}] {entry['from']} → {entry['to']}: {labels.label(entry)} → {labels.answer(entry)}"


def _url(entry: Entry) -> str:
    """The path at an actor; the recorder keeps no hosts, so the actor's name stands in for one."""
    query = f"?{entry['query']}" if entry.get("query") else ""
    return f"http://{entry['to']}{entry['path']}{query}"


def _response(entry: Entry) -> dict[str, Any]:
    status = int(entry["status"])
    headers = dict(entry.get("headers") or {})
    if entry.get("location"):
        headers["Location"] = entry["location"]
    known = status in HTTPStatus._value2member_map_
    reason = HTTPStatus(status).phrase if known else ""
    return {"status": status, "statusText": reason, "headers": _pairs(headers), **_body(entry.get("response"), status)}


def _pairs(headers: Mapping[str, Any]) -> list[dict[str, str]]:
    return [{"name": name, "value": _REDACTED if value == _MASKED else str(value)} for name, value in headers.items()]


def _body(body: Any, status: int = 0) -> dict[str, Any]:
    if body is None:
        return {}
    kind = "application/problem+json" if status >= HTTPStatus.BAD_REQUEST else "application/json"
    text = orjson.dumps(body)  # the viewer indents it
    return {"body": {"contentType": kind, "encoding": "utf8", "value": text.decode(), "size": len(text)}}
