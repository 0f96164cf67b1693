"""nfvmanocim/v2 over HTTP; each answer is checked against ETSI's description by the client itself."""

from __future__ import annotations

import pytest

from mocks.entities.core import Core
from mocks.entities.information import Information
from mocks.entities.logs import Logs
from tests.api.conformance import CheckedClient, client, notification_problems
from tests.fakes import make_core

ROOT = "/nfvmanocim/v2"
MERGE_PATCH = "application/merge-patch+json"


@pytest.fixture
def core() -> Core:
    core = make_core("VNFM", peers=["nfvo-2", {"name": "orchestrator", "type": "NFVO"}])
    core.give(Information(core))
    core.give(Logs(core))
    return core


@pytest.fixture
def http(core: Core) -> CheckedClient:
    return client(core)


def test_entity_tells_the_software_version_that_runs(http, core):
    """The ManoEntity shows the version of this moment, not that of its birth."""
    assert http.get(f"{ROOT}/mano_entity").json["softwareVersion"] == "1.0.0"
    core.software_version = "2.0.0"
    entity = http.get(f"{ROOT}/mano_entity").json
    assert entity["softwareVersion"] == "2.0.0"
    assert (entity["id"], entity["type"]) == ("vnfm", "VNFM")


@pytest.mark.parametrize("type", ["NFVO", "VNFM", "VIM", "TESTER", "OSS", "EM", "VNF", "NFVI"])
def test_every_type_of_actor_has_a_started_and_unlocked_interface(type):
    """The lab's types are answered within the description, as extended by its overlay."""
    core = make_core(type)
    core.give(Information(core))
    http = client(core)
    assert http.get(f"{ROOT}/mano_entity").json["type"] == type
    states = [one["interfaceState"] for one in http.get(f"{ROOT}/mano_entity/mano_interfaces").json]
    assert states
    assert {(state["operationalState"], state["administrativeState"]) for state in states} == {("STARTED", "UNLOCKED")}


def test_the_main_service_comes_first(http):
    """The first interface of a VNFM is the lifecycle of VNFs."""
    first = http.get(f"{ROOT}/mano_entity/mano_interfaces").json[0]
    assert (first["id"], first["type"], first["apiEndpoint"]["apiUri"]) == ("vnflcm-v1", "vnflcm", "/vnflcm/v1")


def test_patch_changes_name_and_answers_the_modifications(http, core):
    """PATCH answers what changed, and the next GET shows it."""
    answer = http.patch(f"{ROOT}/mano_entity", json={"description": "moved"}, content_type=MERGE_PATCH)
    assert answer.json == {"description": "moved"}
    entity = http.get(f"{ROOT}/mano_entity")
    assert entity.json["description"] == "moved"
    assert entity.headers["ETag"] == answer.headers["ETag"]


def test_stale_if_match_changes_nothing(http):
    """A PATCH made for an older representation is refused with 412."""
    tag = http.get(f"{ROOT}/mano_entity").headers["ETag"]
    assert http.patch(f"{ROOT}/mano_entity", json={"name": "a"}, headers={"If-Match": tag}).status_code == 200
    assert http.patch(f"{ROOT}/mano_entity", json={"name": "b"}, headers={"If-Match": tag}).status_code == 412
    assert http.get(f"{ROOT}/mano_entity").json["name"] == "a"


def test_patch_merges_parameters_and_services(http):
    """Clock synchronisation and service descriptions change one by one."""
    patch = {
        "clockSyncs": {"1": {"type": "NTP", "ntpServerInfo": {"hostname": "ntp.example"}}},
        "manoServiceModifications": [{"id": "vnflcm-v1", "description": "VNFs"}],
    }
    http.patch(f"{ROOT}/mano_entity", json=patch)
    entity = http.get(f"{ROOT}/mano_entity").json
    assert entity["manoConfigurableParams"]["clockSyncs"] == patch["clockSyncs"]
    assert entity["manoConfigurableParams"]["defaultLogCompileBySizeValue"] == 1024
    assert entity["manoServices"][0]["description"] == "VNFs"


