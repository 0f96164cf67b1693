"""An entity that is killed and started again finds its state (notes 1 and 3 of table 5.2.2.5-1)."""

from __future__ import annotations

import pytest

from mocks.entities.actors import POWERS, equip
from mocks.entities.errors import StepFailed
from mocks.entities.information import Information
from mocks.entities.modification_announcements import ModificationAnnouncements
from mocks.entities.peering import Peering
from mocks.entities.persistence import Persistent, revive, snapshot
from mocks.entities.software_modification import SoftwareModification
from tests.entities.lives import CALLBACK, Life
from tests.entities.stories import (
    CIM,
    LOG_JOB,
    LOGM,
    MODIFY,
    NSLCM,
    POINTS,
    RESERVED,
    SOME,
    STORIES,
    SWM,
    TESTER,
    TESTS,
    TO_2,
    VNFLCM,
    VRM,
    in_service,
    modifying,
    up_to,
    vnf,
)
from tests.fakes import make_core


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_killed_at_any_moment_it_answers_as_before_and_does_no_more(story):
    """After each turn: the next life gives every answer that this one gave, and does nothing on its own."""
    life = story()
    moments = 0
    while True:
        after = life.killed()
        told = life.answers()
        assert (after.powers(), after.answers()) == (life.powers(), told)
        after.clock.run()
        assert (after.answers(), after.peers.calls, after.peers.delivered) == (told, [], [])
        if not life.clock.step():
            break
        moments += 1
    assert moments >= 4


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_no_identifier_is_given_twice(story):
    """Not even those that a life gave out after its state was last written down."""
    life = story()
    left = life.killed()
    life.clock.run()
    for _ in range(3):
        left = left.killed()
        left.core.ids.uuid()
    assert len(life.given) == len(set(life.given))


@pytest.mark.parametrize("type", POWERS)
def test_every_power_outlives_the_process(type):
    """There is no power of any actor whose state is forgotten."""
    core = equip(make_core(type), POWERS[type])
    forgetful = [power for power in dict.fromkeys(core.powers.values()) if not isinstance(power, Persistent)]
    assert forgetful == []
    assert len(snapshot(core)["powers"]) == len(set(map(id, core.powers.values())))


def test_state_of_another_kind_is_refused():
    """The state of a tester is none for a VIM; what they do not share is named."""
    with pytest.raises(ValueError, match="TestRuns"):
        revive(Life("VIM").core, snapshot(Life("TESTER").core))


# Note 1 and note 3: a crash in the middle of a modification


@pytest.mark.parametrize(("step", "version"), [("switch", "1.0.0"), ("clean", "2.0.0")])
def test_crash_in_the_middle_of_the_switch_is_recovered_from_the_point(step, version):
    """Around the switch the entity dies; it comes back, is restored, and serves with the source version (note 1)."""
    life = Life("VNFM")
    instance = in_service(life)
    point = life.post(POINTS, {"description": "before"})["id"]
    modification = modifying(life, resources=RESERVED, restorationPointId=point)
    up_to(life, f"software-modification/{step}")
    allocated = life.peers.named("allocate")
    assert len(allocated) == 1
    life = life.killed()
    assert life.core.software_version == version
    assert life.status("DELETE", f"{POINTS}/{point}") == 409
    restoring = life.post(f"{POINTS}/{point}/restore")
    life.clock.run()
    assert life.get(restoring)["operationState"] == "COMPLETED"
    assert life.core.software_version == "1.0.0"
    ended = life.get(modification)
    assert (ended["operationState"], ended["result"]) == ("FAILED", "FAILED")
    [(provider, reservation, _)] = life.peers.named("release")
    assert (provider, reservation) == ("vim", "r-1")
    information = life.core.power(Information)
    assert all(information.at_work(interface["id"]) for interface in information.interfaces())
    assert life.get(instance)["instantiationState"] == "INSTANTIATED"
    again = modifying(life)
    life.clock.run()
    assert life.get(again)["result"] == "SUCCESSFUL"


