"""peer/v1 over HTTP; each answer is checked against its description by the client itself."""

from __future__ import annotations

import pytest

from mocks.entities.actors import equip, powers_of
from mocks.entities.core import Core
from mocks.entities.peering import Peering
from mocks.entities.ports import Check
from tests.api.conformance import CheckedClient, client
from tests.fakes import make_core

NOTICE = {"producer": "vnfm", "operationType": "VNF_LCM", "operationOccurrenceId": "42", "reason": "RETRIGGER"}


@pytest.fixture
def core() -> Core:
    core = make_core("NFVO")
    core.give(Peering(core))
    return core


@pytest.fixture
def http(core: Core) -> CheckedClient:
    return client(core)


def test_check_tells_what_came_of_using_the_peer(http, core):
    """A peer that answers is reachable; one that does not is not, and has no status."""
    assert http.post("/peer/v1/checks", json={"peer": "vnfm"}).json == {
        "peer": "vnfm",
        "reachable": True,
        "status": 200,
        "detail": "",
    }
    core.peers.checks["vnfm"] = Check("vnfm", False, None, "no answer")
    answer = http.post("/peer/v1/checks", json={"peer": "vnfm"}).json
    assert (answer["reachable"], answer["status"]) == (False, None)


def test_unknown_peer_is_named(http, core):
    """Nobody can be asked about an actor that is not there."""
    core.peers.errors["check"] = KeyError("nobody")
    answer = http.post("/peer/v1/checks", json={"peer": "nobody"})
    assert answer.status_code == 422
    assert "nobody" in answer.json["detail"]


def test_retriggered_request_goes_out_once_more(http, core):
    """RETRIGGER repeats the request that had led to the operation, after the answer, and only once."""
    core.power(Peering).remember("vnfm", "POST", "/vnflcm/v1/vnf_instances/1/scale", {"type": "OUT"}, "/ops/42")
    assert http.post("/peer/v1/operation_notices", json=NOTICE).status_code == 204
    assert core.peers.named("request") == []
    http.post("/peer/v1/operation_notices", json=NOTICE)
    core.clock.run()
    assert core.peers.named("request") == [("vnfm", "POST", "/vnflcm/v1/vnf_instances/1/scale", {"type": "OUT"})]


@pytest.mark.parametrize("change", [{"reason": "PENDING"}, {"operationOccurrenceId": "7"}, {"producer": "nfvo-2"}])
def test_other_notices_lead_to_nothing(http, core, change):
    """News of a pending operation, or of somebody else's, is heard and no more."""
    core.power(Peering).remember("vnfm", "POST", "/vnflcm/v1/vnf_instances/1/scale", {}, "/ops/42")
    assert http.post("/peer/v1/operation_notices", json={**NOTICE, **change}).status_code == 204
    core.clock.run()
    assert core.peers.named("request") == []


def test_wrong_notice_is_refused(http):
    """A reason that nobody knows is refused by name."""
    answer = http.post("/peer/v1/operation_notices", json={**NOTICE, "reason": "WHATEVER"})
    assert answer.status_code == 400
    assert "WHATEVER" in answer.json["detail"]


def test_a_peer_moves_to_the_instance_that_takes_its_place():
    """Whatever went to the one that is replaced goes to the other; back again, in the same way."""
    core = equip(make_core("NFVO", peers=["vnfm"]), powers_of("NFVO"))
    peering = core.power(Peering)
    assert peering.connect("vnfm-b", "/vnflcm/v1", "vnfm")["authenticated"]
    assert peering.reached("vnfm", "/vnflcm/v1/vnf_instances") == ("vnfm-b", "/vnflcm/v1/vnf_instances")
    peering.connect("vnfm", "/entities/vnflcm/v1", "vnfm-b")
    assert peering.reached("vnfm-b", "/vnflcm/v1/vnf_instances") == ("vnfm", "/entities/vnflcm/v1/vnf_instances")
    assert peering.reached("vnfm", "/vnflcm/v1/x") == ("vnfm", "/entities/vnflcm/v1/x")


def test_who_is_only_tried_is_not_moved_to():
    """Without a path the peer is authenticated to and used as ever."""
    core = equip(make_core("NFVO", peers=["vnfm"]), powers_of("NFVO"))
    assert core.power(Peering).connect("vnfm", "")["apiUri"] is None
    assert core.power(Peering).reached("vnfm", "/vnflcm/v1/x") == ("vnfm", "/vnflcm/v1/x")
