"""Service interface instances of a non-seamless target over HTTP (table 5.2.3.5-1, rows 4 and 6 to 12)."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from mocks.entities.actors import equip, powers_of
from mocks.entities.core import Core
from mocks.entities.deployment import run_version
from mocks.entities.peering import Peering
from tests.api.conformance import CheckedClient, client
from tests.fakes import make_core

INTERFACES = "/nfvmanocim/v2/mano_entity/mano_interfaces"
UNLOCK = {"administrativeStateChange": {"administrativeStateAction": "UNLOCK"}}


@pytest.fixture
def core() -> Core:
    core = make_core("VNFM")
    core.profile = {"capability": {"support": "INTERNAL_NON_SEAMLESS"}}
    return equip(core, powers_of("VNFM"))


@pytest.fixture
def http(core: Core) -> CheckedClient:
    return client(core)


def states(http: CheckedClient) -> dict[str, tuple[str, str]]:
    found = [(one["id"], one["interfaceState"]) for one in http.get(INTERFACES).json]
    return {name: (each["operationalState"], each["administrativeState"]) for name, each in found if "vnflcm" in name}


def test_the_destination_version_opens_new_instances_locked_beside_the_old(http, core):
    """One towards impacted FEs and one towards impacted entities; going back takes both away."""
    at_work, locked = ("STARTED", "UNLOCKED"), ("STARTED", "LOCKED")
    old = {"vnflcm-v1": at_work, "entities-vnflcm-v1": at_work}
    assert states(http) == old
    run_version(core, "2.0.0")
    assert states(http) == {**old, "vnflcm-v2": locked, "entities-vnflcm-v2": locked}
    run_version(core, "1.0.0")
    assert states(http) == old


def test_an_instance_serves_once_it_is_unlocked_under_its_own_paths(http, core):
    """Locked it answers 503; then it is the same service, and what it says of paths is in its own."""
    run_version(core, "2.0.0")
    plain = FlaskClient(http.application, use_cookies=False)
    headers = {"Authorization": "Bearer x"}
    assert plain.get("/vnflcm/v2/vnf_instances", headers=headers).status_code == 503
    http.post(f"{INTERFACES}/vnflcm-v2/change_state", json=UNLOCK)
    core.clock.run()
    assert plain.get("/vnflcm/v2/vnf_instances").json == []
    made = plain.post("/vnflcm/v2/vnf_instances", json={"vnfdId": "a"})
    assert made.status_code == 201
    assert made.headers["Version"] == "2.0.0"
    assert made.headers["Location"].startswith("/vnflcm/v2/vnf_instances/")
    assert made.json["_links"]["self"]["href"] == made.headers["Location"]
    assert len(plain.get("/entities/vnflcm/v1/vnf_instances").json) == 1


def test_an_instance_that_is_not_there_is_not_found(http):
    """Neither the next version's before it runs, nor one that no version has."""
    plain = FlaskClient(http.application, use_cookies=False)
    assert plain.get("/vnflcm/v2/vnf_instances").status_code == 404
    assert plain.get("/entities/vnflcm/v7/vnf_instances").status_code == 404


def test_the_descriptor_says_which_takes_the_place_of_which(http):
    """Row 2: old and new service interfaces, and whom they concern."""
    told = http.get("/nfvmanoswm/v1/capability").json["interfaceChanges"]
    assert told == [
        {"old": "vnflcm-v1", "new": "vnflcm-v2", "towards": "IMPACTED_FE", "stopOld": True},
        {"old": "entities-vnflcm-v1", "new": "entities-vnflcm-v2", "towards": "IMPACTED_ENTITY", "stopOld": True},
    ]


def test_who_connects_authenticates_first_and_then_stays(core):
    """Later checks go over the interface that the actor moved to."""
    nfvo = make_core("NFVO")
    nfvo.give(Peering(nfvo))
    http = client(nfvo)
    told = http.post("/peer/v1/connections", json={"peer": "vnfm", "apiUri": "/vnflcm/v2"}).json
    assert (told["authenticated"], told["reachable"], told["apiUri"]) == (True, True, "/vnflcm/v2")
    http.post("/peer/v1/checks", json={"peer": "vnfm"})
    assert [call[0] for call in nfvo.peers.calls] == ["authenticate", "check", "check"]
    assert nfvo.peers.named("check")[-1] == ("vnfm", "/vnflcm/v2")
