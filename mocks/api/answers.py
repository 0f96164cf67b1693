"""Successful answers, as SOL 013 wants each of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flask import Response, request

from mocks.entities.errors import PreconditionFailed

Body = Mapping[str, Any]


def dump(body: Any) -> bytes:
    """JSON as it goes out, compact."""
    return json.dumps(body, separators=(",", ":")).encode()


def etag(data: bytes) -> str:
    """The strong entity tag of a representation, quotes included."""
    return f'"{hashlib.blake2b(data, digest_size=8).hexdigest()}"'


def resource(body: Body, status: int = 200, location: str | None = None, *, etag_of: Body | None = None) -> Response:
    """A single resource; a 200 carries its ETag.

    `etag_of` is the whole resource where the answer is only a part of it (the modifications that a PATCH made).
    """
    data = dump(body)
    answer = Response(data, status, content_type="application/json")
    if status == 200:
        answer.headers["ETag"] = etag(data if etag_of is None else dump(etag_of))
    if location is not None:
        answer.headers["Location"] = location
    return answer


def plain(body: Body) -> Response:
    """200 with a body that is no resource, so without an ETag: what a task found."""
    return Response(dump(body), 200, content_type="application/json")


def created(body: Body, location: str) -> Response:
    """201 with the new resource and where it is."""
    return resource(body, 201, location)


def accepted(location: str | None = None) -> Response:
    """202 without a body, with the Location of what now takes time (none for tasks on something that has one)."""
    answer = Response(b"", 202)
    del answer.headers["Content-Type"]
    if location is not None:
        answer.headers["Location"] = location
    return answer


def no_content() -> Response:
    """204."""
    answer = Response(b"", 204)
    del answer.headers["Content-Type"]
    return answer


def see_other(location: str) -> Response:
    """303 to the resource that exists already."""
    answer = Response(b"", 303)
    del answer.headers["Content-Type"]
    answer.headers["Location"] = location
    return answer


def check_match(body: Body) -> None:
    """Raise PreconditionFailed (412) when the request's If-Match is not the ETag of the resource as it is now."""
    wanted = request.headers.get("If-Match")
    if wanted is None or wanted.strip() == "*":
        return
    present = etag(dump(body))
    if present not in [tag.strip() for tag in wanted.split(",")]:
        raise PreconditionFailed(f"the resource changed: If-Match {wanted}, ETag now {present}; read it again")
