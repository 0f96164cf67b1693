"""managed/v1 over HTTP, and restoration as a fallback asks for it; the client checks each answer itself."""

from __future__ import annotations

import pytest

from mocks.entities.information import Information
from mocks.entities.managed_instances import ManagedInstances
from mocks.entities.restoration import RestorationPoints
from tests.api.conformance import CheckedClient, client
from tests.fakes import make_core

ROOT = "/managed/v1/instances"
VNF = {"kind": "VNF", "attributes": {"instantiated": True}}


@pytest.fixture
def http() -> CheckedClient:
    core = make_core("VNF")
    core.give(ManagedInstances(core))
    return client(core)


def test_instances_come_are_shown_and_go(http):
    """PUT, GET one and all, DELETE."""
    made = http.put(f"{ROOT}/a", json=VNF)
    assert (made.status_code, made.json["id"], made.json["kind"]) == (200, "a", "VNF")
    assert http.get(ROOT).json == [made.json]
    assert http.get(f"{ROOT}/a").json == made.json
    assert http.delete(f"{ROOT}/a").status_code == 204
    assert http.get(f"{ROOT}/a").status_code == 404


def test_wrong_instances_are_refused(http):
    """A body that is not as described is a 400."""
    assert http.put(f"{ROOT}/a", json={"kind": "ship"}).status_code == 400


def test_restore_takes_a_body_or_none():
    """Without a body the entity comes up as ever; LOCKED is what a fallback asks for; anything else is a 400."""
    core = make_core("VNFM")
    for power in (Information, RestorationPoints):
        core.give(power(core))
    http = client(core)
    points = "/nfvmanoswm/v1/restoration_points"
    assert http.post(points, json={"restorationPointId": "p", "scope": ["vnfm", "vim"]}).json["scope"] == [
        "vnfm",
        "vim",
    ]
    assert http.post(points, json={"restorationPointId": "p"}).status_code == 409
    assert http.post(f"{points}/p/restore", json={"administrativeState": "OPEN"}).status_code == 400
    for body in (None, {"administrativeState": "LOCKED"}):
        begun = http.post(f"{points}/p/restore", json=body) if body else http.post(f"{points}/p/restore")
        assert begun.status_code == 202
        core.clock.run()
    plain, locked = http.get("/nfvmanoswm/v1/restore_op_occs").json
    assert "administrativeState" not in plain
    assert (locked["administrativeState"], locked["differences"]) == ("LOCKED", [])
