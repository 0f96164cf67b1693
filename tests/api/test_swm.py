"""nfvmanoswm/v1 on the wire; the client checks each answer against the description of the API."""

from __future__ import annotations

import pytest

from mocks.entities.admission import OperationAdmission, PendingOperation
from mocks.entities.errors import StepFailed
from mocks.entities.restoration import RestorationPoints
from mocks.entities.software_modification import SoftwareModification
from tests.api.conformance import client, notification_problems
from tests.fakes import make_core

ROOT = "/nfvmanoswm/v1"
OCCURRENCES = f"{ROOT}/software_modification_op_occs"


@pytest.fixture
def core():
    core = make_core("VNFM")
    for power in (OperationAdmission, SoftwareModification, RestorationPoints):
        core.give(power(core))
    return core


@pytest.fixture
def api(core):
    return client(core)


def begin(api, version="2.0.0", **request):
    answer = api.post(f"{ROOT}/software_modifications", json={"destinationSoftwareVersion": version, **request})
    assert answer.status_code == 202, answer.text
    assert answer.data == b""
    return answer.headers["Location"]


def begin_and_halt_at(core, api, step):
    core.gate.closed.add(f"software-modification/{step}")
    location = begin(api)
    core.clock.run()
    return location


def test_capability(api):
    """The capability is a single resource with an ETag."""
    answer = api.get(f"{ROOT}/capability")
    assert answer.status_code == 200
    assert answer.headers["ETag"]
    assert answer.json["additionalResources"]["modification"].keys() == {"vcpu", "memoryMiB", "storageGiB"}


def test_modification_from_request_to_commit(core, api):
    """A request answers 202 with the occurrence's Location, which completes and can be committed once."""
    location = begin(api, resources=[{"provider": "vim", "reservationId": "r"}], operationHandling={"VNF_LCM": "DELAY"})
    assert location.startswith(f"{OCCURRENCES}/")
    assert api.get(location).json["requestedBy"] == "smm"
    core.clock.run()
    assert api.get(location).json["operationState"] == "COMPLETED"
    answer = api.post(f"{location}/commit")
    assert (answer.status_code, answer.json["committed"]) == (200, True)
    assert api.post(f"{location}/commit").status_code == 409
    assert [each["id"] for each in api.get(OCCURRENCES).json] == [answer.json["id"]]


def test_tasks_answer_with_the_occurrence(core, api):
    """Suspend, resume and undo answer 202 with the Location of the occurrence, 409 when the state forbids them."""
    location = begin_and_halt_at(core, api, "deploy")
    assert api.post(f"{location}/resume").status_code == 409
    answer = api.post(f"{location}/suspend")
    assert (answer.status_code, answer.headers["Location"], answer.data) == (202, location, b"")
    core.gate.open("software-modification/deploy")
    core.clock.run()
    assert api.post(f"{location}/resume").status_code == 202
    core.clock.run()
    assert api.get(location).json["operationState"] == "COMPLETED"
    assert api.post(f"{location}/undo").status_code == 409


@pytest.mark.parametrize("task", ["resume", "undo"])
def test_who_goes_on_may_be_pointed_to_other_resources(core, api, task):
    """Resume and undo take reservations, and refuse what is none."""
    location = begin_and_halt_at(core, api, "deploy")
    api.post(f"{location}/suspend")
    core.gate.open("software-modification/deploy")
    core.clock.run()
    assert api.post(f"{location}/{task}", json={"resources": "all"}).status_code == 400
    other = {"resources": [{"provider": "vim", "reservationId": "r2"}]}
    assert api.post(f"{location}/{task}", json=other).status_code == 202


def test_undo(core, api):
    """An undone modification is ROLLED_BACK."""
    location = begin_and_halt_at(core, api, "deploy")
    api.post(f"{location}/suspend")
    core.gate.open("software-modification/deploy")
    core.clock.run()
    assert api.post(f"{location}/undo").status_code == 202
    core.clock.run()
    assert api.get(location).json["operationState"] == "ROLLED_BACK"


def test_failed_modification_conforms(core, api):
    """Occurrences with an error are as described too."""
    core.gate.failing["software-modification/switch"] = StepFailed("broke", transient=True)
    location = begin(api)
    core.clock.run()
    assert api.get(location).json["error"]["retryable"] is True


def test_second_modification_is_a_conflict(core, api):
    """While one modification is in progress another one is refused with 409."""
    begin(api)
    answer = api.post(f"{ROOT}/software_modifications", json={"destinationSoftwareVersion": "2.0.0"})
    assert answer.status_code == 409
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"destinationSoftwareVersion": 2}, 400),
        ({"destinationSoftwareVersion": "2.0.0", "resources": [{"provider": "vim"}]}, 400),
        ({"destinationSoftwareVersion": "2.0.0", "operationHandling": {"VNF_LCM": "LATER"}}, 400),
        ({"destinationSoftwareVersion": "2.0.0", "operationHandling": {"VRM": "DELAY"}}, 422),
        ({"destinationSoftwareVersion": "9.9.9"}, 422),
        ({"destinationSoftwareVersion": "1.0.0"}, 409),
    ],
)
def test_bad_requests(api, body, status):
    """Malformed requests get 400, well-formed ones without sense 422, those at the wrong time 409."""
    assert api.post(f"{ROOT}/software_modifications", json=body).status_code == status


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/software_modification_op_occs/nope"),
        ("POST", "/software_modification_op_occs/nope/suspend"),
        ("POST", "/software_modification_op_occs/nope/commit"),
        ("GET", "/restoration_points/nope"),
        ("DELETE", "/restoration_points/nope"),
        ("POST", "/restoration_points/nope/restore"),
        ("GET", "/restore_op_occs/nope"),
        ("GET", "/pending_operations/nope"),
        ("POST", "/pending_operations/nope/execute"),
        ("POST", "/pending_operations/nope/return"),
        ("GET", "/subscriptions/nope"),
        ("DELETE", "/subscriptions/nope"),
    ],
)
def test_unknown_ids(api, method, path):
    """Whatever does not exist is a 404."""
    assert api.open(ROOT + path, method=method).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/capability"),
        ("GET", "/software_modifications"),
        ("DELETE", "/software_modification_op_occs/x"),
        ("GET", "/software_modification_op_occs/x/suspend"),
        ("PUT", "/restoration_points/x"),
        ("POST", "/restore_op_occs"),
        ("DELETE", "/pending_operations/x"),
        ("PATCH", "/subscriptions/x"),
    ],
)
def test_methods_that_are_not_offered(api, method, path):
    """A method that a resource does not have is a 405 with Allow."""
    answer = api.open(ROOT + path, method=method)
    assert answer.status_code == 405
    assert answer.headers["Allow"]