def test_crash_is_seen_by_who_asks():
    """The occurrence is found where it stood, and nothing else may begin meanwhile: who asks can decide (note 3)."""
    life = Life("VNFM")
    modification = modifying(life)
    up_to(life, "software-modification/switch")
    life = life.killed()
    found = life.get(modification)
    assert (found["operationState"], found["currentStep"], found["percentage"]) == ("PROCESSING", "switch", 50)
    assert life.status("POST", MODIFY, TO_2) == 409


def test_point_can_be_restored_in_a_later_life_again():
    """As often as it takes; when the point is deleted at last, the restorations made from it still name it."""
    life = Life("VIM")
    reservation = life.post(f"{VRM}/reservations", {"purpose": "OTHER", "resources": SOME})["id"]
    point = life.post(POINTS, {"description": "before"})["id"]
    life.ask("DELETE", f"{VRM}/reservations/{reservation}")
    for _ in range(2):
        life = life.killed()
        restored = life.post(f"{POINTS}/{point}/restore")
        life.clock.run()
        assert life.get(f"{VRM}/reservations/{reservation}")["resources"] == SOME
    life.ask("DELETE", f"{POINTS}/{point}")
    assert life.killed().get(restored)["restorationPointId"] == point


# What is asked of the next life


@pytest.fixture
def suspended():
    life = Life("VNFM")
    modification = modifying(life, resources=RESERVED)
    up_to(life, "software-modification/prepare")
    life.post(f"{modification}/suspend")
    life.gate.open("software-modification/prepare")
    life.clock.run()
    # Twice: what is done in a life that only waits must not get lost either.
    return life.killed().killed(), modification


def test_suspended_modification_is_resumed(suspended):
    """It goes on with the step before which it had halted, and gives back what an earlier life had allocated."""
    life, modification = suspended
    life.post(f"{modification}/resume")
    life.clock.run()
    assert life.get(modification)["result"] == "SUCCESSFUL"
    assert life.core.software_version == "2.0.0"
    assert "software-modification/prepare" not in life.gate.points
    assert len(life.peers.named("release")) == 1


def test_suspended_modification_is_undone(suspended):
    """It is walked back from where it had halted."""
    life, modification = suspended
    life.post(f"{modification}/undo")
    life.clock.run()
    assert life.get(modification)["operationState"] == "ROLLED_BACK"
    assert life.core.software_version == "1.0.0"
    assert len(life.peers.named("release")) == 1


def test_undo_goes_back_to_the_source_version_of_an_earlier_life():
    """The source version is the one that ran when the modification began, not the one that runs now."""
    life = Life("VNFM")
    modification = modifying(life)
    up_to(life, "software-modification/clean")
    life = life.killed()
    life.core.power(SoftwareModification).in_progress.failed(StepFailed("found half done"))
    life.clock.run()
    assert life.get(modification)["operationState"] == "ROLLED_BACK"
    assert life.core.software_version == "1.0.0"


def test_commit_in_a_later_life_is_final():
    """What COMPLETED before the kill can be committed after it, once for all lives."""
    life = Life("VNFM")
    modification = modifying(life)
    life.clock.run()
    life = life.killed()
    assert life.post(f"{modification}/commit")["committed"] is True
    assert life.killed().status("POST", f"{modification}/commit") == 409


