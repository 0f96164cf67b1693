"""vrm/v1 on the wire; the client checks each answer against the description of the API."""

from __future__ import annotations

import pytest

from mocks.entities.admission import OperationAdmission
from mocks.entities.errors import StepFailed
from mocks.entities.virtualised_resources import VirtualisedResources
from tests.api.conformance import client, notification_problems
from tests.fakes import make_core

ROOT = "/vrm/v1"
SOME = {"vcpu": 4, "memoryMiB": 1024, "storageGiB": 10}


@pytest.fixture
def core():
    core = make_core("VIM")
    core.give(OperationAdmission(core))
    core.give(VirtualisedResources(core))
    return core


@pytest.fixture
def api(core):
    return client(core)


def reserve(api, **changes):
    return api.post(f"{ROOT}/reservations", json={"purpose": "TESTING", "resources": SOME, **changes})


def test_reservation(api):
    """A reservation is made for its sender, read, listed, and cancelled; the capacity follows."""
    made = reserve(api)
    assert (made.status_code, made.json["owner"]) == (201, "smm")
    location = made.headers["Location"]
    assert api.get(location).json == made.json
    assert api.get(f"{ROOT}/reservations?filter=(eq,purpose,TESTING)").json == [made.json]
    assert api.get(f"{ROOT}/capacity").json["available"]["vcpu"] == 60
    assert api.delete(location).status_code == 204
    assert api.get(location).status_code == 404
    assert api.get(f"{ROOT}/capacity").json["available"]["vcpu"] == 64


def test_insufficient_resources(api):
    """What is not there is a 409 with the title that says so."""
    answer = reserve(api, resources={"vcpu": 65})
    assert (answer.status_code, answer.json["title"]) == (409, "Insufficient resources")


def test_allocations(api):
    """Allocations take from their reservation, keep it from being cancelled, and are given back."""
    reservation = reserve(api).headers["Location"]
    made = api.post(f"{reservation}/allocations", json={"resources": {"vcpu": 4}})
    assert made.status_code == 201
    assert made.headers["Location"] == f"{reservation}/allocations/{made.json['id']}"
    assert api.post(f"{reservation}/allocations", json={"resources": {"vcpu": 1}}).status_code == 409
    assert api.get(reservation).json["inUse"]["vcpu"] == 4
    assert api.delete(reservation).status_code == 409
    assert api.delete(made.headers["Location"]).status_code == 204
    assert api.delete(made.headers["Location"]).status_code == 404
    assert api.delete(reservation).status_code == 204


def test_compute_resource(core, api):
    """A compute resource comes and goes by operations, whose occurrences the Locations name."""
    answer = api.post(f"{ROOT}/compute_resources", json={"name": "vm", "resources": SOME})
    assert (answer.status_code, answer.data) == (202, b"")
    begun = api.get(answer.headers["Location"]).json
    assert begun["operationState"] == "STARTING"
    resource = f"{ROOT}/compute_resources/{begun['computeResourceId']}"
    assert api.delete(resource).status_code == 409
    core.clock.run()
    assert api.get(answer.headers["Location"]).json["operationState"] == "COMPLETED"
    assert api.get(resource).json["state"] == "STARTED"
    assert len(api.get(f"{ROOT}/compute_resources").json) == 1
    assert api.delete(resource).status_code == 202
    core.clock.run()
    assert api.get(resource).status_code == 404
    assert [each["operation"] for each in api.get(f"{ROOT}/vrm_op_occs").json] == ["ALLOCATE", "TERMINATE"]


def test_failed_operation_conforms(core, api):
    """Occurrences with an error are as described too."""
    core.gate.failing["vrm-operation/start"] = StepFailed("no host")
    location = api.post(f"{ROOT}/compute_resources", json={"name": "vm", "resources": SOME}).headers["Location"]
    core.clock.run()
    assert api.get(location).json["operationState"] == "ROLLED_BACK"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/reservations", {}),
        ("/reservations", {"purpose": "FUN", "resources": SOME}),
        ("/reservations", {"purpose": "OTHER", "resources": {"vcpu": -1}}),
        ("/reservations", {"purpose": "OTHER", "resources": {"vcpus": 1}}),
        ("/reservations", {"purpose": "OTHER", "resources": {}}),
        ("/reservations/x/allocations", {"resources": {"vcpu": 1.5}}),
        ("/compute_resources", {"name": "", "resources": SOME}),
        ("/subscriptions", {"filter": {}}),
    ],
)
def test_malformed_requests(api, path, body):
    """Malformed requests get 400."""
    assert api.post(ROOT + path, json=body).status_code == 400


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/capacity"),
        ("PATCH", "/reservations/x"),
        ("GET", "/reservations/x/allocations"),
        ("GET", "/reservations/x/allocations/y"),
        ("DELETE", "/vrm_op_occs/x"),
    ],
)
def test_methods_that_are_not_offered(api, method, path):
    """A method that a resource does not have is a 405 with Allow."""
    assert api.open(ROOT + path, method=method).status_code == 405


@pytest.mark.parametrize("path", ["/reservations/x", "/compute_resources/x", "/vrm_op_occs/x", "/subscriptions/x"])
def test_unknown_ids(api, path):
    """Whatever does not exist is a 404."""
    assert api.get(ROOT + path).status_code == 404


def test_stale_etag(api):
    """Cancelling with the ETag of an earlier state is refused with 412."""
    location = reserve(api).headers["Location"]
    seen = api.get(location).headers["ETag"]
    api.post(f"{location}/allocations", json={"resources": {"vcpu": 1}})
    assert api.delete(location, headers={"If-Match": seen}).status_code == 412


def test_subscription_and_notifications(core, api):
    """A subscriber hears of the operations it asked for, as described."""
    body = {"callbackUri": "http://smm/callbacks/1", "filter": {"operations": ["ALLOCATE"]}}
    made = api.post(f"{ROOT}/subscriptions", json=body)
    assert api.get(made.headers["Location"]).json == made.json
    core.gate.failing["vrm-operation/start"] = StepFailed("no host")
    api.post(f"{ROOT}/compute_resources", json={"name": "vm", "resources": SOME})
    core.clock.run()
    told = core.peers.notifications()
    assert [each["operationState"] for each in told] == ["STARTING", "PROCESSING", "ROLLED_BACK"]
    assert [problem for each in told for problem in notification_problems(each)] == []
