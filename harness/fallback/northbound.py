"""fallback/v1, the Fallback Manager's northbound side.

The Flask app holds no state: it is built once, and finds the manager it speaks for in the WSGI environment.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import cast

from flask import Flask, Response, abort, request

from harness.clients.entities import Endpoint
from harness.clients.errors import ClientError
from harness.fallback.fallback import Fallback
from harness.fallback.manager import Busy, FallbackManager, OrderError
from harness.fallback.view import resource
from harness.northbound import Northbound, answer, empty, missing, problem, single

ENVIRON = "manolab.fallback"
API = Northbound("fallback", Path(__file__).parent / "fallback.yaml")


@cache
def app() -> Flask:
    """The one Flask app of all Fallback Managers in this process."""
    made = API.app(
        "harness.fallback",
        (
            (f"{API.root}/fallbacks", _begin, ["POST"]),
            (f"{API.root}/fallbacks", _fallbacks, ["GET"]),
            (f"{API.root}/fallbacks/<id>", _one_fallback, ["GET"]),
            (f"{API.root}/inventory", _introduce, ["PUT"]),
            (f"{API.root}/subscriptions", _subscribe, ["POST"]),
            (f"{API.root}/subscriptions/<id>", _unsubscribe, ["DELETE"]),
        ),
        broke="the Fallback Manager",
    )
    made.register_error_handler(OrderError, lambda error: problem(422, str(error)))
    made.register_error_handler(Busy, lambda error: problem(409, str(error)))
    return made


def _begin() -> Response:
    return empty(202, Location=API.location("fallbacks", _manager().begin(API.body("FallbackRequest")).id))


def _fallbacks() -> Response:
    return answer([resource(one) for one in list(_manager().fallbacks.values())])


def _one_fallback(id: str) -> Response:
    return single(resource(_fallback(id)))


def _introduce() -> Response:
    body = API.body("Inventory")
    actors = {name: Endpoint(**one) for name, one in body["actors"].items()}
    try:
        _manager().introduce(actors, body.get("authorization"))
    except ClientError as error:
        return problem(422, f"authorization: {error}")
    return empty(204)


def _subscribe() -> Response:
    callback = API.body("SubscriptionRequest")["callbackUri"]
    try:
        made, new = _manager().subscribe(callback)
    except ClientError as error:
        return problem(422, f"callbackUri {callback} did not answer the test: {error}")
    location = API.location("subscriptions", made.id)
    told = {"id": made.id, "callbackUri": made.callback_uri}
    return answer(told, 201, Location=location) if new else empty(303, Location=location)


def _unsubscribe(id: str) -> Response:
    there = _manager().subscriptions.pop(id, None) is not None
    return empty(204) if there else missing("subscription", id)


def _manager() -> FallbackManager:
    return cast(FallbackManager, request.environ[ENVIRON])


def _fallback(id: str) -> Fallback:
    found = _manager().fallbacks.get(id)
    if found is None:
        abort(missing("fallback", id))
    return found
