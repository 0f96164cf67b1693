"""Restoration points and the way back to them (note 1 of table 5.2.2.5-1, GR clause 5.9)."""

from __future__ import annotations

import pytest

from mocks.entities.admission import OperationAdmission, PendingOperation
from mocks.entities.errors import Conflict, NotFound, StepFailed
from mocks.entities.restoration import RestorationPoints
from mocks.entities.software_modification import SoftwareModification
from mocks.entities.virtualised_resources import VirtualisedResources
from tests.fakes import make_core

SOME = {"vcpu": 4, "memoryMiB": 1024, "storageGiB": 10}


@pytest.fixture
def core():
    core = make_core("VIM")
    for power in (OperationAdmission, SoftwareModification, RestorationPoints, VirtualisedResources):
        core.give(power(core))
    return core


@pytest.fixture
def points(core):
    return core.power(RestorationPoints)


@pytest.fixture
def modification(core):
    return core.power(SoftwareModification)


@pytest.fixture
def resources(core):
    return core.power(VirtualisedResources)


def stuck(core, at: str, **request) -> str:
    """A modification whose step never comes back, as after a crash."""
    core.gate.closed.add(f"software-modification/{at}")
    begun = core.power(SoftwareModification).create({"destinationSoftwareVersion": "2.0.0", **request}, "smm")
    core.clock.run()
    return begun["id"]


def restored(core, point: str) -> dict:
    identifier = core.power(RestorationPoints).restore(point, "smm")["id"]
    core.clock.run()
    return core.power(RestorationPoints).get_restore(identifier)


def test_point_tells_what_it_holds(points, core):
    """A restoration point names its scope, the version that ran, and when it was made."""
    point = points.create({"description": "before the modification"})
    assert (point["description"], point["softwareVersion"], point["scope"]) == (
        "before the modification",
        "1.0.0",
        ["vim"],
    )
    assert point["createdAt"] == "2026-01-01T00:00:00.000Z"
    assert points.get(point["id"]) == point
    assert points.list() == [point]


def test_restore_brings_back_the_software_version(core, points, modification):
    """After a restoration the version of the point runs again."""
    point = points.create({})["id"]
    modification.create({"destinationSoftwareVersion": "2.0.0"}, "smm")
    core.clock.run()
    assert core.software_version == "2.0.0"
    outcome = restored(core, point)
    assert (outcome["operationState"], outcome["restorationPointId"]) == ("COMPLETED", point)
    assert core.software_version == "1.0.0"
    assert core.gate.points[-3:] == ["restoration/stop", "restoration/restore", "restoration/start"]


def test_restore_brings_back_the_state_of_powers(core, points, resources):
    """What powers hold is as it was at the point: what came since is gone, what went since is back."""
    before = resources.reserve({"purpose": "OTHER", "resources": SOME}, "smm")
    allocation = resources.allocate(before["id"], {"resources": {"vcpu": 1}}, "vnfm")
    resources.create_compute_resource({"name": "vm", "resources": SOME}, "vnfm")
    core.clock.run()
    books = (resources.capacity(), resources.list_reservations(), resources.list_compute_resources())
    point = points.create({})["id"]
    resources.release(before["id"], allocation["id"])
    resources.cancel_reservation(before["id"])
    resources.reserve({"purpose": "TESTING", "resources": SOME}, "smm")
    resources.delete_compute_resource(resources.list_compute_resources()[0]["id"], "vnfm")
    core.clock.run()
    restored(core, point)
    assert (resources.capacity(), resources.list_reservations(), resources.list_compute_resources()) == books
    resources.release(before["id"], allocation["id"])
    resources.cancel_reservation(before["id"])


def test_point_can_be_restored_again(core, points, resources):
    """What happens after a restoration does not change the point it came from."""
    identifier = resources.reserve({"purpose": "OTHER", "resources": SOME}, "smm")["id"]
    point = points.create({})["id"]
    for _ in range(2):
        restored(core, point)
        resources.allocate(identifier, {"resources": SOME}, "vnfm")
    restored(core, point)
    assert resources.get_reservation(identifier)["allocations"] == []


def test_restore_ends_the_modification_in_progress(core, points, modification):
    """A modification that hangs ends FAILED, gives back what it holds, and another can begin."""
    point = points.create({})["id"]
    identifier = stuck(core, "switch", resources=[{"provider": "nfvi", "reservationId": "r"}])
    restored(core, point)
    ended = modification.get(identifier)
    assert (ended["operationState"], ended["result"]) == ("FAILED", "FAILED")
    assert point in ended["error"]["detail"]
    assert core.peers.named("release") == [("nfvi", "r", "allocation-1")]
    core.gate.closed.clear()
    modification.create({"destinationSoftwareVersion": "2.0.0"}, "smm")


