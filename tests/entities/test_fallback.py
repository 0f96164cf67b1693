"""Restored in a fallback: up and locked, then reconciled with what it really manages (GR clause 5.9)."""

from __future__ import annotations

import json

import pytest

from mocks.entities.errors import Conflict, NotFound
from mocks.entities.information import Information
from mocks.entities.managed_instances import ManagedInstances
from mocks.entities.persistence import revive, snapshot
from mocks.entities.restoration import RestorationPoints
from mocks.entities.virtualised_resources import VirtualisedResources
from mocks.entities.vnf_lifecycle import VnfLifecycle
from tests.fakes import make_core

SOME = {"vcpu": 4, "memoryMiB": 1024, "storageGiB": 10}
INSTANCES = ("GET", "/managed/v1/instances")
FORCED = {"operationalStateChange": {"operationalStateAction": "STOP", "stopType": "FORCEFUL"}}


@pytest.fixture
def core():
    core = make_core("VNFM", managed="vnf")
    for power in (Information, RestorationPoints, VnfLifecycle):
        core.give(power(core))
    core.power(RestorationPoints).announcements.subscriptions.add("http://manager/callbacks/1")
    return core


@pytest.fixture
def vnfs(core):
    return core.power(VnfLifecycle)


def there(core, *instances: dict) -> None:
    core.peers.replies[INSTANCES] = (200, list(instances))


def instance(id: str, attributes: dict, manager: str = "vnfm") -> dict:
    return {"id": id, "kind": "VNF", "manager": manager, "attributes": attributes}


def instantiated(core, vnfs) -> str:
    made = vnfs.create({"vnfdId": "vnfd"}, "nfvo")["id"]
    vnfs.start(made, "instantiate", {"flavourId": "default"}, "nfvo")
    core.clock.run()
    return made


def told(core) -> list[dict]:
    """What the VNFM told the managed entity."""
    return [call for call in core.peers.calls if call[0] == "request" and call[3].startswith("/managed/")]


def fall_back(core, point: str) -> dict:
    begun = core.power(RestorationPoints).restore(point, "fallback-manager", "LOCKED")["id"]
    core.clock.run()
    return core.power(RestorationPoints).get_restore(begun)


def test_managed_entity_is_told_what_operations_bring_about(core, vnfs):
    """After an instantiation there is an instance, after a termination there is none."""
    vnf = instantiated(core, vnfs)
    vnfs.start(vnf, "terminate", {"terminationType": "FORCEFUL"}, "nfvo")
    core.clock.run()
    (_, to, method, path, body), last = told(core)
    assert (to, method, path, body["kind"]) == ("vnf", "PUT", f"/managed/v1/instances/{vnf}", "VNF")
    assert last[1:4] == ("vnf", "DELETE", f"/managed/v1/instances/{vnf}")


def test_who_manages_nothing_tells_nobody():
    """Without a managed entity in the profile nothing is sent, and a fallback finds no differences."""
    core = make_core("VNFM")
    for power in (Information, RestorationPoints, VnfLifecycle):
        core.give(power(core))
    instantiated(core, core.power(VnfLifecycle))
    point = core.power(RestorationPoints).create({})["id"]
    assert fall_back(core, point)["differences"] == []
    assert told(core) == []


def test_it_comes_up_started_and_locked(core):
    """Whatever it was before, it serves nobody until it is unlocked."""
    point = core.power(RestorationPoints).create({})["id"]
    there(core)
    ended = fall_back(core, point)
    assert (ended["operationState"], ended["administrativeState"]) == ("COMPLETED", "LOCKED")
    state = core.power(Information).application_state
    assert (state["operationalState"], state["administrativeState"]) == ("STARTED", "LOCKED")
    assert core.gate.points[-5:] == [
        f"restoration/{step}" for step in ("stop", "restore", "start", "discover", "reconcile")
    ]


def test_books_are_adjusted_to_what_is_there(core, vnfs):
    """What is there and unknown is entered, what is gone is struck out, what changed is taken as it is."""
    gone, changed = instantiated(core, vnfs), instantiated(core, vnfs)
    point = core.power(RestorationPoints).create({})["id"]
    state = vnfs.managed()[changed]
    other = {**state, "info": {"flavourId": "big", "vnfState": "STARTED"}}
    there(core, instance("new", state), instance(changed, other), instance("nfvo-s", state, "nfvo"))
    ended = fall_back(core, point)
    found = {each["instanceId"]: each["difference"] for each in ended["differences"]}
    assert found == {"new": "FOUND", changed: "CHANGED", gone: "GONE"}
    assert sorted(vnfs.managed()) == sorted(["new", changed])
    assert vnfs.get(changed)["instantiatedVnfInfo"]["flavourId"] == "big"
    assert vnfs.get(gone)["instantiationState"] == "NOT_INSTANTIATED"


def test_manager_is_notified_of_the_reconciliation(core):
    """The notification comes after all else, and tells state, version and differences."""
    point = core.power(RestorationPoints).create({"restorationPointId": "p"})["id"]
    there(core)
    fall_back(core, point)
    (news,) = core.peers.notifications("StateReconciliationNotification")
    assert (news["restorationPointId"], news["softwareVersion"], news["differences"]) == ("p", "1.0.0", [])
    assert news["manoApplicationState"]["administrativeState"] == "LOCKED"
    assert core.peers.notifications()[-1] == news


