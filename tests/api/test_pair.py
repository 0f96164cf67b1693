"""The interface towards a peer of the same version alone, under /pair (clause 5.4.2)."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from mocks.entities.actors import equip, powers_of
from mocks.entities.core import Core
from mocks.entities.deployment import run_version
from tests.api.conformance import client
from tests.fakes import make_core

PATH = "/pair/vnflcm/v1/vnf_instances"
INTERFACES = "/nfvmanocim/v2/mano_entity/mano_interfaces"


def made(**profile: object) -> Core:
    core = make_core("VNFM")
    core.profile = {"capability": {"support": "NONE"}, **profile}
    return equip(core, powers_of("VNFM"))


def asked(core: Core, version: str | None = "1.0.0", path: str = PATH) -> int:
    """The status of a question by somebody who runs this version."""
    agent = {"User-Agent": f"manolab/{version}"} if version else {"User-Agent": "curl/8"}
    plain = FlaskClient(client(core).application, use_cookies=False)
    return plain.get(path, headers={"Authorization": "Bearer x", **agent}).status_code


def test_whoever_runs_the_same_version_is_served():
    """Under the paths of the interface, with the service of the API."""
    assert asked(made(paired=True)) == 200


@pytest.mark.parametrize("version", ["2.0.0", None])
def test_who_runs_another_version_is_refused(version):
    """One that does not say what it runs is not understood either."""
    assert asked(made(paired=True), version) == 409


def test_the_version_is_what_runs_now():
    """After the modification the former peer is the stranger."""
    core = made(paired=True)
    run_version(core, "2.0.0")
    assert (asked(core, "1.0.0"), asked(core, "2.0.0")) == (409, 200)


@pytest.mark.parametrize("path", ["/vnflcm/v1/vnf_instances", "/entities/vnflcm/v1/vnf_instances"])
def test_other_users_are_served_in_any_version(path):
    """Only the interface between the two is not compatible."""
    assert asked(made(paired=True), "2.0.0", path) == 200


def test_without_such_a_peer_there_is_no_such_interface():
    """Neither on the wire nor among the interfaces."""
    core = made()
    assert asked(core) == 404
    assert not [one for one in client(core).get(INTERFACES).json if one["id"].startswith("pair-")]


def test_it_is_locked_and_stopped_by_itself():
    """Its state is its own: the other interfaces go on."""
    core = made(paired=True)
    http = client(core)
    lock = {"administrativeStateChange": {"administrativeStateAction": "LOCK"}}
    http.post(f"{INTERFACES}/pair-vnflcm-v1/change_state", json=lock)
    core.clock.run()
    assert (asked(core), asked(core, path="/vnflcm/v1/vnf_instances")) == (503, 200)


def test_the_descriptor_says_for_whom_it_is_and_what_it_understands():
    """One version only, while the other interfaces are compatible with both."""
    told = client(made(paired=True)).get("/nfvmanoswm/v1/capability").json
    assert {"id": "pair-vnflcm-v1", "towards": "PEER"} in told["serviceInterfaces"]
    compatible = {one["interface"]: one["versions"] for one in told["interfaceCompatibility"]}
    assert compatible["pair/vnflcm/v1"] == ["1.0.0"]
    assert compatible["vnflcm/v1"] == ["1.0.0", "2.0.0"]
