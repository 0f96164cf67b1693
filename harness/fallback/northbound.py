"""fallback/v1, the Fallback Manager's northbound side, and the callbacks on which it hears from targets and tester.

The Flask app holds no state: it is built once, and finds the manager it speaks for in the WSGI environment.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, abort, request
from jsonschema import Draft202012Validator
from werkzeug.exceptions import HTTPException

from harness.clients.entities import Endpoint
from harness.clients.errors import ClientError
from harness.fallback.fallback import Fallback
from harness.fallback.manager import Busy, FallbackManager, OrderError
from harness.fallback.view import resource
from harness.sut.described import described

ENVIRON = "manolab.fallback"
API = "/fallback/v1"
VERSION = "1.0.0"
TITLES = {400: "Bad Request", 404: "Not Found", 409: "Conflict", 422: "Unprocessable Content"}


@cache
def description() -> dict[str, Any]:
    """The OpenAPI description of fallback/v1."""
    return described(Path(__file__).parent / "fallback.yaml")


@cache
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/components/schemas/{schema}", "components": description()["components"]})


@cache
def app() -> Flask:
    """The one Flask app of all Fallback Managers in this process."""
    made = Flask("harness.fallback")
    made.url_map.strict_slashes = False
    for rule, view, methods in (
        ("/fallback/api_versions", _versions, ["GET"]),
        (f"{API}/api_versions", _versions, ["GET"]),
        (f"{API}/openapi.json", _description, ["GET"]),
        (f"{API}/fallbacks", _begin, ["POST"]),
        (f"{API}/fallbacks", _fallbacks, ["GET"]),
        (f"{API}/fallbacks/<id>", _one_fallback, ["GET"]),
        (f"{API}/inventory", _introduce, ["PUT"]),
        (f"{API}/subscriptions", _subscribe, ["POST"]),
        (f"{API}/subscriptions/<id>", _unsubscribe, ["DELETE"]),
        ("/callbacks/<id>", _tested, ["GET"]),
        ("/callbacks/<id>", _notified, ["POST"]),
    ):
        made.add_url_rule(rule, view.__name__ + rule, view, methods=methods, provide_automatic_options=False)
    made.register_error_handler(HTTPException, _http_error)
    made.register_error_handler(OrderError, lambda error: problem(422, str(error)))
    made.register_error_handler(Busy, lambda error: problem(409, str(error)))
    made.register_error_handler(Exception, lambda error: problem(500, f"the Fallback Manager broke: {error!r}"))
    return made


def _begin() -> Response:
    begun = _manager().begin(_body("FallbackRequest"))
    return _empty(202, Location=f"{request.host_url.rstrip('/')}{API}/fallbacks/{begun.id}")


def _fallbacks() -> Response:
    return _json([resource(one) for one in list(_manager().fallbacks.values())])


def _one_fallback(id: str) -> Response:
    made = _json(resource(_fallback(id)))
    made.headers["ETag"] = f'"{hashlib.sha256(made.get_data()).hexdigest()[:16]}"'
    return made


def _introduce() -> Response:
    body = _body("Inventory")
    actors = {name: Endpoint(**one) for name, one in body["actors"].items()}
    try:
        _manager().introduce(actors, body.get("authorization"))
    except ClientError as error:
        return problem(422, f"authorization: {error}")
    return _empty(204)


def _subscribe() -> Response:
    callback = _body("SubscriptionRequest")["callbackUri"]
    try:
        made, new = _manager().subscribe(callback)
    except ClientError as error:
        return problem(422, f"callbackUri {callback} did not answer the test: {error}")
    location = f"{request.host_url.rstrip('/')}{API}/subscriptions/{made.id}"
    told = {"id": made.id, "callbackUri": made.callback_uri}
    return _json(told, 201, Location=location) if new else _empty(303, Location=location)


def _unsubscribe(id: str) -> Response:
    if _manager().subscriptions.pop(id, None) is None:
        return problem(404, f"there is no subscription {id!r}")
    return _empty(204)


def _tested(id: str) -> Response:
    return _empty(204) if id in _manager().fallbacks else problem(404, f"there is no callback {id!r}")


def _notified(id: str) -> Response:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        return problem(400, "a notification is a JSON object")
    return _empty(204) if _manager().notified(id, body) else problem(404, f"there is no callback {id!r}")


def _versions() -> Response:
    return _json({"uriPrefix": "/fallback", "apiVersions": [{"version": VERSION, "isDeprecated": False}]})


def _description() -> Response:
    return _json(description())


# Reading and answering


def _manager() -> FallbackManager:
    return cast(FallbackManager, request.environ[ENVIRON])


def _fallback(id: str) -> Fallback:
    found = _manager().fallbacks.get(id)
    if found is None:
        abort(problem(404, f"there is no fallback {id!r}"))
    return found


def _body(schema: str) -> dict[str, Any]:
    """The request's JSON body; aborts with every problem at once (400 no JSON, 422 not as described)."""
    if not request.is_json:
        abort(problem(415, "the body should be application/json"))
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        abort(problem(400, "the body should be a JSON object"))
    found = [f"{error.json_path}: {error.message}" for error in _validator(schema).iter_errors(body)]
    if found:
        abort(problem(422, "\n".join(found)))
    return body


def problem(status: int, detail: str) -> Response:
    """An error answer (ProblemDetails of SOL 013)."""
    body = {"type": "about:blank", "title": TITLES.get(status, "Error"), "status": status, "detail": detail}
    return _response(json.dumps(body), status, "application/problem+json")


def _http_error(error: HTTPException) -> Response:
    if error.response is not None:
        return cast(Response, error.response)
    made = problem(error.code or 500, error.description or error.name)
    for name, value in error.get_headers():
        if name == "Allow":
            made.headers[name] = value
    return made


def _json(body: Any, status: int = 200, **headers: str) -> Response:
    return _response(json.dumps(body), status, "application/json", **headers)


def _empty(status: int, **headers: str) -> Response:
    return _response("", status, None, **headers)


def _response(text: str, status: int, kind: str | None, **headers: str) -> Response:
    made = Response(text, status, content_type=kind)
    made.headers["Version"] = VERSION
    if kind is None:
        made.headers.pop("Content-Type", None)
    for name, value in headers.items():
        made.headers[name] = value
    return made
