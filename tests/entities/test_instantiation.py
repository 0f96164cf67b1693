"""Instances of an entity that come and go on hosts, and hand their state to each other (GR clause 5.3.3)."""

from __future__ import annotations

import pytest

from mocks.entities import persistence
from mocks.entities.errors import StepFailed
from tests.entities.hosts import CIM, SWM, Host

BOTH = ("vnflcm-v1", "entities-vnflcm-v1")
VNFS, OPERATIONS = "/vnflcm/v1/vnf_instances", "/vnflcm/v1/vnf_lcm_op_occs"
RESOURCES = [{"provider": "vim", "reservationId": "r-1"}]


@pytest.fixture
def source() -> Host:
    return Host("vnfm", peers=["nfvo", "vim"])


@pytest.fixture
def destination() -> Host:
    return Host("vnfm-b", instantiated=False)


def test_an_empty_host_answers_for_nothing_but_its_instance_and_restoration_points(destination: Host) -> None:
    """503 says that nothing is instantiated there."""
    paths = (CIM, VNFS, f"{SWM}/capability", "/nfvmanologm/v1/log_jobs")
    assert {destination.get(path).status_code for path in paths} == {503}
    there = (f"{SWM}/instance", f"{SWM}/instance_op_occs", f"{SWM}/subscriptions", f"{SWM}/restoration_points")
    assert {destination.get(path).status_code for path in there} == {200}


def test_an_instance_begins_started_and_locked_with_its_service_stopped(destination: Host) -> None:
    """Row 3 of table 5.3.3.5-1: it is there, at its version, and serves nobody."""
    answer = destination.instantiate(peers=["nfvo"], replaces="vnfm", applicationState="STARTED_LOCKED")
    assert answer.status_code == 202
    occurrence = destination.get(answer.headers["Location"]).json
    assert (occurrence["operationState"], occurrence["softwareVersion"]) == ("COMPLETED", "2.0.0")
    entity = destination.get(CIM).json
    assert entity["softwareVersion"] == "2.0.0"
    assert entity["manoApplicationState"]["operationalState"] == "STARTED"
    assert entity["manoApplicationState"]["administrativeState"] == "LOCKED"
    interfaces = {one["id"]: one["interfaceState"] for one in destination.get(f"{CIM}/mano_interfaces").json}
    assert [interfaces[name]["operationalState"] for name in BOTH] == ["STOPPED", "STOPPED"]
    assert destination.get(VNFS).status_code == 503


def test_it_serves_once_unlocked_and_started(destination: Host) -> None:
    """Interfaces are started one by one; the other one still lets nobody in."""
    destination.instantiate()
    destination.unlock()
    destination.turn("START", "vnflcm-v1")
    assert destination.get(VNFS).status_code == 200
    assert destination.get(f"/entities{VNFS}").status_code == 503


def test_what_cannot_be_instantiated_is_refused(source: Host, destination: Host) -> None:
    """An instance is there already; nobody delivered the version; there is nothing to terminate."""
    assert source.instantiate().status_code == 409
    assert destination.instantiate("9.9.9").status_code == 422
    assert destination.terminate("FORCEFUL").status_code == 409
    assert destination.post(f"{SWM}/instance/instantiate", {}).status_code == 400


def test_an_instantiation_that_breaks_leaves_nothing_behind(destination: Host) -> None:
    """What was allocated is released, and the host is empty again."""
    destination.gate.failing["fe-instantiation/deploy"] = StepFailed("no image")
    location = destination.instantiate(resources=RESOURCES).headers["Location"]
    occurrence = destination.get(location).json
    assert (occurrence["operationState"], occurrence["error"]["detail"]) == ("ROLLED_BACK", "no image")
    assert destination.state == "NOT_INSTANTIATED"
    assert destination.get(f"{SWM}/instance").json["resources"] == []


def test_a_graceful_termination_waits_for_the_interfaces(source: Host) -> None:
    """409 while any of them runs; then nothing is left but the restoration points."""
    source.post(f"{SWM}/restoration_points", {"description": "before"})
    assert source.terminate().status_code == 409
    source.turn("STOP", *BOTH)
    assert source.terminate().status_code == 202
    assert source.state == "NOT_INSTANTIATED"
    assert source.get(CIM).status_code == 503
    assert len(source.get(f"{SWM}/restoration_points").json) == 1


