"""Request bodies: parsed, checked against the API's description, and refused with all their problems at once."""

from __future__ import annotations

import json
from typing import Any

from flask import request
from werkzeug.exceptions import UnsupportedMediaType

from mocks.api.descriptions import Validator
from mocks.entities.errors import BadRequest

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"


def read(check: Validator, media_type: str = JSON) -> dict[str, Any]:
    """The JSON object of the present request.

    Raises UnsupportedMediaType (415) for another content type and BadRequest (400) that names every problem
    of the body. Plain JSON is taken for a merge patch too, since most clients send it so.
    """
    if request.mimetype not in (media_type, JSON):
        raise UnsupportedMediaType(f"the body must be {media_type}, not {request.mimetype or 'of no type'}")
    try:
        body = json.loads(request.get_data(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
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
    return read(check) if request.get_data() else {}


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON value")
