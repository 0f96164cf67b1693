"""smm/v1, the SMM's northbound side, and the callbacks on which it hears from entities.

The Flask app holds no state: it is built once, and finds the SMM it speaks for in the WSGI environment.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, abort, request
from jsonschema import Draft202012Validator
from werkzeug.exceptions import HTTPException

from harness.clients.entities import Endpoint
from harness.clients.errors import ClientError
from harness.smm.engine import Process
from harness.smm.manager import LaunchError, Smm, Subscription
from harness.smm.plans import builtin
from harness.smm.problems import check
from harness.sut.described import described

ENVIRON = "manolab.smm"
API = "/smm/v1"
VERSION = "1.0.0"


@cache
def description() -> dict[str, Any]:
    """The OpenAPI description of smm/v1."""
    return described(Path(__file__).parent / "smm.yaml")


@cache
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/components/schemas/{schema}", "components": description()["components"]})


@cache
def app() -> Flask:
    """The one Flask app of all SMMs in this process."""
    made = Flask("harness.smm")
    made.url_map.strict_slashes = False
    for rule, view, methods in (
        ("/smm/api_versions", _versions, ["GET"]),
        (f"{API}/api_versions", _versions, ["GET"]),
        (f"{API}/openapi.json", _description, ["GET"]),
        (f"{API}/processes", _launch, ["POST"]),
        (f"{API}/processes", _processes, ["GET"]),
        (f"{API}/processes/<id>", _one_process, ["GET"]),
        (f"{API}/processes/<id>/<any(suspend, resume, rollback, commit):task>", _task, ["POST"]),
        (f"{API}/inventory", _inventory, ["GET"]),
        (f"{API}/inventory", _introduce, ["PUT"]),
        (f"{API}/execution_plans", _plans, ["GET"]),
        (f"{API}/execution_plans/<id>", _one_plan, ["GET"]),
        (f"{API}/subscriptions", _subscribe, ["POST"]),
        (f"{API}/subscriptions", _subscriptions, ["GET"]),
        (f"{API}/subscriptions/<id>", _one_subscription, ["GET"]),
        (f"{API}/subscriptions/<id>", _unsubscribe, ["DELETE"]),
        ("/callbacks/<id>", _tested, ["GET"]),
        ("/callbacks/<id>", _notified, ["POST"]),
    ):
        made.add_url_rule(rule, view.__name__ + rule, view, methods=methods, provide_automatic_options=False)
    made.register_error_handler(HTTPException, _http_error)
    made.register_error_handler(LaunchError, lambda error: problem(422, str(error), problems=error.problems))
    made.register_error_handler(Exception, lambda error: problem(500, f"the SMM broke: {error!r}"))
    return made


# Processes


def _launch() -> Response:
    process = _smm().launch(_body("LaunchRequest"))
    return _accepted(process)


def _processes() -> Response:
    return _json([process.view() for process in list(_smm().processes.values())])


def _one_process(id: str) -> Response:
    return _single(_process(id).inquire())


def _task(id: str, task: str) -> Response:
    process = _process(id)
    if not process.ask(task):
        view = process.view()
        return problem(409, f"{task} is not possible: process {id} is {view['state']}, outcome {view['outcome']}")
    return _accepted(process)


# The world around, plans, and subscriptions


def _inventory() -> Response:
    return _single({"actors": {name: asdict(one) for name, one in _smm().inventory.items()}})


def _introduce() -> Response:
    body = _body("Inventory")
    try:
        _smm().introduce({name: Endpoint(**one) for name, one in body["actors"].items()}, body.get("authorization"))
    except ClientError as error:
        return problem(422, f"authorization: {error}")
    return _empty(204)


def _plans() -> Response:
    return _json([_in_list(plan.source) for plan in builtin().values()])


def _in_list(resource: Mapping[str, Any]) -> dict[str, Any]:
    """A resource as a list shows it: without its complex attributes, which it has itself (SOL 013 clause 5.3)."""
    return {name: value for name, value in resource.items() if not isinstance(value, dict | list)}


def _one_plan(id: str) -> Response:
    plan = builtin().get(id)
    return _single(dict(plan.source)) if plan else _missing("execution plan", id)


def _subscribe() -> Response:
    wanted = _body("SubscriptionRequest")
    callback = wanted["callbackUri"]
    try:
        made, new = _smm().subscribe(callback, wanted.get("filter", {}).get("states", ()))
    except ClientError as error:
        return problem(422, f"callbackUri {callback} did not answer the test: {error}")
    location = f"{request.host_url.rstrip('/')}{API}/subscriptions/{made.id}"
    return _json(_subscription(made), 201, Location=location) if new else _empty(303, Location=location)


def _subscriptions() -> Response:
    return _json([_subscription(one) for one in _smm().subscriptions.values()])


def _one_subscription(id: str) -> Response:
    found = _smm().subscriptions.get(id)
    return _single(_subscription(found)) if found else _missing("subscription", id)


def _subscription(one: Subscription) -> dict[str, Any]:
    filtered = {"filter": {"states": list(one.states)}} if one.states else {}
    return {"id": one.id, "callbackUri": one.callback_uri, **filtered}


def _unsubscribe(id: str) -> Response:
    return _empty(204) if _smm().unsubscribe(id) else _missing("subscription", id)


# Callbacks


def _tested(id: str) -> Response:
    return _empty(204) if id in _smm().processes else _missing("callback", id)


def _notified(id: str) -> Response:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        return problem(400, "a notification is a JSON object")
    return _empty(204) if _smm().notified(id, body) else _missing("callback", id)


def _versions() -> Response:
    return _json({"uriPrefix": "/smm", "apiVersions": [{"version": VERSION, "isDeprecated": False}]})


def _description() -> Response:
    return _json(description())


# Reading and answering


def _smm() -> Smm:
    return cast(Smm, request.environ[ENVIRON])


def _process(id: str) -> Process:
    found = _smm().processes.get(id)
    if found is None:
        abort(_missing("process", id))
    return found


def _body(schema: str) -> dict[str, Any]:
    """The request's JSON body; aborts with every problem at once (400 no JSON, 422 not as described)."""
    if not request.is_json:
        abort(problem(415, "the body should be application/json"))
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        abort(problem(400, "the body should be a JSON object"))
    found = [one.text() for one in check(_validator(schema), body)]
    if schema == "LaunchRequest" and ("plan" in body) == ("planId" in body):
        found.append("either plan or planId is needed, and not both")
    if found:
        abort(problem(422, "\n".join(found), problems=found))
    return body


def problem(status: int, detail: str, **extra: Any) -> Response:
    """An error answer (ProblemDetails of SOL 013)."""
    title = {400: "Bad Request", 404: "Not Found", 409: "Conflict", 422: "Unprocessable Content"}.get(status, "Error")
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **extra}
    return _response(json.dumps(body), status, "application/problem+json")


def _missing(what: str, id: str) -> Response:
    return problem(404, f"there is no {what} {id!r}")


def _http_error(error: HTTPException) -> Response:
    if error.response is not None:
        return cast(Response, error.response)
    made = problem(error.code or 500, error.description or error.name)
    for name, value in error.get_headers():
        if name in ("Allow", "WWW-Authenticate"):
            made.headers[name] = value
    return made


def _accepted(process: Process) -> Response:
    return _empty(202, Location=f"{request.host_url.rstrip('/')}{API}/processes/{process.launch.id}")


def _single(body: dict[str, Any]) -> Response:
    made = _json(body)
    made.headers["ETag"] = f'"{hashlib.sha256(made.get_data()).hexdigest()[:16]}"'
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