def test_a_restoration_brings_a_terminated_instance_back(source: Host) -> None:
    """Note 1 of table 5.3.3.5-1: the restoration point is kept outside of what it restores."""
    source.post(VNFS, {"vnfdId": "vnfd"})
    point = source.post(f"{SWM}/restoration_points", {"description": "before"}).json["id"]
    source.terminate("FORCEFUL")
    source.post(f"{SWM}/restoration_points/{point}/restore")
    source.clock.run()
    assert source.state == "INSTANTIATED"
    assert len(source.get(VNFS).json) == 1


def test_a_terminated_instance_can_be_instantiated_again(source: Host) -> None:
    """Row 3 of table 5.3.3.6-1: fresh, with nothing of the one before."""
    source.post(VNFS, {"vnfdId": "vnfd"})
    source.terminate("FORCEFUL")
    assert source.instantiate("1.0.0").status_code == 202
    source.unlock()
    source.turn("START", *BOTH)
    assert source.get(VNFS).json == []


def test_without_its_state_an_instance_knows_no_peer(source: Host, destination: Host) -> None:
    """The authentication keys come with the transfer, and so does what was managed (row 7)."""
    vnf = source.post(VNFS, {"vnfdId": "vnfd"}).json["id"]
    destination.instantiate(peers=["nfvo", "vim"])
    destination.unlock()
    destination.turn("START", *BOTH)
    assert destination.get(VNFS, sender="nfvo").status_code == 403
    assert destination.post(f"{SWM}/state_data/import", _exported(source)).status_code == 204
    assert [one["id"] for one in destination.get(VNFS, sender="nfvo").json] == [vnf]


def test_an_operation_under_way_goes_over_and_is_done_once(source: Host, destination: Host) -> None:
    """The source works on it no more, the destination takes it up where it stood."""
    vnf = source.post(VNFS, {"vnfdId": "vnfd"}).json["id"]
    source.gate.closed.add("vnf-lcm-operation/allocate")
    source.post(f"{VNFS}/{vnf}/instantiate", {"flavourId": "default"})
    source.clock.run()
    destination.instantiate(peers=["nfvo"])
    destination.post(f"{SWM}/state_data/import", _exported(source))
    destination.clock.run()
    source.gate.open("vnf-lcm-operation/allocate")
    source.clock.run()
    destination.unlock()
    destination.turn("START", *BOTH)
    assert destination.get(OPERATIONS).json[0]["operationState"] == "COMPLETED"
    assert destination.gate.points.count("vnf-lcm-operation/grant") == 0
    assert source.get(OPERATIONS).json[0]["operationState"] == "PROCESSING"


def test_who_handed_its_state_over_takes_no_orders_until_it_takes_it_back(source: Host) -> None:
    """It still shows what it had; 503 says to ask again."""
    data = _exported(source)
    assert source.get(VNFS).status_code == 200
    refused = source.post(VNFS, {"vnfdId": "vnfd"})
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert _exported(source) == data
    assert source.post(f"{SWM}/state_data/import", data).status_code == 204
    assert source.post(VNFS, {"vnfdId": "vnfd"}).status_code == 201


def test_state_of_another_type_is_refused(source: Host) -> None:
    """422, and nothing changes."""
    assert source.post(f"{SWM}/state_data/import", {**_exported(source), "type": "VIM"}).status_code == 422


def test_resources_go_over_with_their_books() -> None:
    """A VIM's reservations and compute resources, and an allocation under way."""
    source, destination = Host("vim", "VIM"), Host("vim-b", "VIM", instantiated=False)
    amount = {"vcpu": 2}
    reservation = source.post("/vrm/v1/reservations", {"purpose": "TESTING", "resources": amount}).json["id"]
    source.gate.closed.add("vrm-operation/start")
    source.post("/vrm/v1/compute_resources", {"name": "one", "resources": amount})
    source.clock.run()
    destination.instantiate()
    destination.post(f"{SWM}/state_data/import", _exported(source))
    destination.clock.run()
    destination.unlock()
    destination.turn("START", "vrm-v1", "entities-vrm-v1")
    assert [one["id"] for one in destination.get("/vrm/v1/reservations").json] == [reservation]
    assert [one["state"] for one in destination.get("/vrm/v1/compute_resources").json] == ["STARTED"]
    assert destination.get("/vrm/v1/vrm_op_occs").json[0]["operationState"] == "COMPLETED"


