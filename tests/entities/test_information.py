"""State management and information of an entity, without HTTP."""

from __future__ import annotations

import pytest

from mocks.entities.errors import Conflict, NotFound, StepFailed, Unprocessable
from mocks.entities.information import Information
from mocks.entities.logs import Logs
from mocks.entities.mano_objects import entity_reference, interface_reference, lets_through
from mocks.entities.merge_patch import merged
from mocks.entities.state_changes import ADMINISTRATIVE, APPLICATION, INTERFACE
from tests.fakes import make_core


def operational(action, **more):
    return {"operationalStateChange": {"operationalStateAction": action, **more}}


def administrative(action):
    return {"administrativeStateChange": {"administrativeStateAction": action}}


@pytest.fixture
def core():
    core = make_core("VNFM")
    core.give(Information(core))
    return core


@pytest.fixture
def information(core):
    return core.power(Information)


def states(information):
    state = information.entity()["manoApplicationState"]
    return state["operationalState"], state["administrativeState"], state["usageState"]


def test_born_started_and_unlocked(information):
    """An entity of the lab is in service from the beginning."""
    assert states(information) == ("STARTED", "UNLOCKED", "IN_USE")


def test_graceful_stop_drains_before_it_stops(core, information):
    """The steps of a graceful stop pass the gate by name; a forceful stop does not drain."""
    information.change_state(operational("STOP", stopType="GRACEFUL"))
    core.clock.run()
    information.change_state(operational("START"))
    core.clock.run()
    information.change_state(operational("STOP", stopType="FORCEFUL"))
    core.clock.run()
    assert core.gate.points == [f"state-change/{step}" for step in ("drain", "stop", "start", "stop")]
    assert states(information) == ("STOPPED", "UNLOCKED", "NOT_IN_USE")


def test_restart_ends_started(core, information):
    """RESTARTING on the way, STARTED at the end."""
    information.change_state(operational("RESTART"))
    assert states(information)[0] == "RESTARTING"
    core.clock.run()
    assert states(information)[0] == "STARTED"


def test_lock_and_unlock(core, information):
    """LOCKING on the way to LOCKED; the way back shows LOCKED until it is done."""
    information.change_state(administrative("LOCK"))
    assert states(information)[1] == "LOCKING"
    core.clock.run()
    assert states(information)[1] == "LOCKED"
    information.change_state(administrative("UNLOCK"))
    assert states(information)[1] == "LOCKED"
    core.clock.run()
    assert states(information)[1] == "UNLOCKED"


def test_both_states_change_together(core, information):
    """One request may stop and lock."""
    information.change_state(operational("STOP") | administrative("LOCK"))
    core.clock.run()
    assert states(information)[:2] == ("STOPPED", "LOCKED")


def test_all_or_nothing(core, information):
    """When one half of a request is impossible, the other does not happen, whichever half it is."""
    for request in (operational("STOP") | administrative("UNLOCK"), operational("START") | administrative("LOCK")):
        with pytest.raises(Conflict):
            information.change_state(request)
        assert states(information)[:2] == ("STARTED", "UNLOCKED")
    assert information.state_changes.list() == []


def test_one_change_at_a_time(core, information):
    """While a change is in progress, another is a conflict; afterwards it is not."""
    information.change_state(administrative("LOCK"))
    with pytest.raises(Conflict, match="in progress"):
        information.change_state(operational("STOP"))
    core.clock.run()
    information.change_state(operational("STOP"))


def test_change_must_ask_for_something(information):
    """A request without a change is refused."""
    with pytest.raises(Unprocessable, match="operationalStateChange"):
        information.change_state({})


def test_failed_change_returns_to_where_it_was(core, information):
    """A step that breaks leaves the operation FAILED with its reason, and the object usable."""
    core.gate.failing["state-change/stop"] = StepFailed("disk full")
    change = information.change_state(operational("STOP"))
    core.clock.run()
    occurrence = information.state_changes.get(change.id)
    assert (occurrence["operationState"], occurrence["error"]["detail"]) == ("FAILED", "disk full")
    assert states(information)[0] == "STARTED"
    core.gate.failing.clear()
    information.change_state(operational("STOP"))
    core.clock.run()
    assert states(information)[0] == "STOPPED"


def test_failed_locks_and_unlocks(core, information):
    """The administrative state too is what it was after a failure."""
    core.gate.failing["state-change/lock"] = StepFailed("no")
    information.change_state(administrative("LOCK"))
    core.clock.run()
    assert states(information)[1] == "UNLOCKED"
    core.gate.failing.clear()
    information.change_state(administrative("LOCK"))
    core.clock.run()
    core.gate.failing["state-change/unlock"] = StepFailed("no")
    information.change_state(administrative("UNLOCK"))
    core.clock.run()
    assert states(information)[1] == "LOCKED"


