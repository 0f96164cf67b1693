"""Request bodies: parsed, checked against the API's description, and refused with all their problems at once."""

from __future__ import annotations

from typing import Any

import orjson
from werkzeug.exceptions import UnsupportedMediaType

from mocks.api.descriptions import Validator
from mocks.api.lean import asked
from mocks.entities.errors import BadRequest

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"


def read(check: Validator, media_type: str = JSON) -> dict[str, Any]:
    """The JSON object of the present request.

    Raises UnsupportedMediaType (415) for another content type and BadRequest (400) that names every problem
    of the body. Plain JSON is taken for a merge patch too, since most clients send it so.
    """
    if asked().mimetype not in (media_type, JSON):
        raise UnsupportedMediaType(f"the body must be {media_type}, not {asked().mimetype or 'of no type'}")
    try:
        body = orjson.loads(asked().content)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"the body is not JSON: {error}") from None
    problems = check(body)
    if not isinstance(body, dict):
        problems = problems or ["the body must be a JSON object"]
    if problems:
        raise BadRequest("; ".join(problems))
    found: dict[str, Any] = body
    return found


def read_if_any(check: Validator) -> dict[str, Any]:
    """As `read`, where the request may also come without a body: an empty object then."""
    return read(check) if asked().content else {}