@pytest.mark.parametrize(("way", "state"), [("execute", "COMPLETED"), ("return", "ROLLED_BACK")])
@pytest.mark.parametrize("type", ["VNFM", "NFVO", "VIM"])
def test_kept_operation_finds_its_way_out(type, way, state):
    """An operation that waited for the end of a modification is executed or given back in a later life."""
    life = Life(type)
    operation_type = {"VNFM": "VNF_LCM", "NFVO": "NS_LCM", "VIM": "VRM"}[type]
    modifying(life, operationHandling={operation_type: "DELAY"})
    if type == "VNFM":
        life.post(f"{vnf(life)}/instantiate", {"flavourId": "default"})
    elif type == "NFVO":
        ns = life.post(f"{NSLCM}/ns_instances", {"nsdId": "nsd", "nsName": "ns", "nsDescription": "an NS"})
        life.post(f"{NSLCM}/ns_instances/{ns['id']}/instantiate", {"nsFlavourId": "default"})
    else:
        life.post(f"{VRM}/compute_resources", {"name": "vm", "resources": SOME})
    life.clock.run()
    life = life.killed()
    [kept] = life.get(f"{SWM}/pending_operations")
    occurrence = life.post(f"{SWM}/pending_operations/{kept['id']}/{way}")
    life.clock.run()
    assert life.get(occurrence)["operationState"] == state
    assert life.killed().get(f"{SWM}/pending_operations") == []


@pytest.mark.parametrize(("suspended", "kept"), [(False, 1), (True, 0)])
def test_handling_of_operations_stays_as_it_was_asked(suspended, kept):
    """What comes in after the restart is handled as the modification that is still in progress was told."""
    life = Life("VIM")
    modification = modifying(life, operationHandling={"VRM": "SUSPEND"})
    life.clock.step()
    if suspended:
        life.post(f"{modification}/suspend")
    up_to(life, "software-modification/prepare")
    life = life.killed()
    life.post(f"{VRM}/compute_resources", {"name": "vm", "resources": SOME})
    life.clock.run()
    assert len(life.get(f"{SWM}/pending_operations")) == kept


@pytest.mark.parametrize(("task", "state", "size"), [("retry", "COMPLETED", 3), ("rollback", "ROLLED_BACK", 1)])
def test_broken_lifecycle_operation_is_taken_up(task, state, size):
    """FAILED_TEMP before the kill: tried again or rolled back after it, from the step that broke."""
    life = Life("VNFM")
    instance = in_service(life)
    life.gate.failing["vnf-lcm-operation/configure"] = StepFailed("no", transient=True)
    occurrence = life.post(f"{instance}/scale", {"type": "SCALE_OUT", "aspectId": "default", "numberOfSteps": 2})
    life.clock.run()
    life = life.killed()
    assert life.status("POST", f"{instance}/terminate", {"terminationType": "GRACEFUL"}) == 409
    life.post(f"{occurrence}/{task}")
    life.clock.run()
    assert "vnf-lcm-operation/grant" not in life.gate.points
    assert life.get(occurrence)["operationState"] == state
    assert len(life.get(instance)["instantiatedVnfInfo"]["vnfcResourceInfo"]) == size


def test_lost_lifecycle_operation_is_cancelled_and_tried_again():
    """Whoever was at work is gone; a forceful cancel makes the operation FAILED_TEMP, and a retry completes it."""
    life = Life("VNFM")
    instance = vnf(life)
    occurrence = life.post(f"{instance}/instantiate", {"flavourId": "default"})
    up_to(life, "vnf-lcm-operation/configure")
    life = life.killed()
    life.post(f"{occurrence}/cancel", {"cancelMode": "FORCEFUL"})
    assert life.get(occurrence)["operationState"] == "FAILED_TEMP"
    life.post(f"{occurrence}/retry")
    life.clock.run()
    assert life.get(occurrence)["operationState"] == "COMPLETED"
    assert life.get(instance)["instantiationState"] == "INSTANTIATED"


def test_books_are_kept():
    """Nobody gets what an earlier life gave away; what is given back can be had again."""
    life = Life("VIM", capacity={"vcpu": 8, "memoryMiB": 8192, "storageGiB": 100})
    reservation = life.post(f"{VRM}/reservations", {"purpose": "OTHER", "resources": {**SOME, "vcpu": 6}})["id"]
    allocations = f"{VRM}/reservations/{reservation}/allocations"
    allocation = life.post(allocations, {"resources": SOME})["id"]
    life = life.killed()
    assert life.status("POST", f"{VRM}/compute_resources", {"name": "vm", "resources": SOME}) == 409
    assert life.status("POST", allocations, {"resources": SOME}) == 409
    assert life.status("DELETE", f"{VRM}/reservations/{reservation}") == 409
    life.ask("DELETE", f"{allocations}/{allocation}")
    life.ask("DELETE", f"{VRM}/reservations/{reservation}")
    assert life.status("POST", f"{VRM}/compute_resources", {"name": "vm", "resources": SOME}) == 202


