"""smm/v1, the SMM's northbound side.

The Flask app holds no state: it is built once, and finds the SMM it speaks for in the WSGI environment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, abort, request

from harness.clients.entities import Endpoint
from harness.clients.errors import ClientError
from harness.northbound import Northbound, answer, empty, missing, problem, single
from harness.smm.engine import Process
from harness.smm.manager import LaunchError, Smm, Subscription
from harness.smm.plans import builtin

ENVIRON = "manolab.smm"
API = Northbound("smm", Path(__file__).parent / "smm.yaml")


@cache
def app() -> Flask:
    """The one Flask app of all SMMs in this process."""
    tasks = f"{API.root}/processes/<id>/<any(suspend, resume, rollback, commit):task>"
    made = API.app(
        "harness.smm",
        (
            (f"{API.root}/processes", _launch, ["POST"]),
            (f"{API.root}/processes", _processes, ["GET"]),
            (f"{API.root}/processes/<id>", _one_process, ["GET"]),
            (tasks, _task, ["POST"]),
            (f"{API.root}/inventory", _inventory, ["GET"]),
            (f"{API.root}/inventory", _introduce, ["PUT"]),
            (f"{API.root}/execution_plans", _plans, ["GET"]),
            (f"{API.root}/execution_plans/<id>", _one_plan, ["GET"]),
            (f"{API.root}/subscriptions", _subscribe, ["POST"]),
            (f"{API.root}/subscriptions", _subscriptions, ["GET"]),
            (f"{API.root}/subscriptions/<id>", _one_subscription, ["GET"]),
            (f"{API.root}/subscriptions/<id>", _unsubscribe, ["DELETE"]),
        ),
        broke="the SMM",
    )
    made.register_error_handler(LaunchError, lambda error: problem(422, str(error), problems=error.problems))
    return made


def _launch() -> Response:
    return _accepted(_smm().launch(API.body("LaunchRequest", _one_plan_named)))


def _one_plan_named(body: dict[str, Any]) -> list[str]:
    one = ("plan" in body) != ("planId" in body)
    return [] if one else ["either plan or planId is needed, and not both"]


def _processes() -> Response:
    return answer([process.view() for process in list(_smm().processes.values())])


def _one_process(id: str) -> Response:
    return single(_process(id).inquire())


def _task(id: str, task: str) -> Response:
    process = _process(id)
    if not process.ask(task):
        view = process.view()
        return problem(409, f"{task} is not possible: process {id} is {view['state']}, outcome {view['outcome']}")
    return _accepted(process)


def _inventory() -> Response:
    return single({"actors": {name: asdict(one) for name, one in _smm().inventory.items()}})


def _introduce() -> Response:
    body = API.body("Inventory")
    try:
        _smm().introduce({name: Endpoint(**one) for name, one in body["actors"].items()}, body.get("authorization"))
    except ClientError as error:
        return problem(422, f"authorization: {error}")
    return empty(204)


def _plans() -> Response:
    return answer([_in_list(plan.source) for plan in builtin().values()])


def _in_list(resource: Mapping[str, Any]) -> dict[str, Any]:
    """A resource as a list shows it: without its complex attributes, which it has itself (SOL 013 clause 5.3)."""
    return {name: value for name, value in resource.items() if not isinstance(value, dict | list)}


def _one_plan(id: str) -> Response:
    plan = builtin().get(id)
    return single(dict(plan.source)) if plan else missing("execution plan", id)


def _subscribe() -> Response:
    wanted = API.body("SubscriptionRequest")
    callback = wanted["callbackUri"]
    try:
        made, new = _smm().subscribe(callback, wanted.get("filter", {}).get("states", ()))
    except ClientError as error:
        return problem(422, f"callbackUri {callback} did not answer the test: {error}")
    location = API.location("subscriptions", made.id)
    return answer(_subscription(made), 201, Location=location) if new else empty(303, Location=location)


def _subscriptions() -> Response:
    return answer([_subscription(one) for one in _smm().subscriptions.values()])


def _one_subscription(id: str) -> Response:
    found = _smm().subscriptions.get(id)
    return single(_subscription(found)) if found else missing("subscription", id)


def _subscription(one: Subscription) -> dict[str, Any]:
    filtered = {"filter": {"states": list(one.states)}} if one.states else {}
    return {"id": one.id, "callbackUri": one.callback_uri, **filtered}


def _unsubscribe(id: str) -> Response:
    return empty(204) if _smm().unsubscribe(id) else missing("subscription", id)


def _smm() -> Smm:
    return cast(Smm, request.environ[ENVIRON])


def _process(id: str) -> Process:
    found = _smm().processes.get(id)
    if found is None:
        abort(missing("process", id))
    return found


def _accepted(process: Process) -> Response:
    return empty(202, Location=API.location("processes", process.launch.id))
