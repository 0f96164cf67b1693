"""Redundancy units as a power of an entity: made, let in, shut down, terminated; the entity serves meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from mocks.entities.errors import StepFailed
from mocks.entities.restart import restarted
from tests.entities.lives import CALLBACK, Life

UNITS = "/nfvmanoswm/v1/redundancy_units"
OCCURRENCES = "/nfvmanoswm/v1/redundancy_unit_op_occs"
UNLOCK = {"administrativeStateChange": {"administrativeStateAction": "UNLOCK"}}
STOP = {"operationalStateChange": {"operationalStateAction": "STOP", "stopType": "GRACEFUL"}}
START = {"operationalStateChange": {"operationalStateAction": "START"}}
GRACEFUL, FORCEFUL = {"terminationType": "GRACEFUL"}, {"terminationType": "FORCEFUL"}


@pytest.fixture
def vnfm() -> Life:
    return Life("VNFM", redundancyUnits=2, peers=["nfvo", "vim", "vnf", "em"])


def ids(life: Life) -> list[str]:
    return [unit["id"] for unit in life.get(UNITS)]


def done(life: Life, location: str) -> dict[str, Any]:
    life.clock.run()
    found: dict[str, Any] = life.get(location)
    return found


def made(life: Life, replaces: str, **more: Any) -> str:
    """A unit of the destination version, with its interfaces locked."""
    occurrence = done(life, life.post(UNITS, {"softwareVersion": "2.0.0", "replaces": replaces, **more}))
    assert occurrence["operationState"] == "COMPLETED", occurrence
    return str(occurrence["redundancyUnitId"])


def state(life: Life, unit: str) -> tuple[str, str]:
    found = life.get(f"{UNITS}/{unit}")["unitState"]
    return found["operationalState"], found["administrativeState"]


def replaced(life: Life, source: str) -> str:
    """Rows 3 to 11 for one unit."""
    unit = made(life, source)
    done(life, life.post(f"{UNITS}/{unit}/change_state", UNLOCK))
    done(life, life.post(f"{UNITS}/{source}/change_state", STOP))
    done(life, life.post(f"{UNITS}/{source}/terminate", GRACEFUL))
    return unit


def version(life: Life) -> str:
    return str(life.get("/nfvmanocim/v2/mano_entity")["softwareVersion"])


def serves(life: Life) -> int:
    return life.status("GET", "/vnflcm/v1/vnf_instances")


def test_a_new_unit_is_started_and_locked(vnfm: Life) -> None:
    """It knows whose place it is to take, has that one's state, and serves nobody yet."""
    first = ids(vnfm)[0]
    unit = made(vnfm, first)
    found = vnfm.get(f"{UNITS}/{unit}")
    assert state(vnfm, unit) == ("STARTED", "LOCKED")
    assert (found["replaces"], found["synchronisedFrom"], found["softwareVersion"]) == (first, first, "2.0.0")
    assert {one["interfaceState"]["administrativeState"] for one in found["serviceInterfaces"]} == {"LOCKED"}


def test_a_unit_is_shut_down_before_it_is_terminated_gracefully(vnfm: Life) -> None:
    """409 while it serves; by force it goes at once."""
    first, second = ids(vnfm)
    assert vnfm.status("POST", f"{UNITS}/{first}/terminate", GRACEFUL) == 409
    done(vnfm, vnfm.post(f"{UNITS}/{first}/change_state", STOP))
    assert state(vnfm, first) == ("STOPPED", "UNLOCKED")
    done(vnfm, vnfm.post(f"{UNITS}/{first}/terminate", GRACEFUL))
    assert ids(vnfm) == [second]
    done(vnfm, vnfm.post(f"{UNITS}/{second}/terminate", FORCEFUL))
    assert ids(vnfm) == []


