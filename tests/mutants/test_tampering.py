"""The actors that operators make wrong: what each does, and that whoever is not told to be wrong is right."""

from __future__ import annotations

from typing import Any

import pytest

from mocks.entities.core import Core
from mocks.entities.software_modification import NOTIFICATION, SoftwareModification
from tests.fakes import World, make_core
from tests.mutants.operators.entity import TAMPERING, Tampered

CALLBACK = "http://smm/callbacks/1"
KIND = "software-modification"
RESERVED = [{"provider": "vim", "reservationId": "r1"}]


def told(operator: str, what: str = "work", **more: Any) -> dict[str, Any]:
    """What a profile says of a wrong software modification."""
    success = {"operationState": "COMPLETED", "result": "SUCCESSFUL"}
    return {
        "operator": operator,
        "what": what,
        "kind": KIND,
        "others": {"vim": "nfvo"},
        "instead": "em",
        "version": None,
        "about": "destinationSoftwareVersion",
        "back": False,
        "task": None,
        "section": None,
        "step": None,
        "notification": NOTIFICATION,
        "state": "operationState",
        "final": ["COMPLETED", "ROLLED_BACK", "FAILED"],
        "success": success,
        **more,
    }


class Entity:
    """A VNFM that is told to be wrong, has a subscriber, and has run one modification."""

    def __init__(self, tampering: dict[str, Any] | None, failing: str = "") -> None:
        self.world = World()
        if failing:
            self.world.gate.failing[f"{KIND}/{failing}"] = RuntimeError("broken")
        self.core: Core = make_core(world=self.world, **({TAMPERING: tampering} if tampering else {}))
        Tampered.acted = False
        for power in (Tampered, SoftwareModification):
            self.core.give(power(self.core))
        modification = self.core.power(SoftwareModification)
        assert modification is not None
        modification.announcements.subscriptions.add(CALLBACK)
        request = {"destinationSoftwareVersion": "2.0.0", "resources": RESERVED}
        identifier = modification.create(request, "smm")["id"]
        self.world.clock.run()
        self.ended = modification.get(identifier)

    @property
    def reports(self) -> list[str]:
        return [body["operationState"] for body in self.world.peers.notifications(NOTIFICATION)]


def test_who_is_not_told_to_be_wrong_is_right() -> None:
    """The power is there for every actor, and changes nothing by itself."""
    entity = Entity(None)
    assert (entity.ended["operationState"], entity.core.software_version) == ("COMPLETED", "2.0.0")
    assert not Tampered.acted


@pytest.mark.parametrize(
    ("operator", "state", "version"),
    [
        ("leave-out", "PROCESSING", "1.0.0"),
        ("twice", "COMPLETED", "2.0.0"),
        ("reports-without-doing", "COMPLETED", "1.0.0"),
    ],
)
def test_work_is_done_wrong(operator: str, state: str, version: str) -> None:
    """Left out it stands still; pretended it is reported while the source version runs on."""
    entity = Entity(told(operator))
    assert (entity.ended["operationState"], entity.core.software_version) == (state, version)
    assert Tampered.acted


def test_work_done_twice_takes_its_resources_twice() -> None:
    """And gives one of the two back."""
    entity = Entity(told("twice"))
    assert len(entity.world.peers.named("allocate")) == 2
    assert len(entity.world.peers.named("release")) == 1


def test_work_is_asked_of_another() -> None:
    """In a step of the work, and nowhere else."""
    entity = Entity(told("wrong-actor"))
    assert [provider for provider, *_ in entity.world.peers.named("allocate")] == ["nfvo"]


def test_a_step_that_failed_is_taken_for_done() -> None:
    """The work goes on with the next, and completes."""
    entity = Entity(told("goes-on-after-failure"), failing="switch")
    assert (entity.ended["operationState"], entity.core.software_version) == ("COMPLETED", "1.0.0")
    assert Tampered.acted


def test_work_for_another_version_is_right() -> None:
    """A row of the way back is done wrong on the way back alone."""
    entity = Entity(told("leave-out", version="1.0.0"))
    assert entity.ended["operationState"] == "COMPLETED"
    assert not Tampered.acted


@pytest.mark.parametrize(
    ("operator", "completed"),
    [("leave-out", 0), ("twice", 2), ("too-early", 1), ("wrong-actor", 0)],
)
def test_the_report_of_the_end_is_wrong(operator: str, completed: int) -> None:
    """The work itself is right."""
    entity = Entity(told(operator, "report"))
    assert (entity.ended["operationState"], entity.core.software_version) == ("COMPLETED", "2.0.0")
    assert entity.reports.count("COMPLETED") == completed
    assert Tampered.acted


def test_a_report_that_is_too_early_comes_first_and_last() -> None:
    """Before any other news, which does not come any more."""
    assert Entity(told("too-early", "report")).reports == ["COMPLETED"]


def test_a_report_goes_to_another() -> None:
    """To the path of the callback, at an actor that did not ask for it."""
    entity = Entity(told("wrong-actor", "report"))
    assert [call[:3] for call in entity.world.peers.named("request")] == [("em", "POST", "/callbacks/1")]


def test_a_failure_is_reported_as_a_success() -> None:
    """To whoever asks, the entity still says what it is."""
    entity = Entity(told("goes-on-after-failure", "report"), failing="switch")
    assert entity.ended["operationState"] == "ROLLED_BACK"
    assert entity.reports[-1] == "COMPLETED"
