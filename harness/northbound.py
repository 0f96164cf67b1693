"""What the northbound sides of managers share: a request read against its description, and answers as of SOL 013.

`Northbound` knows one API by its OpenAPI description; the functions make answers, each with the header Version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import orjson
from flask import Flask, Response, abort, request
from werkzeug.exceptions import HTTPException

from harness.compiled import Compiled
from harness.described import described
from harness.problems import check

VERSION = "1.0.0"
TITLES = {400: "Bad Request", 404: "Not Found", 409: "Conflict", 422: "Unprocessable Content"}
Route = tuple[str, Callable[..., Response], list[str]]


class Northbound:
    """One API, `name`/v1, as the file describes it."""

    def __init__(self, name: str, file: Path) -> None:
        self.name = name
        self.root = f"/{name}/v1"
        self._file = file
        self._made: dict[str, Compiled] = {}

    @cached_property
    def description(self) -> dict[str, Any]:
        """The OpenAPI description."""
        return described(self._file)

    def app(self, package: str, routes: Iterable[Route], broke: str) -> Flask:
        """A Flask app of the routes and of those that every API has; an exception is told as what `broke`."""
        made = Flask(package)
        made.url_map.strict_slashes = False
        own: list[Route] = [
            (f"/{self.name}/api_versions", self._versions, ["GET"]),
            (f"{self.root}/api_versions", self._versions, ["GET"]),
            (f"{self.root}/openapi.json", lambda: answer(self.description), ["GET"]),
        ]
        for rule, view, methods in (*own, *routes):
            made.add_url_rule(rule, " ".join((rule, *methods)), view, methods=methods, provide_automatic_options=False)
        made.register_error_handler(HTTPException, _http_error)
        made.register_error_handler(Exception, lambda error: problem(500, f"{broke} broke: {error!r}"))
        return made

    def body(self, schema: str, also: Callable[[dict[str, Any]], list[str]] = lambda _: []) -> dict[str, Any]:
        """The request's JSON body; aborts with every problem at once (415, 400 no JSON, 422 not as described).

        `also` names what the schema cannot say.
        """
        if not request.is_json:
            abort(problem(415, "the body should be application/json"))
        body = request.get_json(silent=True)
        if not isinstance(body, dict):
            abort(problem(400, "the body should be a JSON object"))
        found = self._problems(schema, body) + also(body)
        if found:
            abort(problem(422, "\n".join(found), problems=found))
        return body

    def location(self, collection: str, id: str) -> str:
        """The absolute URI of a resource, for the header Location."""
        return f"{request.host_url.rstrip('/')}{self.root}/{collection}/{id}"

    def _problems(self, schema: str, body: dict[str, Any]) -> list[str]:
        """Every breach of a schema of the description."""
        compiled = self._compiled(schema)
        return [] if compiled.passes(body) else [one.text() for one in check(compiled.explain, body)]

    def _compiled(self, schema: str) -> Compiled:
        if schema not in self._made:
            named = {"$ref": f"#/components/schemas/{schema}", "components": self.description["components"]}
            self._made[schema] = Compiled(named)
        return self._made[schema]

    def _versions(self) -> Response:
        return answer({"uriPrefix": f"/{self.name}", "apiVersions": [{"version": VERSION, "isDeprecated": False}]})


def problem(status: int, detail: str, **extra: Any) -> Response:
    """An error answer (ProblemDetails of SOL 013)."""
    body = {"type": "about:blank", "title": TITLES.get(status, "Error"), "status": status, "detail": detail, **extra}
    return _response(orjson.dumps(body), status, "application/problem+json")


def missing(what: str, id: str) -> Response:
    """404 for a resource of this kind that is not there."""
    return problem(404, f"there is no {what} {id!r}")


def single(body: dict[str, Any]) -> Response:
    """One resource, with its ETag."""
    made = answer(body)
    made.headers["ETag"] = f'"{hashlib.sha256(made.get_data()).hexdigest()[:16]}"'
    return made


def answer(body: Any, status: int = 200, **headers: str) -> Response:
    """JSON."""
    return _response(orjson.dumps(body), status, "application/json", **headers)


def empty(status: int, **headers: str) -> Response:
    """No body, and so no Content-Type."""
    return _response(b"", status, None, **headers)


def _response(content: bytes, status: int, kind: str | None, **headers: str) -> Response:
    made = Response(content, status, content_type=kind)
    made.headers["Version"] = VERSION
    if kind is None:
        made.headers.pop("Content-Type", None)
    for name, value in headers.items():
        made.headers[name] = value
    return made


def _http_error(error: HTTPException) -> Response:
    if error.response is not None:
        return cast(Response, error.response)
    made = problem(error.code or 500, error.description or error.name)
    for name, value in error.get_headers():
        if name in ("Allow", "WWW-Authenticate"):
            made.headers[name] = value
    return made
