"""tester/v1 on the wire; the client checks each answer against the description of the API."""

from __future__ import annotations

import pytest

from mocks.entities.errors import StepFailed
from mocks.entities.test_runs import TestRuns
from tests.api.conformance import client, notification_problems
from tests.fakes import make_core

ROOT = "/tester/v1"
REQUEST = {
    "target": "vnfm",
    "softwareVersion": "2.0.0",
    "suites": ["health", "performance", "system"],
    "resources": [{"provider": "vim", "reservationId": "r"}],
    "impacted": ["nfvo", "vim"],
}


@pytest.fixture
def core():
    core = make_core("TESTER")
    usable = {"operationalState": "STARTED", "administrativeState": "UNLOCKED"}
    core.peers.states["vnfm"] = {"softwareVersion": "2.0.0", "manoApplicationState": usable}
    core.give(TestRuns(core))
    return core


@pytest.fixture
def api(core):
    return client(core)


def begin(api, **changes):
    answer = api.post(f"{ROOT}/test_runs", json={**REQUEST, **changes})
    assert answer.status_code == 202, answer.text
    return answer.headers["Location"]


def test_suites_for_a_target(api):
    """The suites for a target at a version are asked for in the query."""
    found = api.get(f"{ROOT}/test_suites?target=vnfm&softwareVersion=2.0.0").json
    assert [suite["name"] for suite in found] == ["health", "performance", "system"]
    assert api.get(f"{ROOT}/test_suites?softwareVersion=9.9.9").json == []
    assert len(api.get(f"{ROOT}/test_suites?filter=(eq,scope,SYSTEM)").json) == 1


def test_run(core, api):
    """A run answers 202 with its Location and ends with a verdict."""
    location = begin(api)
    assert (api.get(location).json["state"], api.get(location).json["requestedBy"]) == ("STARTING", "smm")
    core.clock.run()
    ended = api.get(location).json
    assert (ended["state"], ended["verdict"]) == ("COMPLETED", "PASS")
    assert api.get(f"{ROOT}/test_runs").json == [ended]


@pytest.mark.parametrize(("point", "state"), [("acquire", "FAILED"), ("suite-system", "COMPLETED")])
def test_failing_runs_conform(core, api, point, state):
    """Runs that failed and runs with the verdict FAIL are as described too."""
    core.gate.failing[f"test-run/{point}"] = StepFailed("broke")
    location = begin(api)
    core.clock.run()
    assert api.get(location).json["state"] == state


def test_suspend_and_resume(core, api):
    """Suspend and resume answer 202 with the Location of the run, 409 when the state forbids them."""
    core.gate.closed.add("test-run/suite-health")
    location = begin(api)
    core.clock.run()
    assert api.post(f"{location}/resume").status_code == 409
    assert api.post(f"{location}/suspend").headers["Location"] == location
    core.gate.open("test-run/suite-health")
    core.clock.run()
    seen = api.get(location)
    assert seen.json["state"] == "SUSPENDED"
    assert api.post(f"{location}/resume", headers={"If-Match": '"stale"'}).status_code == 412
    assert api.post(f"{location}/resume", headers={"If-Match": seen.headers["ETag"]}).status_code == 202
    core.clock.run()
    assert api.get(location).json["verdict"] == "PASS"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"suites": []}, 422),
        ({"suites": ["smoke"]}, 422),
        ({"suites": "health"}, 400),
        ({"target": None}, 400),
        ({"resources": [{"provider": "vim"}]}, 400),
    ],
)
def test_bad_requests(api, changes, status):
    """Malformed requests get 400, those for suites that are not there 422."""
    assert api.post(f"{ROOT}/test_runs", json={**REQUEST, **changes}).status_code == status


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/test_runs/nope", 404),
        ("POST", "/test_runs/nope/suspend", 404),
        ("DELETE", "/test_runs/nope", 405),
        ("POST", "/test_suites", 405),
        ("GET", "/test_runs/nope/resume", 405),
    ],
)
def test_what_is_not_there(api, method, path, status):
    """Unknown ids are 404, unknown methods 405."""
    assert api.open(ROOT + path, method=method).status_code == status


def test_subscription_and_notifications(core, api):
    """A subscriber hears of the states it asked for, as described."""
    body = {"callbackUri": "http://smm/callbacks/1", "filter": {"states": ["COMPLETED", "FAILED"]}}
    made = api.post(f"{ROOT}/subscriptions", json=body)
    assert api.get(made.headers["Location"]).json == made.json
    api.post(f"{ROOT}/subscriptions", json={"callbackUri": "http://oss/callbacks/1"})
    begin(api)
    core.clock.run()
    core.gate.failing["test-run/acquire"] = StepFailed("nothing left", transient=True)
    begin(api)
    core.clock.run()
    assert [problem for each in core.peers.notifications() for problem in notification_problems(each)] == []
    assert [body["state"] for uri, body in core.peers.delivered if "smm" in uri] == ["COMPLETED", "FAILED"]
