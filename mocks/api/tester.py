"""tester/v1, the lab's own: test suites and their runs (table 5.2.2.5-1, rows 5 and 6)."""

from __future__ import annotations

from flask import Blueprint

from mocks.api import answers, bodies, subscription_routes
from mocks.api.descriptions import validator
from mocks.api.lean import Reply, asked
from mocks.api.lists import listed
from mocks.api.slots import Slot, serving
from mocks.entities.ports import Body
from mocks.entities.subscriptions import Subscription
from mocks.entities.test_runs import TestRuns

NAME = "tester"
ROOT = f"/{NAME}/v1"


def blueprint(slot: Slot) -> Blueprint:
    """The API of the entity in the slot."""
    api = Blueprint(NAME, __name__, url_prefix=ROOT)
    runs = serving(slot, TestRuns)
    check = validator(NAME, "TestRunRequest")
    check_task = validator(NAME, "ContinuationRequest")

    @api.get("/test_suites")
    def query_suites() -> Reply:
        wanted = asked().args.get("target"), asked().args.get("softwareVersion")
        return listed(runs().suites(*wanted), of=(NAME, "TestSuite"))

    @api.post("/test_runs")
    def run_tests() -> Reply:
        begun = runs().create(bodies.read(check), asked().environ["manolab.actor"])
        return answers.accepted(f"{ROOT}/test_runs/{begun['id']}")

    @api.get("/test_runs")
    def query_runs() -> Reply:
        return listed(runs().list(), of=(NAME, "TestRun"))

    @api.get("/test_runs/<id>")
    def read_run(id: str) -> Reply:
        return answers.resource(runs().get(id))

    @api.post("/test_runs/<id>/<any(suspend, resume):task>")
    def steer_run(id: str, task: str) -> Reply:
        answers.check_match(runs().get(id))
        indicated = bodies.read(check_task) if asked().content else {}
        runs().task(id, task, indicated.get("resources", ()))
        return answers.accepted(f"{ROOT}/test_runs/{id}")

    def describe(subscription: Subscription) -> Body:
        return runs().announcements.describe(subscription)

    subscription_routes.add(
        api,
        ROOT,
        lambda: runs().announcements.subscriptions,
        describe,
        validator(NAME, "SubscriptionRequest"),
    )
    return api