def test_stopped_modification_never_comes_back(core, points, modification):
    """Work that was ended by a restoration does nothing when its step comes back after all."""
    identifier = stuck(core, "switch")
    restored(core, points.create({})["id"])
    core.gate.open("software-modification/switch")
    core.clock.run()
    assert core.software_version == "1.0.0"
    assert modification.get(identifier)["operationState"] == "FAILED"


def test_what_could_not_be_released_is_named(core, points, modification):
    """An allocation that its provider does not take back is named in the error of the ended modification."""
    point = points.create({})["id"]
    identifier = stuck(core, "switch", resources=[{"provider": "nfvi", "reservationId": "r"}])
    core.peers.errors["release"] = StepFailed("nfvi does not answer")
    restored(core, point)
    assert "nfvi does not answer" in modification.get(identifier)["error"]["detail"]


def test_restore_ends_other_work_too(core, points, resources):
    """VRM operations in progress end FAILED, kept ones are given back."""
    core.gate.closed.add("vrm-operation/start")
    point = points.create({})["id"]
    running = resources.create_compute_resource({"name": "vm-1", "resources": SOME}, "vnfm")["id"]
    stuck(core, "deploy", operationHandling={"VRM": "DELAY"})
    kept = resources.create_compute_resource({"name": "vm-2", "resources": SOME}, "vnfm")["id"]
    restored(core, point)
    assert resources.get_operation(running)["operationState"] == "FAILED"
    assert resources.get_operation(kept)["operationState"] == "ROLLED_BACK"
    assert resources.capacity()["available"] == resources.capacity()["total"]


def test_point_of_a_modification_in_progress_stays(core, points):
    """A point that protects a modification in progress cannot be deleted; afterwards it can."""
    point = points.create({})["id"]
    stuck(core, "deploy", restorationPointId=point)
    with pytest.raises(Conflict, match="protects"):
        points.delete(point)
    core.gate.open("software-modification/deploy")
    core.clock.run()
    points.delete(point)
    with pytest.raises(NotFound, match=point):
        points.get(point)


def test_one_restoration_at_a_time(core, points, modification):
    """While a restoration runs there is no other, no modification, and its point stays."""
    point = points.create({})["id"]
    core.gate.closed.add("restoration/restore")
    points.restore(point, "smm")
    core.clock.run()
    for refused in (
        lambda: points.restore(point, "smm"),
        lambda: points.delete(point),
        lambda: modification.create({"destinationSoftwareVersion": "2.0.0"}, "smm"),
    ):
        with pytest.raises(Conflict, match="restored"):
            refused()


def test_failed_restoration_says_why(core, points):
    """A restoration whose step breaks ends FAILED with the cause, and may be tried again."""
    point = points.create({})["id"]
    core.gate.failing["restoration/restore"] = StepFailed("the backup cannot be read", transient=True)
    outcome = restored(core, point)
    assert outcome["operationState"] == "FAILED"
    assert outcome["error"]["detail"] == "the backup cannot be read"
    core.gate.failing.clear()
    assert restored(core, point)["operationState"] == "COMPLETED"
    assert len(points.list_restores()) == 2


def test_subscriber_hears_of_a_restoration(core, points):
    """Subscribers of the modification API hear of each turn of a restoration."""
    points.announcements.subscriptions.add("http://smm/callbacks/1")
    restored(core, points.create({})["id"])
    told = core.peers.notifications("RestoreOperationOccurrenceNotification")
    assert [(n["operationState"], n["percentage"]) for n in told] == [
        ("STARTING", 0),
        ("PROCESSING", 0),
        ("PROCESSING", 33),
        ("PROCESSING", 66),
        ("COMPLETED", 100),
    ]


def test_unknown_point(points):
    """A restoration point that does not exist is named."""
    for ask in (points.get, points.delete, lambda identifier: points.restore(identifier, "smm"), points.get_restore):
        with pytest.raises(NotFound, match="nope"):
            ask("nope")


def test_kept_operation_with_another_owner_is_given_back(core, points):
    """Any operation that waits is given back when the entity is stopped by force."""
    fate = []
    stuck(core, "deploy", operationHandling={"VRM": "NOTIFY_CONSUMER"})
    operation = PendingOperation("VRM", "op", "ALLOCATE", "vnfm")
    core.power(OperationAdmission).admit(operation, lambda: fate.append("ran"), lambda: fate.append("back"))
    restored(core, points.create({})["id"])
    assert fate == ["back"]
