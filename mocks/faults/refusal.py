"""Error answers that a fault gives in the place of the actor, as ProblemDetails (SOL 013 clause 6.3)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MAJOR = re.compile(r"^/[^/]+/v(\d+)(?:/|$)")


class Problem(NamedTuple):
    """What is specific in a ProblemDetails."""

    status: int
    title: str
    detail: str


def refusal(
    environ: WSGIEnvironment,
    start_response: StartResponse,
    problem: Problem,
    retry_after: int | None = None,
) -> Iterable[bytes]:
    """Answer with a ProblemDetails; `retry_after` (seconds) makes a Retry-After header."""
    path = environ.get("PATH_INFO", "")
    version = MAJOR.match(path)
    headers = {"Version": f"{version[1]}.0.0" if version else "1.0.0"}
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    body = {"type": "about:blank", **problem._asdict(), "instance": path}
    return Response(json.dumps(body), problem.status, headers, content_type="application/problem+json")(
        environ, start_response
    )