def test_an_interface_alone_can_be_changed(vnfm: Life) -> None:
    """Towards impacted FEs first, then towards impacted entities; the unit stops with the last of them."""
    first = ids(vnfm)[0]
    for interface, expected in (("impacted-entity", "STARTED"), ("impacted-fe", "STOPPED")):
        done(vnfm, vnfm.post(f"{UNITS}/{first}/service_interfaces/{interface}/change_state", STOP))
        assert state(vnfm, first)[0] == expected
    assert vnfm.status("POST", f"{UNITS}/{first}/service_interfaces/none/change_state", STOP) == 404
    done(vnfm, vnfm.post(f"{UNITS}/{first}/change_state", START))
    assert state(vnfm, first) == ("STARTED", "UNLOCKED")


def test_the_entity_serves_as_long_as_one_unit_does(vnfm: Life) -> None:
    """503 at its one address once none does, and its interfaces say so."""
    for unit, status in zip(ids(vnfm), (200, 503), strict=True):
        done(vnfm, vnfm.post(f"{UNITS}/{unit}/change_state", STOP))
        assert serves(vnfm) == status
    states = {
        one["interfaceState"]["operationalState"] for one in vnfm.get("/nfvmanocim/v2/mano_entity/mano_interfaces")
    }
    assert states == {"STOPPED"}


def test_users_are_served_by_the_interface_that_is_theirs(vnfm: Life) -> None:
    """An impacted entity is not served over an interface towards impacted FEs."""
    for unit in ids(vnfm):
        done(vnfm, vnfm.post(f"{UNITS}/{unit}/service_interfaces/impacted-entity/change_state", STOP))
    asked = {}
    for actor in ("nfvo", "em", "smm"):
        client = vnfm.http
        client.environ_base["manolab.actor"] = actor
        asked[actor] = client.get("/vnflcm/v1/vnf_instances").status_code
    assert asked == {"nfvo": 200, "em": 503, "smm": 200}


def test_the_version_is_that_of_all_units(vnfm: Life) -> None:
    """While they differ the entity reports the one from before (I-084)."""
    first, second = ids(vnfm)
    replaced(vnfm, first)
    assert version(vnfm) == "1.0.0"
    replaced(vnfm, second)
    assert version(vnfm) == "2.0.0"
    assert serves(vnfm) == 200


def test_what_ran_beside_gives_its_resources_back(vnfm: Life) -> None:
    """The new unit takes over the place of the old one, so what was reserved is held only while both are there."""
    first = ids(vnfm)[0]
    resources = [{"provider": "vim", "reservationId": "r1"}]
    made(vnfm, first, resources=resources)
    assert vnfm.peers.named("allocate")
    done(vnfm, vnfm.post(f"{UNITS}/{first}/change_state", STOP))
    assert not vnfm.peers.named("release")
    done(vnfm, vnfm.post(f"{UNITS}/{first}/terminate", GRACEFUL))
    assert len(vnfm.peers.named("release")) == 1


@pytest.mark.parametrize("step", ["prepare", "deploy", "synchronise"])
def test_an_instantiation_that_breaks_leaves_nothing(vnfm: Life, step: str) -> None:
    """It has failed, says whether trying again may help, and there is no half unit."""
    before = ids(vnfm)
    vnfm.gate.failing[f"redundancy-unit/{step}"] = StepFailed("broke", transient=True)
    body = {"softwareVersion": "2.0.0", "replaces": before[0], "resources": [{"provider": "vim", "reservationId": "r"}]}
    found = done(vnfm, vnfm.post(UNITS, body))
    assert (found["operationState"], found["error"]["retryable"]) == ("FAILED", True)
    assert ids(vnfm) == before
    assert len(vnfm.peers.named("allocate")) == len(vnfm.peers.named("release"))


