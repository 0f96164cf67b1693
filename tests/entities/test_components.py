"""An entity that consists of components, which are modified one by one (clause 5.3.6.2)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mocks.entities.actors import equip, powers_of
from mocks.entities.components import Components
from mocks.entities.core import Core
from mocks.entities.errors import Conflict, Unprocessable
from mocks.entities.persistence import revive, snapshot
from mocks.entities.restoration import RestorationPoints
from mocks.entities.software_modification import SoftwareModification
from tests.fakes import make_core

ALL = ["SUSPENSION", "RETRY", "ROLLBACK", "FALLBACK"]


def made(recovery: list[str] | None = None) -> Core:
    core = make_core("VIM")
    core.profile = {"components": ["compute", "network"]}
    core.profile["capability"] = {
        "additionalResources": {"modification": {"vcpu": 0, "memoryMiB": 0, "storageGiB": 0}},
        **({} if recovery is None else {"recovery": recovery}),
    }
    return equip(core, powers_of("VIM"))


def versions(core: Core) -> dict[str, str]:
    return {one["name"]: one["softwareVersion"] for one in core.power(Components).list()}


def move(core: Core, component: str, version: str = "2.0.0") -> dict[str, Any]:
    """Have a component modified, and let time pass until that has ended."""
    modification = core.power(SoftwareModification)
    begun = modification.create({"destinationSoftwareVersion": version, "component": component}, "smm")
    core.clock.run()
    return modification.get(begun["id"])


def test_a_component_moves_and_the_others_stay():
    """The entity itself reports another version only once all of them run it."""
    core = made()
    done = move(core, "network")
    assert (done["operationState"], done["component"], done["sourceSoftwareVersion"]) == (
        "COMPLETED",
        "network",
        "1.0.0",
    )
    assert versions(core) == {"compute": "1.0.0", "network": "2.0.0"}
    assert core.software_version == "1.0.0"
    move(core, "compute")
    assert core.software_version == "2.0.0"


def test_it_is_not_modified_as_a_whole():
    """Neither is a component that is not there, nor one of an entity that is of one piece."""
    modification = made().power(SoftwareModification)
    with pytest.raises(Conflict, match="one by one"):
        modification.create({"destinationSoftwareVersion": "2.0.0"}, "smm")
    with pytest.raises(Unprocessable, match="compute, network"):
        modification.create({"destinationSoftwareVersion": "2.0.0", "component": "storage"}, "smm")
    whole = equip(make_core("VIM"), powers_of("VIM")).power(SoftwareModification)
    with pytest.raises(Unprocessable, match="does not consist"):
        whole.create({"destinationSoftwareVersion": "2.0.0", "component": "compute"}, "smm")


def test_what_a_component_runs_already_is_no_modification():
    """The others may still need it."""
    core = made()
    move(core, "network")
    with pytest.raises(Conflict, match="runs already"):
        move(core, "network")
    assert move(core, "compute")["operationState"] == "COMPLETED"


def test_a_way_back_has_to_be_offered():
    """A rollback is a move to what the component ran before."""
    core = made([kind for kind in ALL if kind != "ROLLBACK"])
    move(core, "network")
    with pytest.raises(Conflict, match="no software rollback of network"):
        move(core, "network", "1.0.0")
    other = made(ALL)
    move(other, "network")
    assert move(other, "network", "1.0.0")["operationState"] == "COMPLETED"


def test_a_suspension_and_a_fallback_have_to_be_offered():
    """What is not offered is refused, and the descriptor says so."""
    core = made([])
    told = core.power(SoftwareModification).capability()
    assert (told["support"], told["recovery"], told["suspendable"], told["stateModel"]) == (
        "COMPONENTS",
        [],
        False,
        False,
    )
    point = core.power(RestorationPoints).create({})
    with pytest.raises(Conflict, match="no fallback"):
        core.power(RestorationPoints).restore(point["id"], "fallback-manager", "LOCKED")


def test_a_restoration_point_holds_every_component():
    """Restored from it, each runs what it ran then."""
    core = made()
    move(core, "network")
    points = core.power(RestorationPoints)
    point = points.create({})
    move(core, "compute")
    points.restore(point["id"], "somebody")
    core.clock.run()
    assert versions(core) == {"compute": "1.0.0", "network": "2.0.0"}
    assert core.software_version == "1.0.0"


def test_components_outlive_the_process():
    """As plain data."""
    core, other = made(), made()
    move(core, "network")
    revive(other, json.loads(json.dumps(snapshot(core))))
    assert versions(other) == versions(core)
