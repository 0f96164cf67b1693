"""Which modifications an entity accepts, what it says it can do, and operations that arrive meanwhile.

GR clauses 5.2.2.6 (a software rollback is a modification) and 5.2.2.8.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from mocks.entities.admission import OperationAdmission, PendingOperation
from mocks.entities.errors import Conflict, NotFound, StepFailed, Unprocessable
from mocks.entities.restoration import RestorationPoints
from mocks.entities.software_modification import SoftwareModification
from tests.entities.modifiable_entity import Entity
from tests.fakes import make_core


@pytest.fixture
def entity() -> Entity:
    return Entity()


def test_second_modification_is_refused_while_one_runs(entity):
    """There is one modification at a time; the refusal names the one in progress."""
    identifier = entity.at("deploy")
    with pytest.raises(Conflict, match=identifier):
        entity.begin()


def test_of_many_at_once_one_is_accepted(entity):
    """Requests that race each other on several threads lead to one modification."""
    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(entity.begin) for _ in range(32)]
    refused = [each.exception() for each in asked if each.exception()]
    assert len(refused) == 31
    assert all(isinstance(each, Conflict) for each in refused)
    assert len(entity.modification.list()) == 1


def test_software_rollback_of_an_uncommitted_modification(entity):
    """A modification back to the source version is accepted while the first one is uncommitted (5.2.2.6)."""
    entity.run()
    outcome = entity.run("1.0.0")
    assert (outcome["operationState"], outcome["sourceSoftwareVersion"]) == ("COMPLETED", "2.0.0")
    assert entity.core.software_version == "1.0.0"
    assert len(entity.modification.list()) == 2


def test_version_that_runs_already_is_refused(entity):
    """A modification to the version that runs is a conflict."""
    with pytest.raises(Conflict, match=r"1\.0\.0 runs already"):
        entity.begin("1.0.0")


@pytest.mark.parametrize(
    ("request_", "named"),
    [
        ({"version": "9.9.9"}, "2.0.0"),
        ({"operationHandling": {"VNF_LCM": "COMPLETE_FIRST"}}, "COMPLETE_FIRST"),
        ({"operationHandling": {"VRM": "DELAY"}}, "VRM"),
        ({"restorationPointId": "nope"}, "nope"),
    ],
)
def test_senseless_request_is_named(entity, request_, named):
    """Unknown versions, handlings beyond the capability and unknown restoration points are refused by name."""
    with pytest.raises(Unprocessable, match=named):
        entity.begin(**request_)
    assert entity.modification.list() == []


def test_known_restoration_point_is_shown(entity):
    """A restoration point that exists is accepted and stands in the occurrence."""
    point = entity.core.power(RestorationPoints).create({"description": "before"})["id"]
    assert entity.run(restorationPointId=point)["restorationPointId"] == point


def test_unknown_occurrence(entity):
    """An occurrence that does not exist is named."""
    with pytest.raises(NotFound, match="nope"):
        entity.modification.get("nope")


# Capability


@pytest.mark.parametrize(("type", "operations"), [("NFVO", "NS_LCM"), ("VNFM", "VNF_LCM"), ("VIM", "VRM")])
def test_capability_names_the_operations_of_the_type(type, operations):
    """Each type handles the operations that it offers itself."""
    told = Entity(type).modification.capability()
    assert list(told["operationHandling"]) == [operations]
    assert told["support"] == "INTERNAL_SEAMLESS"


def test_capability_tells_the_version_that_runs(entity):
    """The capability's software version is the one that runs now."""
    entity.run()
    assert entity.modification.capability()["softwareVersion"] == "2.0.0"


def test_profile_changes_the_capability():
    """The profile merges over the default, below the top level too, and versions come from it."""
    entity = Entity(
        softwareVersions=["1.0.0", "3.0.0"],
        capability={"additionalResources": {"modification": {"vcpu": 9}}, "steps": ["lie"], "softwareVersion": "lie"},
    )
    told = entity.modification.capability()
    assert told["additionalResources"]["modification"]["vcpu"] == 9
    assert told["additionalResources"]["modification"]["memoryMiB"] == 4096
    assert (told["softwareVersion"], told["availableSoftwareVersions"]) == ("1.0.0", ["1.0.0", "3.0.0"])
    assert told["steps"] == ["prepare", "deploy", "switch", "clean"]
    assert entity.run("3.0.0")["operationState"] == "COMPLETED"


def test_entity_that_cannot_be_suspended_says_so():
    """Without suspendable there is neither the task nor the handling SUSPEND."""
    entity = Entity(capability={"suspendable": False, "undoable": False})
    assert "SUSPEND" not in entity.modification.capability()["operationHandling"]["VNF_LCM"]["parallel"]
    identifier = entity.at("deploy")
    for task, missing in (("suspend", "suspendable"), ("undo", "undoable")):
        with pytest.raises(Conflict, match=missing):
            entity.modification.task(identifier, task)


def test_capability_is_a_copy(entity):
    """Whoever changes what it was told changes nothing for the next."""
    entity.modification.capability()["operationHandling"]["VNF_LCM"]["parallel"].clear()
    assert entity.modification.capability()["operationHandling"]["VNF_LCM"]["parallel"]


# Operations that arrive meanwhile


def arrive(entity: Entity, fate: list[str]) -> None:
    operation = PendingOperation("VNF_LCM", "op-1", "INSTANTIATE", "nfvo")
    entity.core.power(OperationAdmission).admit(operation, lambda: fate.append("ran"), lambda: fate.append("back"))


def test_arriving_operation_waits_from_the_request_to_the_end(entity):
    """DELAY holds from the acceptance on; after the end of the modification new operations run at once."""
    fate: list[str] = []
    entity.begin(operationHandling={"VNF_LCM": "DELAY"})
    arrive(entity, fate)
    entity.clock.run()
    assert fate == []
    arrive(entity, fate)
    assert fate == ["ran"]


def test_arriving_operation_runs_when_the_modification_gives_way(entity):
    """SUSPEND keeps the operation until the modification is SUSPENDED, and then it runs by itself."""
    fate: list[str] = []
    identifier = entity.at("deploy", operationHandling={"VNF_LCM": "SUSPEND"})
    arrive(entity, fate)
    entity.modification.task(identifier, "suspend")
    assert fate == []
    entity.proceed("deploy")
    assert fate == ["ran"]
    entity.modification.task(identifier, "resume")
    arrive(entity, fate)
    assert fate == ["ran"]


def test_automatic_rollback_ends_the_handling(entity):
    """After an automatic rollback new operations run at once as well."""
    fate: list[str] = []
    entity.gate.failing["software-modification/switch"] = StepFailed("broke")
    entity.run(operationHandling={"VNF_LCM": "DELAY"})
    arrive(entity, fate)
    assert fate == ["ran"]


def test_entity_without_admission_modifies_too():
    """A modification works on an entity that has no operations to admit and no restoration points."""
    core = make_core("VNFM")
    modification = core.give(SoftwareModification(core))
    modification.create({"destinationSoftwareVersion": "2.0.0"}, "smm")
    core.clock.run()
    assert core.software_version == "2.0.0"