def test_a_stop_that_breaks_leaves_the_unit_at_work(vnfm: Life) -> None:
    """What it knows could not be handed over, so it goes on."""
    first = ids(vnfm)[0]
    vnfm.gate.failing["redundancy-unit/hand-over"] = StepFailed("broke")
    assert done(vnfm, vnfm.post(f"{UNITS}/{first}/change_state", STOP))["operationState"] == "FAILED"
    assert state(vnfm, first) == ("STARTED", "UNLOCKED")


def test_a_unit_that_crashes_is_down_and_says_so(vnfm: Life) -> None:
    """The others go on serving; the crashed one can be terminated."""
    vnfm.post("/nfvmanoswm/v1/subscriptions", {"callbackUri": CALLBACK})
    unit = made(vnfm, ids(vnfm)[0])
    vnfm.gate.failing["redundancy-unit/serve"] = StepFailed("crashed")
    done(vnfm, vnfm.post(f"{UNITS}/{unit}/change_state", UNLOCK))
    assert vnfm.get(f"{UNITS}/{unit}")["error"]["detail"] == "crashed"
    assert state(vnfm, unit) == ("STOPPED", "UNLOCKED")
    assert [told["redundancyUnitId"] for told in vnfm.peers.notifications("RedundancyUnitNotification")] == [unit]
    assert serves(vnfm) == 200
    assert vnfm.status("POST", f"{UNITS}/{unit}/change_state", START) == 409
    done(vnfm, vnfm.post(f"{UNITS}/{unit}/terminate", GRACEFUL))
    assert unit not in ids(vnfm)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"softwareVersion": "9.9.9"}, 422),
        ({"softwareVersion": "2.0.0", "replaces": "nobody"}, 422),
        ({"softwareVersion": 2}, 400),
        ({}, 400),
    ],
)
def test_what_cannot_be_made_is_refused(vnfm: Life, body: dict[str, Any], status: int) -> None:
    """Unknown versions and units are 422, malformed requests 400."""
    assert vnfm.status("POST", UNITS, body) == status


def test_an_entity_of_one_piece_has_no_units() -> None:
    """It has none to list, and makes none."""
    vim = Life("VIM")
    assert vim.get(UNITS) == []
    assert vim.status("POST", UNITS, {"softwareVersion": "2.0.0"}) == 409


def test_units_are_no_internal_support(vnfm: Life) -> None:
    """Such an entity says what it is, and does not modify itself."""
    assert vnfm.get("/nfvmanoswm/v1/capability")["support"] == "REDUNDANCY_UNITS"
    asked = {"destinationSoftwareVersion": "2.0.0"}
    assert vnfm.status("POST", "/nfvmanoswm/v1/software_modifications", asked) == 409


def test_units_outlive_the_process(vnfm: Life) -> None:
    """In a later life they are what they were; the next can be replaced there."""
    first, second = ids(vnfm)
    unit = replaced(vnfm, first)
    after = vnfm.killed()
    assert after.answers() == vnfm.answers()
    assert sorted(ids(after)) == sorted([second, unit])
    replaced(after, second)
    assert version(after) == "2.0.0"


def test_work_on_a_unit_is_lost_with_the_process(vnfm: Life) -> None:
    """It ends as failed when the entity runs again, and leaves nothing half made."""
    before = ids(vnfm)
    vnfm.gate.closed.add("redundancy-unit/deploy")
    location = vnfm.post(UNITS, {"softwareVersion": "2.0.0", "replaces": before[0]})
    vnfm.clock.run()
    after = vnfm.killed()
    restarted(after.core)
    assert done(after, location)["operationState"] == "FAILED"
    assert ids(after) == before


def test_a_restoration_brings_the_units_back(vnfm: Life) -> None:
    """Those of the point, in its version, and no other."""
    before = ids(vnfm)
    point = vnfm.post("/nfvmanoswm/v1/restoration_points", {})["id"]
    replaced(vnfm, before[0])
    vnfm.post(f"/nfvmanoswm/v1/restoration_points/{point}/restore")
    vnfm.clock.run()
    assert ids(vnfm) == before
    assert serves(vnfm) == 200
