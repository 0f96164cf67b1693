from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient

from mocks.api import control
from mocks.api.app import create_app
from mocks.faults.collection import Faults
from mocks.faults.journal import Unwritten
from tests.fakes import FakeClock, make_core


class RememberingControls:
    """Stands for the lab: keeps what it was asked for."""

    def __init__(self) -> None:
        self.faults = Faults(FakeClock(), Unwritten())
        self.asked: list[tuple[Any, ...]] = []

    def reset(self, seed: int, profile: Mapping[str, Any]) -> None:
        self.asked.append(("reset", seed, dict(profile)))

    def trigger(self, to: str, method: str, path: str, body: Mapping[str, Any] | None) -> dict[str, Any]:
        if to != "vim":
            raise KeyError(to)
        self.asked.append(("trigger", to, method, path, body))
        return {"status": 202, "location": "/vrm/v1/vrm_op_occs/1", "body": None}


@pytest.fixture
def controls() -> RememberingControls:
    return RememberingControls()


@pytest.fixture
def http(controls: RememberingControls) -> FlaskClient:
    """A client that is the administrator."""
    core = make_core("VNFM")
    app = create_app(lambda: core, [])
    app.register_blueprint(control.blueprint(lambda: core, controls))
    made = app.test_client()
    made.environ_base["manolab.actor"] = "lab-admin"
    return made


@pytest.mark.parametrize("sender", ["smm", None])
def test_only_the_administrator_may_touch_the_lab(http, controls, sender):
    """Anybody else gets 403, even for reading, and nothing happens."""
    http.environ_base["manolab.actor"] = sender
    assert http.post("/lab/v1/faults", json={"fault": "crash"}).status_code == 403
    answer = http.get("/lab/v1/faults")
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
    assert answer.headers["Version"] == "1.0.0"
    assert controls.faults.list() == []


def test_a_fault_is_armed_listed_and_healed(http, controls):
    """201 with the id and Location, the list shows what is armed, 204 ends it."""
    made = http.post("/lab/v1/faults", json={"fault": "crash"})
    assert (made.status_code, made.headers["Location"]) == (201, f"/lab/v1/faults/{made.json['id']}")
    (shown,) = http.get("/lab/v1/faults").json
    assert (shown["id"], shown["fault"], shown["state"]) == (made.json["id"], "crash", "ACTIVE")
    assert http.delete(made.headers["Location"]).status_code == 204
    assert not controls.faults.dead
    assert http.delete(made.headers["Location"]).status_code == 404


def test_a_wrong_specification_is_refused_with_all_its_problems(http):
    """422 lists each problem by itself too."""
    answer = http.post("/lab/v1/faults", json={"fault": "crsh", "times": 0})
    assert answer.status_code == 422
    assert len(answer.json["problems"]) == 2
    assert "did you mean 'crash'" in answer.json["detail"]


def test_a_fault_that_never_heals_is_a_conflict(http):
    """409 says how to end it."""
    made = http.post("/lab/v1/faults", json={"fault": "crash", "heals": "never"})
    assert http.delete(made.headers["Location"]).status_code == 409


def test_a_point_is_held_and_released(http):
    """201 with the id, 204, and 404 the second time; 400 for a point that is none."""
    made = http.post("/lab/v1/holds", json={"point": "software-modification/deploy"})
    assert (made.status_code, made.headers["Location"]) == (201, f"/lab/v1/holds/{made.json['id']}")
    assert http.delete(made.headers["Location"]).status_code == 204
    assert http.delete(made.headers["Location"]).status_code == 404
    assert http.post("/lab/v1/holds", json={"point": "deploy"}).status_code == 400


def test_a_reset_needs_a_seed(http, controls):
    """204 with the profile to merge; 400 without a whole number."""
    assert http.post("/lab/v1/reset", json={"seed": 7, "profile": {"vim": None}}).status_code == 204
    assert http.post("/lab/v1/reset", json={"seed": 8}).status_code == 204
    assert http.post("/lab/v1/reset", json={"seed": "7"}).status_code == 400
    assert controls.asked == [("reset", 7, {"vim": None}), ("reset", 8, {})]


def test_an_actor_is_triggered_to_send_a_request(http, controls):
    """200 tells what came back; an actor that nobody knows is 422, a request that is none 400."""
    wanted = {"to": "vim", "method": "POST", "path": "/vrm/v1/compute_resources", "body": {"name": "x"}}
    answer = http.post("/lab/v1/triggers", json=wanted)
    assert answer.json == {"status": 202, "location": "/vrm/v1/vrm_op_occs/1", "body": None}
    assert controls.asked == [("trigger", "vim", "POST", "/vrm/v1/compute_resources", {"name": "x"})]
    assert http.post("/lab/v1/triggers", json={**wanted, "to": "vmi"}).status_code == 422
    bad = http.post("/lab/v1/triggers", json={"to": 1, "method": "FETCH", "path": "x", "body": []})
    assert bad.status_code == 400
    assert bad.json["detail"].count(";") == 3
