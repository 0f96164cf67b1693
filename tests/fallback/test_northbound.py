"""fallback/v1 as whoever decides on a fallback sees it."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from werkzeug.test import Client

from harness.fallback.northbound import API
from harness.sut import FALLBACK_MANAGER, Checked, Description, SubjectError, resolve
from tests.fallback.world import CALLBACK, REQUEST, World, naming


def test_the_description_is_valid_openapi() -> None:
    """3.1, with all references resolved."""
    validate(API.description)


def test_answers_are_as_described(world: World) -> None:
    """Each resource, found and not found, held against the description."""
    checked = Checked(world.subject, Description(API.description), prefix="/fallback/")
    api = Client(checked)
    subscription = api.post("/fallback/v1/subscriptions", json={"callbackUri": CALLBACK})
    assert subscription.status_code == 201
    assert api.post("/fallback/v1/subscriptions", json={"callbackUri": CALLBACK}).status_code == 303
    begun = api.post("/fallback/v1/fallbacks", json=REQUEST)
    path = begun.headers["Location"].removeprefix("http://localhost")
    assert api.post("/fallback/v1/fallbacks", json=REQUEST).status_code == 409
    assert api.get(path).status_code == 200
    world.clock.run()
    for there in (path, "/fallback/v1/fallbacks", "/fallback/v1/openapi.json", "/fallback/v1/api_versions"):
        assert api.get(there).status_code == 200
    assert api.get("/fallback/v1/fallbacks/none").status_code == 404
    assert api.delete("/fallback/v1/fallbacks").status_code == 405
    assert api.post("/fallback/v1/fallbacks", data="{", content_type="application/json").status_code == 400
    assert api.post("/fallback/v1/fallbacks", json={**REQUEST, "tester": "nobody"}).status_code == 422
    assert api.post("/fallback/v1/fallbacks", json={}).status_code == 422
    inventory = {"actors": {"vnfm": {"type": "VNFM", "url": "http://vnfm"}}}
    assert api.put("/fallback/v1/inventory", json=inventory).status_code == 204
    gone = f"/fallback/v1/subscriptions/{subscription.get_json()['id']}"
    assert [api.delete(gone).status_code for _ in range(2)] == [204, 404]
    checked.verify()


def test_subscribers_hear_of_each_turn(world: World) -> None:
    """From the request to the end, as the description says, and each notification with an id of its own."""
    world.api.post("/fallback/v1/subscriptions", json={"callbackUri": CALLBACK})
    world.broken = {"new"}
    world.run(naming("new", "old"))
    schema = {"$ref": "#/components/schemas/FallbackNotification", "components": API.description["components"]}
    for body in world.heard:
        Draft202012Validator(schema).validate(body)
    rows = [body["currentRow"].partition("#")[2] for body in world.heard]
    assert [rows[0], rows[-1]] == ["begin", "end"]
    assert {"1", "5", "6", "8"} <= set(rows)
    assert [body["outcome"] for body in world.heard if body["outcome"]] == ["RESTORED"]
    assert len({body["id"] for body in world.heard}) == len(world.heard)


def test_callbacks_are_for_fallbacks_that_there_are(world: World) -> None:
    """A subscription is tested with a GET; strangers are told so."""
    key = world.begin()
    assert world.api.get(f"/callbacks/{key}").status_code == 204
    assert world.api.get("/callbacks/none").status_code == 404
    assert world.api.post("/callbacks/none", json={}).status_code == 404
    assert world.api.post(f"/callbacks/{key}", data="x").status_code == 400


def test_reference_names_the_fallback_manager_of_this_project() -> None:
    """The same strings as for an SMM, for another part."""
    assert resolve("reference:", FALLBACK_MANAGER).__module__ == "harness.fallback"
    assert resolve("adapter:harness.fallback:create", FALLBACK_MANAGER).__module__ == "harness.fallback"


def test_a_fallback_manager_elsewhere_is_refused() -> None:
    """What is sent to it could not be told from what is sent to an SMM elsewhere."""
    with pytest.raises(SubjectError, match="adapter:"):
        resolve("http:https://fallback.example", FALLBACK_MANAGER)
