"""Successful answers, as SOL 013 wants each of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

import orjson
from werkzeug.urls import iri_to_uri

from mocks.api.lean import Reply, asked
from mocks.entities.errors import PreconditionFailed

Body = Mapping[str, Any]

PLAIN = re.compile(r"[A-Za-z0-9/._~-]+").fullmatch
"""Whether an address is a URI as it is, as most are."""


def dump(body: Any) -> bytes:
    """JSON as it goes out, compact."""
    return orjson.dumps(body)


def etag(data: bytes) -> str:
    """The strong entity tag of a representation, quotes included."""
    return f'"{hashlib.blake2b(data, digest_size=8).hexdigest()}"'


def resource(body: Body, status: int = 200, location: str | None = None, *, etag_of: Body | None = None) -> Reply:
    """A single resource; a 200 carries its ETag.

    `etag_of` is the whole resource where the answer is only a part of it (the modifications that a PATCH made).
    """
    data = dump(body)
    answer = _located(Reply(data, status, "application/json"), location)
    if status == 200:
        answer.headers["ETag"] = etag(data if etag_of is None else dump(etag_of))
    return answer


def plain(body: Body) -> Reply:
    """200 with a body that is no resource, so without an ETag: what a task found."""
    return Reply(dump(body), 200, "application/json")


def created(body: Body, location: str) -> Reply:
    """201 with the new resource and where it is."""
    return resource(body, 201, location)


def accepted(location: str | None = None) -> Reply:
    """202 without a body, with the Location of what now takes time (none for tasks on something that has one)."""
    return _located(Reply(status=202), location)


def no_content() -> Reply:
    """204."""
    return Reply(status=204)


def see_other(location: str) -> Reply:
    """303 to the resource that exists already."""
    return _located(Reply(status=303), location)


def _located(answer: Reply, location: str | None) -> Reply:
    if location is not None:
        answer.headers["Location"] = location if PLAIN(location) else iri_to_uri(location)
    return answer


def check_match(body: Body) -> None:
    """Raise PreconditionFailed (412) when the request's If-Match is not the ETag of the resource as it is now."""
    wanted = asked().headers.get("If-Match")
    if wanted is None or wanted.strip() == "*":
        return
    present = etag(dump(body))
    if present not in [tag.strip() for tag in wanted.split(",")]:
        raise PreconditionFailed(f"the resource changed: If-Match {wanted}, ETag now {present}; read it again")
