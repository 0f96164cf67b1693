"""The managers of NSs and VNFs that operators make wrong: in the task, and on the way, that a row is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from mocks.entities.core import Core
from mocks.entities.ns_descriptors import NsDescriptors
from mocks.entities.ns_lifecycle import NsLifecycle
from mocks.entities.vnf_lifecycle import VnfLifecycle
from tests.fakes import make_core
from tests.mutants.operators.entity import TAMPERING, Tampered
from tests.mutants.operators.lifecycle import goes_back, tasks_of

STARTING: dict[str, Any] = {"flavourId": "default"}
UPDATE = "ASSOC_NEW_NSD_VERSION"


@pytest.fixture(autouse=True)
def _nothing_yet() -> Iterator[None]:
    yield
    Tampered.acted, Tampered.section = False, ""


def told(operator: str, task: str | None, section: str | None = None) -> dict[str, Any]:
    """What a profile says of a wrong lifecycle operation on a VNF."""
    known = {"operator": operator, "task": task, "section": section, "kind": "vnf-lcm-operation"}
    return {
        **known,
        "what": "work",
        "others": {"vnf": "em"},
        "version": None,
        "about": None,
        "back": False,
        "step": None,
    }


def run_of(tampering: dict[str, Any]) -> tuple[list[str], Core]:
    """The states in which the instantiation and the termination of a VNF are left."""
    core = make_core("VNFM", vnfs={"vnfd": "vnf"}, **{TAMPERING: tampering})
    core.give(Tampered(core))
    lifecycle = core.give(VnfLifecycle(core))
    vnf = lifecycle.create({"vnfdId": "vnfd"}, "nfvo")["id"]
    for task, params in (("instantiate", STARTING), ("terminate", {"terminationType": "GRACEFUL"})):
        if not any(each["operationState"] != "COMPLETED" for each in lifecycle.occurrences()):
            lifecycle.start(vnf, task, params, "nfvo")
            core.clock.run()
    return [each["operationState"] for each in lifecycle.occurrences()], core


@pytest.mark.parametrize(
    ("task", "left"),
    [("INSTANTIATE", ["PROCESSING"]), ("TERMINATE", ["COMPLETED", "PROCESSING"]), (None, ["PROCESSING"])],
)
def test_one_task_is_left_out(task: str | None, left: list[str]) -> None:
    """The other one is done; who is told of no task does neither."""
    assert run_of(told("leave-out", task))[0] == left


def test_only_the_section_of_the_row_is_wrong() -> None:
    """Before a process is launched, and on the way forth, a row of the way back is right."""
    for section, left in (("", 2), ("modification", 2), ("rollback", 1)):
        Tampered.section = section
        assert len(run_of(told("leave-out", None, "rollback"))[0]) == left


def test_what_is_done_twice_is_asked_for_twice() -> None:
    """Of the one task, and with what is asked alone: whoever looks twice changes nothing."""
    _, core = run_of(told("twice", "INSTANTIATE"))
    assert [call[:2] for call in core.peers.named("request")] == [("vnf", "PATCH")] * 3


def test_what_is_ordered_goes_to_another() -> None:
    """Of the one task."""
    _, core = run_of(told("wrong-actor", "TERMINATE"))
    assert [call[:2] for call in core.peers.named("request")] == [("vnf", "PATCH"), ("em", "PATCH")]


# What an operation is about


def nsd(core: Core, *vnfs: str) -> str:
    """An onboarded NSD with these VNFs."""
    nsds = core.power(NsDescriptors)
    assert nsds is not None
    made: str = nsds.create({})["id"]
    profiles = [{"vnfProfileId": name, "vnfdId": "vnfd", "vnfmId": "vnfm"} for name in vnfs]
    nsds.onboard(made, {"vnfProfiles": profiles, "virtualLinks": [], "paths": []})
    return made


@pytest.mark.parametrize(
    ("now", "then", "tasks", "back"),
    [
        (("a",), ("a", "b"), {"INSTANTIATE"}, {"TERMINATE"}),
        (("a", "b"), ("b",), {"TERMINATE"}, {"INSTANTIATE"}),
        (("a",), ("b",), {"INSTANTIATE", "TERMINATE"}, {"INSTANTIATE", "TERMINATE"}),
        (("a",), ("a",), set(), set()),
    ],
)
def test_an_update_is_about_what_its_nsds_differ_in(
    now: tuple[str, ...], then: tuple[str, ...], tasks: set[str], back: set[str]
) -> None:
    """And the other way round while it is taken back."""
    core = make_core("NFVO")
    core.give(NsDescriptors(core))
    lifecycle = core.give(NsLifecycle(core))
    ns = lifecycle.create({"nsdId": nsd(core, *now), "nsName": "ns", "nsDescription": ""}, "oss")["id"]
    lifecycle._instances.get(ns).instantiated = True
    wanted = {"updateType": UPDATE, "assocNewNsdVersionData": {"newNsdId": nsd(core, *then)}}
    update = lifecycle._occurrences.get(lifecycle.start(ns, "update", wanted, "smm"))
    update.walker()
    assert (tasks_of(core, update._attempt), goes_back(update._attempt)) == (tasks, False)
    for event in ("begin", "break", "rollback"):
        update.advance(event)
    assert (tasks_of(core, update._attempt), goes_back(update._attempt)) == (back, True)
