"""Redundancy units in nfvmanoswm/v1 on the wire; the client checks each answer against the description of the API."""

from __future__ import annotations

from typing import Any

import pytest

from mocks.entities.actors import POWERS, equip
from mocks.entities.errors import StepFailed
from tests.api.conformance import client, notification_problems
from tests.fakes import make_core

ROOT = "/nfvmanoswm/v1"
UNITS, OCCURRENCES = f"{ROOT}/redundancy_units", f"{ROOT}/redundancy_unit_op_occs"
UNLOCK = {"administrativeStateChange": {"administrativeStateAction": "UNLOCK"}}
STOP = {"operationalStateChange": {"operationalStateAction": "STOP", "stopType": "GRACEFUL"}}


@pytest.fixture
def core() -> Any:
    return equip(make_core("VIM", redundancyUnits=1), POWERS["VIM"])


@pytest.fixture
def api(core: Any) -> Any:
    return client(core)


def test_a_replacement_from_request_to_termination(core: Any, api: Any) -> None:
    """Each request answers 202 with its occurrence's Location; every answer and notification is as described."""
    api.post(f"{ROOT}/subscriptions", json={"callbackUri": "http://smm/callbacks/1"})
    (source,) = [unit["id"] for unit in api.get(UNITS).json]
    request = {
        "softwareVersion": "2.0.0",
        "replaces": source,
        "resources": [{"provider": "nfvi", "reservationId": "r"}],
    }
    location = api.post(UNITS, json=request).headers["Location"]
    core.clock.run()
    unit = api.get(location).json["redundancyUnitId"]
    for path, body in (
        (f"{unit}/service_interfaces/impacted-fe/change_state", UNLOCK),
        (f"{unit}/service_interfaces/impacted-entity/change_state", UNLOCK),
        (f"{source}/change_state", STOP),
        (f"{source}/terminate", {"terminationType": "GRACEFUL"}),
    ):
        answer = api.post(f"{UNITS}/{path}", json=body)
        assert (answer.status_code, answer.data) == (202, b"")
        core.clock.run()
        assert api.get(answer.headers["Location"]).json["operationState"] == "COMPLETED"
    assert [one["id"] for one in api.get(UNITS).json] == [unit]
    assert len(api.get(OCCURRENCES).json) == 5
    told = core.peers.notifications("RedundancyUnitOperationOccurrenceNotification")
    assert len(told) == 15
    assert [problem for each in told for problem in notification_problems(each)] == []


def test_a_crash_and_a_failure_are_as_described(core: Any, api: Any) -> None:
    """Units and occurrences with an error conform, and so do their notifications."""
    api.post(f"{ROOT}/subscriptions", json={"callbackUri": "http://smm/callbacks/1"})
    core.gate.failing["redundancy-unit/serve"] = StepFailed("crashed")
    location = api.post(UNITS, json={"softwareVersion": "2.0.0"}).headers["Location"]
    core.clock.run()
    unit = api.get(location).json["redundancyUnitId"]
    api.post(f"{UNITS}/{unit}/change_state", json=UNLOCK)
    core.clock.run()
    assert api.get(f"{UNITS}/{unit}").json["error"]["detail"] == "crashed"
    assert api.post(f"{UNITS}/{unit}/change_state", json=STOP).status_code == 409
    core.gate.failing["redundancy-unit/deploy"] = StepFailed("broke")
    location = api.post(UNITS, json={"softwareVersion": "2.0.0"}).headers["Location"]
    core.clock.run()
    assert api.get(location).json["operationState"] == "FAILED"
    told = core.peers.notifications()
    assert {each["notificationType"] for each in told} >= {"RedundancyUnitNotification"}
    assert [problem for each in told for problem in notification_problems(each)] == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/{unit}/terminate", {"terminationType": "GRACEFUL"}, 409),
        ("/{unit}/terminate", {"terminationType": "GENTLY"}, 400),
        ("/{unit}/terminate", {}, 400),
        ("/{unit}/change_state", {}, 422),
        ("/{unit}/change_state", UNLOCK, 409),
        ("/{unit}/change_state", {"operationalStateChange": {}}, 400),
        ("/nobody/terminate", {"terminationType": "FORCEFUL"}, 404),
        ("/{unit}/service_interfaces/none/change_state", STOP, 404),
    ],
)
def test_what_is_refused(api: Any, path: str, body: Any, status: int) -> None:
    """404 for what is not there, 409 for what cannot be now, 400 and 422 for what makes no sense."""
    unit = api.get(UNITS).json[0]["id"]
    assert api.post(UNITS + path.format(unit=unit), json=body).status_code == status


def test_a_change_of_what_has_changed_since_is_refused(core: Any, api: Any) -> None:
    """If-Match names the unit as the caller knew it."""
    unit = api.get(UNITS).json[0]["id"]
    known = api.get(f"{UNITS}/{unit}").headers["ETag"]
    api.post(f"{UNITS}/{unit}/change_state", json=STOP)
    core.clock.run()
    answer = api.post(f"{UNITS}/{unit}/change_state", json=UNLOCK, headers={"If-Match": known})
    assert answer.status_code == 412
