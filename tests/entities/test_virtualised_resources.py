"""A provider of virtualised resources counts what it gives (vrm/v1)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from mocks.entities.admission import OperationAdmission
from mocks.entities.errors import Conflict, InsufficientResources, NotFound, StepFailed
from mocks.entities.virtualised_resources import VirtualisedResources
from tests.fakes import make_core

TOTAL = {"vcpu": 8, "memoryMiB": 1000, "storageGiB": 100}
HALF = {"vcpu": 4, "memoryMiB": 500, "storageGiB": 50}
NONE = {"vcpu": 0, "memoryMiB": 0, "storageGiB": 0}


@pytest.fixture
def core():
    core = make_core("VIM", capacity=TOTAL)
    core.give(OperationAdmission(core))
    core.give(VirtualisedResources(core))
    return core


@pytest.fixture
def vim(core):
    return core.power(VirtualisedResources)


def reserve(vim, resources=HALF, purpose="TESTING"):
    return vim.reserve({"purpose": purpose, "resources": resources}, "smm")


def create(vim, core=None, resources=HALF):
    identifier = vim.create_compute_resource({"name": "vm", "resources": resources}, "vnfm")["id"]
    if core:
        core.clock.run()
    return vim.get_operation(identifier)


def test_default_capacity():
    """Without a profile a provider has 64 virtual CPUs, 256 GiB of memory and 4 TiB of storage."""
    vim = VirtualisedResources(make_core("NFVI"))
    assert vim.capacity()["total"] == {"vcpu": 64, "memoryMiB": 262144, "storageGiB": 4096}


def test_reservation_takes_from_the_capacity(vim):
    """What is reserved is not available to others until it is given back."""
    reserved = reserve(vim)
    assert vim.capacity() == {"total": TOTAL, "available": HALF}
    assert (reserved["resources"], reserved["inUse"], reserved["owner"]) == (HALF, NONE, "smm")
    assert vim.list_reservations() == [reserved] == [vim.get_reservation(reserved["id"])]
    vim.cancel_reservation(reserved["id"])
    assert vim.capacity()["available"] == TOTAL


@pytest.mark.parametrize("kind", ["vcpu", "memoryMiB", "storageGiB"])
def test_insufficient_capacity_of_any_kind(vim, kind):
    """One kind of resources that is short is enough for a refusal, and nothing is taken then."""
    with pytest.raises(InsufficientResources, match=kind) as refused:
        reserve(vim, {**NONE, kind: TOTAL[kind] + 1})
    assert (refused.value.status, refused.value.title) == (409, "Insufficient resources")
    assert vim.capacity()["available"] == TOTAL


def test_all_of_the_capacity_can_be_reserved(vim):
    """The last resource can be had, and no more after it."""
    reserve(vim, TOTAL)
    with pytest.raises(InsufficientResources):
        reserve(vim, {"vcpu": 1})


def test_racing_requests_never_get_more_than_there_is(vim):
    """Reservations that race each other on several threads never take more than the capacity."""
    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(reserve, vim, {"vcpu": 1}) for _ in range(32)]
    assert sum(each.exception() is None for each in asked) == TOTAL["vcpu"]
    assert vim.capacity()["available"]["vcpu"] == 0


def test_allocations_take_from_their_reservation_only(vim):
    """An allocation is in use within its reservation and leaves the capacity as it is."""
    identifier = reserve(vim)["id"]
    first = vim.allocate(identifier, {"resources": {"vcpu": 3}}, "vnfm")
    assert first == {"id": first["id"], "owner": "vnfm", "resources": {**NONE, "vcpu": 3}}
    shown = vim.get_reservation(identifier)
    assert (shown["inUse"]["vcpu"], shown["allocations"]) == (3, [first])
    assert vim.capacity()["available"] == HALF
    with pytest.raises(InsufficientResources, match="1 vcpu"):
        vim.allocate(identifier, {"resources": {"vcpu": 2}}, "tester")
    vim.release(identifier, first["id"])
    assert vim.get_reservation(identifier)["inUse"] == NONE


def test_reservation_in_use_stays(vim):
    """A reservation is not given back while anything of it is allocated; the refusal names the holder."""
    identifier = reserve(vim)["id"]
    allocation = vim.allocate(identifier, {"resources": NONE}, "tester")["id"]
    with pytest.raises(Conflict, match=rf"{allocation} of tester"):
        vim.cancel_reservation(identifier)
    vim.release(identifier, allocation)
    vim.cancel_reservation(identifier)
    with pytest.raises(NotFound):
        vim.get_reservation(identifier)


def test_unknown_things_are_named(vim):
    """What does not exist is named."""
    identifier = reserve(vim)["id"]
    for ask in (
        lambda: vim.get_reservation("nope"),
        lambda: vim.cancel_reservation("nope"),
        lambda: vim.allocate("nope", {"resources": HALF}, "smm"),
        lambda: vim.release(identifier, "nope"),
        lambda: vim.get_compute_resource("nope"),
        lambda: vim.delete_compute_resource("nope", "smm"),
        lambda: vim.get_operation("nope"),
    ):
        with pytest.raises(NotFound, match="nope"):
            ask()


def test_compute_resource_comes_by_an_operation(vim, core):
    """A compute resource is charged at the request, started at the end of the operation, through two steps."""
    begun = create(vim)
    assert (begun["operationState"], begun["operation"], begun["requestedBy"]) == ("STARTING", "ALLOCATE", "vnfm")
    assert vim.get_compute_resource(begun["computeResourceId"])["state"] == "ALLOCATING"
    assert vim.capacity()["available"] == HALF
    core.clock.run()
    assert vim.get_operation(begun["id"])["operationState"] == "COMPLETED"
    (resource,) = vim.list_compute_resources()
    assert (resource["state"], resource["name"], resource["owner"]) == ("STARTED", "vm", "vnfm")
    assert core.gate.points == ["vrm-operation/allocate", "vrm-operation/start"]


def test_compute_resource_goes_by_an_operation(vim, core):
    """A terminated compute resource is gone, and what it used is available."""
    resource = create(vim, core)["computeResourceId"]
    begun = vim.delete_compute_resource(resource, "vnfm")
    assert vim.capacity()["available"] == HALF
    core.clock.run()
    assert vim.get_operation(begun["id"])["operationState"] == "COMPLETED"
    assert vim.list_compute_resources() == []
    assert vim.capacity()["available"] == TOTAL
    assert core.gate.points[-2:] == ["vrm-operation/stop", "vrm-operation/free"]
    assert len(vim.list_operations()) == 2


def test_insufficient_capacity_for_a_compute_resource(vim):
    """Reserved resources are not there for compute resources; nothing is left of the refused request."""
    reserve(vim)
    with pytest.raises(InsufficientResources):
        create(vim, resources=TOTAL)
    assert vim.list_compute_resources() == []
    assert vim.list_operations() == []


def test_busy_compute_resource_takes_no_second_operation(vim, core):
    """While an operation works on a compute resource it cannot be terminated; the refusal names the operation."""
    begun = create(vim)
    with pytest.raises(Conflict, match=begun["id"]):
        vim.delete_compute_resource(begun["computeResourceId"], "vnfm")
    core.clock.run()
    vim.delete_compute_resource(begun["computeResourceId"], "vnfm")
    with pytest.raises(Conflict, match="TERMINATE"):
        vim.delete_compute_resource(begun["computeResourceId"], "vnfm")


@pytest.mark.parametrize("step", ["allocate", "start"])
def test_failed_allocation_leaves_nothing(vim, core, step):
    """An ALLOCATE that breaks is rolled back: no compute resource, all capacity available, the cause told."""
    core.gate.failing[f"vrm-operation/{step}"] = StepFailed("no host")
    outcome = create(vim, core)
    assert (outcome["operationState"], outcome["error"]["detail"]) == ("ROLLED_BACK", "no host")
    assert vim.list_compute_resources() == []
    assert vim.capacity()["available"] == TOTAL


def test_failed_termination_keeps_the_resource_running(vim, core):
    """A TERMINATE that breaks is rolled back: the compute resource is started again."""
    resource = create(vim, core)["computeResourceId"]
    core.gate.failing["vrm-operation/free"] = StepFailed("stuck")
    begun = vim.delete_compute_resource(resource, "vnfm")
    core.clock.run()
    assert vim.get_operation(begun["id"])["operationState"] == "ROLLED_BACK"
    assert vim.get_compute_resource(resource)["state"] == "STARTED"


def test_failed_rollback_is_a_failure(vim, core):
    """An operation whose rollback breaks too is FAILED."""
    core.gate.failing["vrm-operation/start"] = StepFailed("no host")
    core.gate.failing["vrm-operation/undo-allocate"] = StepFailed("no way back")
    outcome = create(vim, core)
    assert (outcome["operationState"], outcome["error"]["detail"]) == ("FAILED", "no way back")


def test_delayed_operation_waits_and_is_executed(vim, core):
    """During a modification that delays VRM operations the occurrence stays STARTING until it is executed."""
    admission = core.power(OperationAdmission)
    admission.modification_began({"VRM": "DELAY"})
    identifier = create(vim, core)["id"]
    assert vim.get_operation(identifier)["operationState"] == "STARTING"
    (kept,) = admission.list()
    assert (kept["operationType"], kept["operation"], kept["consumer"]) == ("VRM", "ALLOCATE", "vnfm")
    assert kept["operationOccurrenceId"] == identifier
    admission.execute(kept["id"])
    core.clock.run()
    assert vim.get_operation(identifier)["operationState"] == "COMPLETED"


def test_returned_operation_was_never_executed(vim, core):
    """A VRM operation that is given back ends ROLLED_BACK without a step, its capacity available again."""
    admission = core.power(OperationAdmission)
    admission.modification_began({"VRM": "NOTIFY_CONSUMER"})
    identifier = create(vim, core)["id"]
    admission.give_back(admission.list()[0]["id"])
    core.clock.run()
    outcome = vim.get_operation(identifier)
    assert (outcome["operationState"], outcome["error"]) == ("ROLLED_BACK", None)
    assert core.gate.points == []
    assert vim.list_compute_resources() == []
    assert vim.capacity()["available"] == TOTAL


def test_returned_termination_leaves_the_resource(vim, core):
    """A TERMINATE that is given back leaves the compute resource running."""
    resource = create(vim, core)["computeResourceId"]
    admission = core.power(OperationAdmission)
    admission.modification_began({"VRM": "NOTIFY_CONSUMER"})
    vim.delete_compute_resource(resource, "vnfm")
    admission.give_back(admission.list()[0]["id"])
    assert vim.get_compute_resource(resource)["state"] == "STARTED"


def test_subscriber_hears_each_state(vim, core):
    """Subscribers hear each state of an operation, with its requester."""
    vim.announcements.subscriptions.add("http://smm/callbacks/1")
    identifier = create(vim, core)["id"]
    told = core.peers.notifications("VirtualisedResourceOperationOccurrenceNotification")
    assert [n["operationState"] for n in told] == ["STARTING", "PROCESSING", "COMPLETED"]
    assert {(n["opOccId"], n["operation"], n["requestedBy"]) for n in told} == {(identifier, "ALLOCATE", "vnfm")}


def test_provider_without_admission_starts_at_once():
    """The NFVI has no software modification and no admission: its operations run at once."""
    core = make_core("NFVI")
    assert create(VirtualisedResources(core), core)["operationState"] == "COMPLETED"