def test_unknown_service_is_named(http):
    """A modification of a service that is not there is refused and names those that are."""
    answer = http.patch(f"{ROOT}/mano_entity", json={"name": "x", "manoServiceModifications": [{"id": "nope"}]})
    assert answer.status_code == 422
    assert "nope" in answer.json["detail"]
    assert "vnflcm-v1" in answer.json["detail"]
    assert http.get(f"{ROOT}/mano_entity").json["name"] == "vnfm"


def test_state_change_is_an_operation_that_takes_time(http, core):
    """A stop answers 202; its occurrence is PROCESSING and then COMPLETED."""
    change = {"operationalStateChange": {"operationalStateAction": "STOP", "stopType": "GRACEFUL"}}
    answer = http.post(f"{ROOT}/mano_entity/change_state", json=change)
    assert (answer.status_code, answer.data) == (202, b"")
    occurrence = http.get(answer.location).json
    assert (occurrence["operationState"], occurrence["changeOperationalStateRequest"]) == ("PROCESSING", "STOP")
    assert http.get(f"{ROOT}/mano_entity").json["manoApplicationState"]["operationalState"] == "STOPPING"
    core.clock.run()
    assert http.get(answer.location).json["operationState"] == "COMPLETED"
    assert http.get(f"{ROOT}/mano_entity").json["manoApplicationState"]["operationalState"] == "STOPPED"


def test_forbidden_state_change_is_a_conflict(http):
    """What runs cannot be started."""
    change = {"operationalStateChange": {"operationalStateAction": "START"}}
    answer = http.post(f"{ROOT}/mano_entity/change_state", json=change)
    assert answer.status_code == 409
    assert "STARTED" in answer.json["detail"]


def test_state_change_must_ask_for_something(http):
    """An empty request is well-formed and makes no sense."""
    assert http.post(f"{ROOT}/mano_entity/change_state", json={}).status_code == 422


def test_interface_is_locked_alone(http, core):
    """Locking one interface leaves the others and the application as they were."""
    path = f"{ROOT}/mano_entity/mano_interfaces/vnflcm-v1"
    answer = http.post(
        f"{path}/change_state", json={"administrativeStateChange": {"administrativeStateAction": "LOCK"}}
    )
    assert http.get(path).json["interfaceState"]["administrativeState"] == "LOCKING"
    core.clock.run()
    assert http.get(path).json["interfaceState"]["administrativeState"] == "LOCKED"
    states = [one["interfaceState"] for one in http.get(f"{ROOT}/mano_entity/mano_interfaces").json]
    assert [state["administrativeState"] for state in states].count("LOCKED") == 1
    reference = http.get(answer.location).json["managedObjectRef"]
    assert reference == {"type": "MANO_SERVICE_IF", "objectId": "vnfm", "subObjectId": "vnflcm-v1"}


def test_interface_endpoint_is_configured(http):
    """A PATCH of an interface changes its endpoint; what it leaves out stays."""
    path = f"{ROOT}/mano_entity/mano_interfaces/vnflcm-v1"
    http.patch(
        path, json={"apiUri": "https://a.example/vnflcm/v1", "metadata": {"zone": "1"}}, content_type=MERGE_PATCH
    )
    interface = http.get(path).json
    assert interface["apiEndpoint"]["apiUri"] == "https://a.example/vnflcm/v1"
    assert interface["apiEndpoint"]["apiName"] == "vnflcm"
    assert interface["metadata"] == {"zone": "1"}