def test_restoration_fails_when_the_managed_entity_says_nothing(core):
    """Without an answer nobody knows what is there: FAILED, with the reason, and no notification."""
    point = core.power(RestorationPoints).create({})["id"]
    core.peers.replies[INSTANCES] = (None, None)
    ended = fall_back(core, point)
    assert ended["operationState"] == "FAILED"
    assert "vnf does not tell" in ended["error"]["detail"]
    assert core.peers.notifications("StateReconciliationNotification") == []


def test_vim_adjusts_its_books():
    """Compute resources that are there take their share of the capacity, those that are gone give it back."""
    core = make_core("VIM", managed="nfvi")
    for power in (Information, RestorationPoints, VirtualisedResources):
        core.give(power(core))
    resources = core.power(VirtualisedResources)
    resources.create_compute_resource({"name": "gone", "resources": SOME}, "vnfm")
    core.clock.run()
    point = core.power(RestorationPoints).create({})["id"]
    new = {"id": "new", "name": "new", "owner": "vnfm", "resources": {**SOME, "vcpu": 6}, "state": "STARTED"}
    core.peers.replies[INSTANCES] = (
        200,
        [{"id": "new", "kind": "COMPUTE", "manager": "vim", "attributes": new}],
    )
    fall_back(core, point)
    assert [each["id"] for each in resources.list_compute_resources()] == ["new"]
    capacity = resources.capacity()
    assert capacity["total"]["vcpu"] - capacity["available"]["vcpu"] == 6


def test_parts_of_one_point_bear_one_id(core):
    """An id may be given, together with a scope; it may be there only once."""
    points = core.power(RestorationPoints)
    made = points.create({"restorationPointId": "p", "scope": ["nfvo", "vnfm"]})
    assert (made["id"], made["scope"]) == ("p", ["vnfm", "nfvo"])
    with pytest.raises(Conflict, match="p already"):
        points.create({"restorationPointId": "p"})


def test_forced_stop_ends_what_is_under_way(core, vnfs):
    """An operation in progress ends as failed, and so does a restoration that hangs."""
    vnf = vnfs.create({"vnfdId": "vnfd"}, "nfvo")["id"]
    core.gate.closed |= {"vnf-lcm-operation/allocate", "restoration/discover"}
    operation = vnfs.start(vnf, "instantiate", {"flavourId": "default"}, "nfvo")
    point = core.power(RestorationPoints).create({})["id"]
    core.clock.run()
    core.power(Information).change_state(FORCED)
    core.clock.run()
    assert vnfs.occurrence(operation)["operationState"] == "FAILED_TEMP"
    hanging = fall_back(core, point)
    assert hanging["operationState"] == "PROCESSING"
    core.power(Information).change_state(FORCED)
    core.clock.run()
    ended = core.power(RestorationPoints).get_restore(hanging["id"])
    assert (ended["operationState"], ended["error"]["detail"]) == ("FAILED", "vnfm was stopped by force")


def test_graceful_stop_leaves_work_alone(core, vnfs):
    """Only force ends what is under way."""
    vnf = vnfs.create({"vnfdId": "vnfd"}, "nfvo")["id"]
    core.gate.closed.add("vnf-lcm-operation/allocate")
    operation = vnfs.start(vnf, "instantiate", {"flavourId": "default"}, "nfvo")
    core.clock.run()
    core.power(Information).change_state({"operationalStateChange": {"operationalStateAction": "STOP"}})
    core.clock.run()
    assert vnfs.occurrence(operation)["operationState"] == "PROCESSING"


def test_fallback_outlives_the_process(core):
    """Who is revived knows the restoration, that it was one of a fallback, and what it found."""
    point = core.power(RestorationPoints).create({"scope": ["vnfm", "vim"]})["id"]
    there(core)
    before = fall_back(core, point)
    kept = json.loads(json.dumps(snapshot(core)))
    again = make_core("VNFM", managed="vnf")
    for power in (Information, RestorationPoints, VnfLifecycle):
        again.give(power(again))
    revive(again, kept)
    assert again.power(RestorationPoints).get_restore(before["id"]) == before
    assert again.power(RestorationPoints).get(point)["scope"] == ["vnfm", "vim"]


def test_managed_instances_belong_to_their_manager():
    """Whoever brought an instance up may change it and take it away; nobody else may."""
    managed = ManagedInstances(make_core("VNF"))
    managed.put("a", {"kind": "VNF", "attributes": {"x": 1}}, "vnfm")
    for wrong in (
        lambda: managed.put("a", {"kind": "VNF", "attributes": {}}, "nfvo"),
        lambda: managed.delete("a", "nfvo"),
    ):
        with pytest.raises(Conflict, match="managed by vnfm"):
            wrong()
    other = ManagedInstances(make_core("VNF"))
    other.revive(json.loads(json.dumps(managed.snapshot())))
    assert other.list() == managed.list()
    managed.delete("a", "vnfm")
    with pytest.raises(NotFound, match="managed instance a"):
        managed.get("a")