def test_stale_etag(core, api):
    """A task with the ETag of an earlier state is refused with 412."""
    location = begin_and_halt_at(core, api, "deploy")
    seen = api.get(location).headers["ETag"]
    assert api.post(f"{location}/suspend", headers={"If-Match": '"stale"'}).status_code == 412
    assert api.post(f"{location}/suspend", headers={"If-Match": seen}).status_code == 202


def test_lists_take_filters_and_selectors(core, api):
    """Lists are filtered by attributes, and unknown attributes are refused."""
    begin(api)
    core.clock.run()
    assert len(api.get(f"{OCCURRENCES}?filter=(eq,operationState,COMPLETED)").json) == 1
    assert api.get(f"{OCCURRENCES}?filter=(eq,operationState,FAILED)").json == []
    assert api.get(f"{OCCURRENCES}?filter=(eq,colour,red)").status_code == 400


def test_restoration_points(core, api):
    """A restoration point is made, read, listed, restored and deleted."""
    answer = api.post(f"{ROOT}/restoration_points", json={"description": "before"})
    assert answer.status_code == 201
    point = answer.headers["Location"]
    assert api.get(point).json == answer.json
    assert api.get(f"{ROOT}/restoration_points").json == [answer.json]
    begin(api, restorationPointId=answer.json["id"])
    assert api.delete(point).status_code == 409
    core.clock.run()
    restore = api.post(f"{point}/restore")
    assert restore.status_code == 202
    core.clock.run()
    assert api.get(restore.headers["Location"]).json["operationState"] == "COMPLETED"
    assert len(api.get(f"{ROOT}/restore_op_occs").json) == 1
    assert api.get(f"{ROOT}/capability").json["softwareVersion"] == "1.0.0"
    assert api.delete(point).status_code == 204
    assert api.get(point).status_code == 404


def arrive(core, fate):
    operation = PendingOperation("VNF_LCM", "op-1", "INSTANTIATE", "nfvo")
    core.power(OperationAdmission).admit(operation, lambda: fate.append("ran"), lambda: fate.append("back"))


@pytest.mark.parametrize(("task", "became"), [("execute", "ran"), ("return", "back")])
def test_pending_operations(core, api, task, became):
    """An operation that waits is listed, and executing or returning it answers with its own occurrence."""
    fate = []
    begin(api, operationHandling={"VNF_LCM": "NOTIFY_CONSUMER"})
    arrive(core, fate)
    (pending,) = api.get(f"{ROOT}/pending_operations").json
    path = f"{ROOT}/pending_operations/{pending['id']}"
    assert api.get(path).json == pending
    answer = api.post(f"{path}/{task}")
    assert (answer.status_code, answer.headers["Location"]) == (202, "/vnflcm/v1/vnf_lcm_op_occs/op-1")
    assert fate == [became]
    assert api.post(f"{path}/{task}").status_code == 404


def test_subscription_and_notifications(core, api):
    """A subscriber hears of modifications and restorations as described, until it unsubscribes."""
    body = {"callbackUri": "http://smm/callbacks/1", "filter": {"operationStates": ["COMPLETED", "ROLLED_BACK"]}}
    made = api.post(f"{ROOT}/subscriptions", json=body)
    assert made.status_code == 201
    assert api.post(f"{ROOT}/subscriptions", json=body).status_code == 303
    everything = api.post(f"{ROOT}/subscriptions", json={"callbackUri": "http://oss/callbacks/1"})
    assert len(api.get(f"{ROOT}/subscriptions").json) == 2
    assert api.get(made.headers["Location"]).json == made.json
    core.gate.failing["software-modification/switch"] = StepFailed("broke")
    begin(api)
    core.clock.run()
    api.post(api.post(f"{ROOT}/restoration_points", json={}).headers["Location"] + "/restore")
    core.clock.run()
    notifications = core.peers.notifications()
    assert [problem for each in notifications for problem in notification_problems(each)] == []
    assert [body["operationState"] for uri, body in core.peers.delivered if "smm" in uri] == [
        "ROLLED_BACK",
        "COMPLETED",
    ]
    for subscription in (made, everything):
        assert api.delete(subscription.headers["Location"]).status_code == 204
    assert api.get(f"{ROOT}/subscriptions").json == []


def test_subscription_needs_a_callback_that_answers(core, api):
    """A callback that does not answer its test is refused with 422, a filter nobody knows with 400."""
    core.peers.deaf.add("http://deaf")
    assert api.post(f"{ROOT}/subscriptions", json={"callbackUri": "http://deaf"}).status_code == 422
    body = {"callbackUri": "http://smm", "filter": {"colours": ["red"]}}
    assert api.post(f"{ROOT}/subscriptions", json=body).status_code == 400