def test_operations_leave_their_parameters_out_of_lists(http, core):
    """operationParams come with all_fields only, or when one operation is read."""
    http.post(
        f"{ROOT}/mano_entity/change_state", json={"operationalStateChange": {"operationalStateAction": "RESTART"}}
    )
    core.clock.run()
    [short] = http.get(f"{ROOT}/change_state_ops").json
    assert "operationParams" not in short
    [long] = http.get(f"{ROOT}/change_state_ops?all_fields").json
    assert long["operationParams"]["operationalStateChange"]["operationalStateAction"] == "RESTART"
    assert http.get(f"{ROOT}/change_state_ops?filter=(eq,operationState,FAILED)").json == []


def test_peers_of_the_profile_are_there(http):
    """A configured peer is named with its type, given or told by its name."""
    peers = http.get(f"{ROOT}/peer_entities").json
    assert [(peer["peerEntityId"], peer["type"]) for peer in peers] == [("nfvo-2", "NFVO"), ("orchestrator", "NFVO")]


def test_peers_live_and_die(http):
    """A peer is created once, read, modified under its ETag, and deleted."""
    request = {"peerEntityId": "em", "name": "em", "type": "EM"}
    made = http.post(f"{ROOT}/peer_entities", json=request)
    assert made.status_code == 201
    assert http.post(f"{ROOT}/peer_entities", json=request).status_code == 422
    tag = http.get(made.location).headers["ETag"]
    patch = {"operationalState": "STOPPED"}
    assert http.patch(made.location, json=patch, headers={"If-Match": tag}).json == patch
    assert http.get(made.location).json["peerEntityState"] == {
        "operationalState": "STOPPED",
        "administrativeState": "UNLOCKED",
    }
    assert http.delete(made.location, headers={"If-Match": tag}).status_code == 412
    assert http.delete(made.location).status_code == 204
    assert http.get(made.location).status_code == 404


def test_subscriber_hears_of_a_state_change(http, core):
    """PROCESSING and COMPLETED are told, with notifications as SOL 009 describes them."""
    answer = http.post(f"{ROOT}/subscriptions", json={"callbackUri": "http://smm/callbacks/1"})
    assert answer.status_code == 201
    assert http.get(answer.location).json == answer.json
    http.post(f"{ROOT}/mano_entity/change_state", json={"operationalStateChange": {"operationalStateAction": "STOP"}})
    core.clock.run()
    told = core.peers.notifications("ChangeStateNotification")
    assert [one["changeStateOperationState"] for one in told] == ["PROCESSING", "COMPLETED"]
    assert [one["operationalState"] for one in told] == ["STOPPING", "STOPPED"]
    assert [problem for one in told for problem in notification_problems(one)] == []


def test_subscriber_hears_what_its_filter_lets_through(http, core):
    """A filter by type keeps other notifications away."""
    wanted = {"notificationTypes": ["InformationChangedNotification"]}
    http.post(f"{ROOT}/subscriptions", json={"callbackUri": "http://smm/callbacks/1", "filter": wanted})
    http.post(f"{ROOT}/mano_entity/change_state", json={"operationalStateChange": {"operationalStateAction": "STOP"}})
    http.patch(f"{ROOT}/mano_entity", json={"name": "new"})
    core.clock.run()
    [told] = core.peers.notifications()
    assert (told["notificationType"], told["changedInfo"]) == ("InformationChangedNotification", {"name": "new"})
    assert notification_problems(told) == []


def test_same_subscription_twice_is_one(http):
    """A duplicate is answered with 303 and the place of the first."""
    request = {"callbackUri": "http://smm/callbacks/1"}
    first, second = (http.post(f"{ROOT}/subscriptions", json=request) for _ in range(2))
    assert (second.status_code, second.location) == (303, first.location)
    assert http.delete(first.location).status_code == 204
    assert http.get(f"{ROOT}/subscriptions").json == []


def test_deaf_callback_is_refused(http, core):
    """A callback that does not answer the test makes no subscription."""
    core.peers.deaf.add("http://nobody/")
    assert http.post(f"{ROOT}/subscriptions", json={"callbackUri": "http://nobody/"}).status_code == 422
