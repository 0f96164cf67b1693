"""smm/v1 as an external manager sees it."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from werkzeug.test import Client

from harness.smm import OPERATIONS, create
from harness.smm.decide import Do, decide
from harness.smm.northbound import API
from harness.smm.operations import Context, Done, Operation, Outcome
from harness.smm.plans import builtin
from harness.sut import Checked, Description, Surroundings
from tests.smm.script import refuse
from tests.smm.world import LAUNCH, World


def _checked(surroundings: Surroundings) -> Checked:
    return Checked(create(surroundings), Description(API.description))


def test_the_description_is_valid_openapi() -> None:
    """3.1, with all references resolved."""
    validate(API.description)


def test_answers_are_as_described(world: World) -> None:
    """Each resource, found and not found, held against the description."""
    checked = Checked(world.subject, Description(API.description))
    api = Client(checked)
    process = api.post("/smm/v1/processes", json=LAUNCH).headers["Location"].removeprefix("http://localhost")
    subscription = api.post("/smm/v1/subscriptions", json={"callbackUri": "http://manager/callbacks/1"})
    assert subscription.status_code == 201
    assert api.post("/smm/v1/subscriptions", json={"callbackUri": "http://manager/callbacks/1"}).status_code == 303
    world.clock.run(until=0.2)
    for path in (
        process, "/smm/v1/processes", "/smm/v1/execution_plans", "/smm/v1/execution_plans/internal-seamless",
        "/smm/v1/subscriptions", f"/smm/v1/subscriptions/{subscription.get_json()['id']}",
        "/smm/v1/openapi.json", "/smm/v1/api_versions", "/smm/api_versions",
    ):  # fmt: skip
        assert api.get(path).status_code == 200, path
    for path in ("processes", "execution_plans", "subscriptions"):
        assert api.get(f"/smm/v1/{path}/none").status_code == 404
    assert api.post(f"{process}/suspend").status_code == 202
    assert api.post(f"{process}/commit").status_code == 409
    assert api.delete("/smm/v1/processes").status_code == 405
    assert api.post("/smm/v1/processes", data="{", content_type="application/json").status_code == 400
    assert api.delete(f"/smm/v1/subscriptions/{subscription.get_json()['id']}").status_code == 204
    checked.verify()


def test_a_405_says_what_is_allowed(world: World) -> None:
    """Allow lists the methods."""
    assert set(world.api.delete("/smm/v1/processes").headers["Allow"].split(", ")) >= {"GET", "POST"}


def test_all_problems_of_a_launch_come_at_once(world: World) -> None:
    """Plan, policy and actors in one 422."""
    plan: dict[str, Any] = {**builtin()["internal-seamless"].source, "suport": "X"}
    body = {**LAUNCH, "plan": plan, "policy": {"parallel": {"VRM": ["DELAYED"]}}, "target": "vnfn"}
    del body["planId"]
    answer = world.api.post("/smm/v1/processes", json=body)
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    text = "\n".join(answer.get_json()["problems"])
    assert "did you mean 'support'" in text
    assert "did you mean 'DELAY'" in text
    assert "target: 'vnfn' is not a known actor; allowed: em, manager, nfvo" in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"planId": "internal-seemless"}, "did you mean 'internal-seamless'"),
        ({"plan": {}}, "either plan or planId"),
        ({"comit": "manual"}, "did you mean 'commit'"),
        ({"commit": "later"}, "allowed: automatic, manual"),
        ({"destinationSoftwareVersion": ""}, "destinationSoftwareVersion"),
    ],
)
def test_a_wrong_launch_is_explained(world: World, changes: dict[str, Any], said: str) -> None:
    """422 with what is allowed."""
    answer = world.api.post("/smm/v1/processes", json={**LAUNCH, **changes})
    assert answer.status_code == 422
    assert said in answer.get_json()["detail"]


def test_a_plan_may_come_with_the_request(world: World) -> None:
    """The plan object itself instead of an id."""
    request = {key: value for key, value in LAUNCH.items() if key != "planId"}
    request["plan"] = dict(builtin()["internal-seamless"].source)
    location = world.api.post("/smm/v1/processes", json=request).headers["Location"]
    world.clock.run()
    assert world.process(location.rsplit("/", 1)[1])["outcome"] == "DESTINATION_COMMITTED"


def test_subscribers_hear_of_every_step_and_of_the_end(world: World) -> None:
    """A notification for each line of the journal, as described (Smm.015)."""
    world.api.post("/smm/v1/subscriptions", json={"callbackUri": "http://manager/callbacks/1"})
    process = world.run()
    told = [(body["currentStep"], body["event"]) for body in world.heard]
    assert told == [(entry["step"], entry["event"]) for entry in process["journal"]]
    assert (world.heard[-1]["state"], world.heard[-1]["outcome"]) == ("COMPLETED", "DESTINATION_COMMITTED")
    schema = {"$ref": "#/components/schemas/SoftwareModificationProcessNotification", **API.description}
    for body in world.heard:
        Draft202012Validator(schema).validate(body)
    assert len({body["id"] for body in world.heard}) == len(world.heard)


def test_a_filter_of_states_keeps_everything_else_from_a_subscriber(world: World) -> None:
    """Whoever asks for the end only hears of the end; another filter is another subscription, an unknown state none."""
    wanted = {"callbackUri": "http://manager/callbacks/1", "filter": {"states": ["COMPLETED", "FAILED"]}}
    made = world.api.post("/smm/v1/subscriptions", json=wanted)
    assert made.get_json()["filter"] == wanted["filter"]
    assert world.api.post("/smm/v1/subscriptions", json=wanted).status_code == 303
    wanted["filter"] = {"states": ["FINISHED"]}
    assert world.api.post("/smm/v1/subscriptions", json=wanted).status_code == 422
    world.run()
    assert [body["state"] for body in world.heard] == ["COMPLETED"]


def test_a_subscriber_that_does_not_answer_is_not_taken(world: World) -> None:
    """The callback is tested first."""
    answer = world.api.post("/smm/v1/subscriptions", json={"callbackUri": "http://manager/nowhere"})
    assert answer.status_code == 422


def test_a_subscriber_that_is_gone_does_no_harm(world: World) -> None:
    """The process goes on."""
    world.api.post("/smm/v1/subscriptions", json={"callbackUri": "http://manager/callbacks/1"})
    world.wire.strike("POST manager/callbacks/1", refuse(500), times=100)
    assert world.run()["outcome"] == "DESTINATION_COMMITTED"


def test_callbacks_of_unknown_processes_are_refused(world: World) -> None:
    """404; what is no object, 400; what is neither a test nor a notification, 405."""
    assert world.api.get("/callbacks/none").status_code == 404
    assert world.api.post("/callbacks/none", json={}).status_code == 404
    process = world.launch()
    assert world.api.get(f"/callbacks/{process}").status_code == 204
    assert world.api.post(f"/callbacks/{process}", json=[]).status_code == 400
    assert world.api.post(f"/callbacks/{process}", data="{").status_code == 400
    refused = world.api.put(f"/callbacks/{process}", json={})
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD, POST")


def test_percentage_and_state_move_forward(world: World) -> None:
    """From STARTING to COMPLETED, 0 to 100."""
    process = world.launch()
    first = world.process(process)
    assert (first["state"], first["percentage"], first["sourceSoftwareVersion"]) == ("STARTING", 0, None)
    world.clock.run(until=0.2)
    then = world.process(process)
    assert (then["state"], then["currentRow"], then["sourceSoftwareVersion"]) == ("PROCESSING", "5.2.2.5-1#4", "1.0.0")
    assert 0 < then["percentage"] < 100
    world.clock.run()
    assert world.process(process)["percentage"] == 100


class SkipsTests(Operation):
    """Pretends that tests were run."""

    def do(self, context: Context) -> Outcome:
        return Done({"testRunId": "none", "verdict": "PASS"})


def test_a_mutant_replaces_one_operation() -> None:
    """The engine neither knows nor cares."""
    wrong = {**OPERATIONS, "run-tests": SkipsTests(), "await-tests": SkipsTests()}
    world = World(lambda surroundings: create(surroundings, operations=wrong))
    assert world.run()["outcome"] == "DESTINATION_COMMITTED"
    assert not world.runs


def test_a_mutant_replaces_the_decisions() -> None:
    """One that never commits: the step is passed over by a plan of its own making."""

    def never_tests(plan: Any, journal: Any) -> Any:
        action = decide(plan, journal)
        assert not (isinstance(action, Do) and action.step.id == "never")
        return action

    world = World(lambda surroundings: create(surroundings, decide=never_tests))
    assert world.run()["outcome"] == "DESTINATION_COMMITTED"