def test_held_change_stays_in_progress(core, information):
    """A change that is held at the gate is PROCESSING for as long as that lasts."""
    core.gate.closed.add("state-change/stop")
    change = information.change_state(operational("STOP"))
    core.clock.run()
    assert information.state_changes.get(change.id)["operationState"] == "PROCESSING"
    core.gate.open("state-change/stop")
    core.clock.run()
    assert information.state_changes.get(change.id)["operationState"] == "COMPLETED"


def test_interfaces_are_down_with_their_application(core, information):
    """An interface of a stopped application is not started, and comes back with it."""
    information.change_state(operational("STOP"))
    core.clock.run()
    assert information.interface("vnflcm-v1")["interfaceState"]["operationalState"] == "STOPPED"
    information.change_state(operational("START"))
    core.clock.run()
    assert information.interface("vnflcm-v1")["interfaceState"]["operationalState"] == "STARTED"


def test_interface_is_restarted(core, information):
    """An interface has no state RESTARTING; it is STARTING meanwhile."""
    information.change_interface_state("vnflcm-v1", operational("RESTART"))
    assert information.interface("vnflcm-v1")["interfaceState"]["operationalState"] == "STARTING"
    core.clock.run()
    assert information.interface("vnflcm-v1")["interfaceState"]["operationalState"] == "STARTED"
    information.change_state(operational("RESTART"))
    assert information.interface("vnflcm-v1")["interfaceState"]["operationalState"] == "STARTING"


def test_unknown_things_are_not_found(information):
    """Interfaces, operations and peers that are not there."""
    for missing in (information.interface, information.state_changes.get, information.peers.get):
        with pytest.raises(NotFound, match="nothing"):
            missing("nothing")


def test_events_go_into_the_logs(core, information):
    """Changes of state and information are recorded when the entity keeps logs."""
    logs = core.give(Logs(core))
    entity = entity_reference("vnfm")
    config = {"reportingCondition": {"reportingType": "NO_REPORTING"}, "securityConf": {}}
    job = logs.create({"objectInstanceIds": [entity], "jobCriteria": {"loggingType": "SYSTEM"}, "jobConfig": config})
    information.change_interface_state("vnflcm-v1", administrative("LOCK"))
    core.clock.run()
    text = logs.text(job["id"], logs.compile(job["id"])["id"])
    assert "mano_interfaces/vnflcm-v1: PROCESSING" in text
    assert "mano_interfaces/vnflcm-v1: COMPLETED" in text


@pytest.mark.parametrize("table", [APPLICATION, INTERFACE, ADMINISTRATIVE])
def test_no_state_is_a_trap(table):
    """Each state that can be reached can be left again."""
    left = {state for state, _ in table}
    assert set(table.values()) <= left


ENTITY = entity_reference("vnfm")
INTERFACE_1 = interface_reference("vnfm", "1")


@pytest.mark.parametrize(
    ("filter", "reference", "passes"),
    [
        ({}, ENTITY, True),
        ({"notificationTypes": []}, ENTITY, False),
        ({"notificationTypes": ["T"]}, ENTITY, True),
        ({"notificationTypes": ["Other"]}, ENTITY, False),
        ({"notificationTypes": "T"}, ENTITY, True),
        ({"manoEntitySubscriptionFilter": {"manoEntityId": "vnfm"}}, INTERFACE_1, True),
        ({"manoEntitySubscriptionFilter": {"manoEntityId": "nfvo"}}, ENTITY, False),
        ({"objectInstanceFilter": {"manoEntityId": "nfvo"}}, ENTITY, False),
        ({"manoEntitySubscriptionFilter": {"manoServiceInterfaceIds": ["1"]}}, INTERFACE_1, True),
        ({"manoEntitySubscriptionFilter": {"manoServiceInterfaceIds": ["2"]}}, INTERFACE_1, False),
        ({"manoEntitySubscriptionFilter": {"manoServiceInterfaceIds": ["1"]}}, ENTITY, False),
    ],
)
def test_subscription_filters(filter, reference, passes):
    """By type of notification, entity and interface; what is left out does not restrict."""
    assert lets_through(filter, "T", reference) is passes


@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [
        ({"a": 1}, {"a": 2}, {"a": 2}),
        ({"a": 1}, {"a": None}, {}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": None}}, {"a": {"c": 2}}),
        ({"a": [1, 2]}, {"a": [3]}, {"a": [3]}),
        ({"a": 1}, {"a": {"b": 1}}, {"a": {"b": 1}}),
        ({}, {"a": {"b": None}}, {"a": {}}),
    ],
)
def test_merge_patch(target, patch, result):
    """As the examples of RFC 7396 say, and without touching the target."""
    before = repr(target)
    assert merged(target, patch) == result
    assert repr(target) == before