def test_suspended_test_run_goes_on():
    """The suites that were judged stay judged, the others run, and the resources go back."""
    life = Life("TESTER")
    ready = {"operationalState": "STARTED", "administrativeState": "UNLOCKED"}
    state = {"softwareVersion": "2.0.0", "manoApplicationState": ready}
    life.peers.states["vnfm"] = state
    run = life.post(f"{TESTER}/test_runs", {**TESTS, "impacted": ["nfvo", "em"]})
    up_to(life, "test-run/suite-health")
    life.post(f"{run}/suspend")
    life.gate.open("test-run/suite-health")
    life.clock.run()
    life = life.killed()
    assert [suite["verdict"] for suite in life.get(run)["suites"]] == ["PASS", None]
    life.post(f"{run}/resume")
    life.clock.run()
    assert life.get(run)["verdict"] == "PASS"
    assert life.peers.named("ask_check") == [("nfvo", "vnfm"), ("em", "vnfm")]
    assert len(life.peers.named("release")) == 1


def test_request_of_an_earlier_life_is_triggered_again_once():
    """An entity knows what it had asked for, and asks anew when the producer says so."""
    life = Life("NFVO")
    heal = "/vnflcm/v1/vnf_instances/1/heal"
    life.core.power(Peering).remember("vnfm", "POST", heal, {}, "/vnflcm/v1/vnf_lcm_op_occs/7")
    notice = {"producer": "vnfm", "operationType": "VNF_LCM", "operationOccurrenceId": "7", "reason": "RETRIGGER"}
    life = life.killed()
    for _ in range(2):
        life.post("/peer/v1/operation_notices", notice)
        life.clock.run()
    assert life.peers.named("request") == [("vnfm", "POST", heal, {})]


def test_subscribers_hear_of_the_next_life():
    """Nobody has to subscribe anew, and who does finds the subscription that is there."""
    life = Life("VNFM")
    life.post(f"{SWM}/subscriptions", {"callbackUri": CALLBACK})
    life = life.killed()
    assert life.status("POST", f"{SWM}/subscriptions", {"callbackUri": CALLBACK}) == 303
    modifying(life)
    life.clock.run()
    assert life.peers.notifications()[-1]["operationState"] == "COMPLETED"
    assert life.core.power(ModificationAnnouncements).subscriptions.all()[0].callback_uri == CALLBACK


def test_logging_job_goes_on():
    """The lines of both lives are in one log."""
    life = Life("VNFM")
    job = life.post(f"{LOGM}/log_jobs", LOG_JOB)["id"]
    modifying(life)
    life.clock.run()
    life = life.killed()
    modifying(life, destinationSoftwareVersion="1.0.0")
    life.clock.run()
    report = life.post(f"{LOGM}/log_jobs/{job}/compile_log", {})
    text = life.http.get(report["fileLocationInfo"]["fileEndpoint"]).text
    assert text.count("COMPLETED") == 2


def test_locked_interface_stays_locked():
    """A service that was out of use stays so, until somebody unlocks it."""
    life = Life("VNFM")
    change = f"{CIM}/mano_entity/mano_interfaces/vnflcm-v1/change_state"
    life.post(change, {"administrativeStateChange": {"administrativeStateAction": "LOCK"}})
    life.clock.run()
    life = life.killed()
    assert life.status("GET", f"{VNFLCM}/vnf_instances") == 503
    life.post(change, {"administrativeStateChange": {"administrativeStateAction": "UNLOCK"}})
    life.clock.run()
    assert life.status("GET", f"{VNFLCM}/vnf_instances") == 200