def test_a_host_outlives_its_process(destination: Host) -> None:
    """What was instantiated, with what, and what was handed over are there again."""
    destination.instantiate(peers=["nfvo"])
    _exported(destination)
    kept, again = persistence.snapshot(destination.core), Host("vnfm-b", instantiated=False)
    persistence.revive(again.core, kept)
    assert again.get(f"{SWM}/instance").json == destination.get(f"{SWM}/instance").json
    assert persistence.snapshot(again.core) == kept


def _exported(host: Host) -> dict[str, object]:
    data: dict[str, object] = host.post(f"{SWM}/state_data/export").json
    return data


def test_what_went_over_is_not_ended_where_it_came_from(source: Host) -> None:
    """Terminated, the source tells nobody that an operation broke which another instance goes on with."""
    vnf = source.post(VNFS, {"vnfdId": "vnfd"}).json["id"]
    source.post("/vnflcm/v1/subscriptions", {"callbackUri": "http://nfvo/callbacks"})
    source.gate.closed.add("vnf-lcm-operation/allocate")
    source.post(f"{VNFS}/{vnf}/instantiate", {"flavourId": "default"})
    source.clock.run()
    _exported(source)
    told = len(source.core.peers.notifications())
    source.terminate("FORCEFUL")
    assert len(source.core.peers.notifications()) == told


def test_the_same_state_is_taken_over_once(source: Host, destination: Host) -> None:
    """An import whose answer got lost is repeated without harm: what was done since stays done."""
    destination.instantiate()
    data = _exported(source)
    destination.post(f"{SWM}/state_data/import", data)
    destination.unlock()
    destination.turn("START", *BOTH)
    destination.post(VNFS, {"vnfdId": "vnfd"})
    assert destination.post(f"{SWM}/state_data/import", data).status_code == 204
    assert len(destination.get(VNFS).json) == 1


def test_operations_are_kept_as_the_entity_is_told(source: Host, destination: Host) -> None:
    """Table 5.3.3.8-1, row 2: what waits goes over, and waits there until it is executed."""
    vnf = source.post(VNFS, {"vnfdId": "vnfd"}).json["id"]
    source.call("PUT", f"{SWM}/operation_handling", {"operationHandling": {"VNF_LCM": "DELAY"}})
    source.post(f"{VNFS}/{vnf}/instantiate", {"flavourId": "default"})
    source.clock.run()
    destination.instantiate()
    destination.post(f"{SWM}/state_data/import", _exported(source))
    destination.clock.run()
    assert source.get(f"{SWM}/pending_operations").json == []
    kept = destination.get(f"{SWM}/pending_operations").json
    assert destination.get(f"{SWM}/operation_handling").json == {"operationHandling": {"VNF_LCM": "DELAY"}}
    destination.post(f"{SWM}/pending_operations/{kept[0]['id']}/execute")
    destination.call("DELETE", f"{SWM}/operation_handling")
    destination.clock.run()
    destination.unlock()
    destination.turn("START", *BOTH)
    assert destination.get(OPERATIONS).json[0]["operationState"] == "COMPLETED"


def test_state_may_be_specific_to_versions(source: Host) -> None:
    """Clause 5.3.6.2: what a version cannot read it refuses, and nothing of it is taken."""
    strict = Host("vnfm-b", instantiated=False, readsStateOf=["2.0.0"])
    strict.instantiate()
    refused = strict.post(f"{SWM}/state_data/import", _exported(source))
    assert (refused.status_code, "1.0.0" in refused.json["detail"]) == (422, True)


def test_an_entity_may_have_no_state_model() -> None:
    """Clause 5.3.6.2: its descriptor says so, and it changes no state."""
    plain = Host("vnfm", capability={"support": "NONE", "stateModel": False})
    assert plain.get(f"{SWM}/capability").json["stateModel"] is False
    lock = {"administrativeStateChange": {"administrativeStateAction": "LOCK"}}
    assert plain.post(f"{CIM}/change_state", lock).status_code == 422
