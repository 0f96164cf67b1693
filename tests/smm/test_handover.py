"""Where a Fallback Manager is named, a process that cannot be completed is handed over to it (clauses 4.1.3, 5.9)."""

from __future__ import annotations

from typing import Any

import pytest

from harness.clients.entities import Endpoint
from harness.smm import create
from tests.smm.script import Answer, lost
from tests.smm.world import LAUNCH, World


class Manager:
    """A scripted Fallback Manager."""

    def __init__(self, world: World, outcome: str = "RESTORED") -> None:
        self.world = world
        self.outcome = outcome
        self.asked: list[dict[str, Any]] = []
        self.told = True
        self.ended = False
        inventory = {**world.subject.smm.inventory, "fm": Endpoint("FALLBACK_MANAGER", "http://fm")}
        world.subject.smm.introduce(inventory, None)
        on = world.wire.on
        on("fm", "POST", "/(?P<api>[a-z]+)/v1/subscriptions", world._subscribe)
        on("fm", "DELETE", "/fallback/v1/subscriptions/(?P<id>[^/]+)",
           lambda b, m: (204, None) if world.subscriptions.pop(m["id"], None) else (404, None))  # fmt: skip
        on("fm", "POST", "/fallback/v1/fallbacks", self._begin)
        on("fm", "GET", "/fallback/v1/fallbacks", lambda b, m: (200, [self._body()] if self.asked else []))
        on("fm", "GET", "/fallback/v1/fallbacks/f1", lambda b, m: (200, self._body()))

    def _begin(self, body: Any, _match: Any) -> Answer:
        self.asked.append(body)
        self.world.clock.call_later(50, self._end)
        return 202, None, "http://fm/fallback/v1/fallbacks/f1"

    def _end(self) -> None:
        self.ended = True
        if self.told:
            self.world.notify(
                "fallback", {"notificationType": "FallbackNotification", "fallbackId": "f1", **self._body()}
            )

    def _body(self) -> dict[str, Any]:
        good = self.outcome == "RESTORED"
        ended = {
            "state": "COMPLETED" if good else "FAILED",
            "outcome": self.outcome,
            "reason": None if good else "no way",
        }
        open_ = {"state": "PROCESSING", "outcome": None, "reason": None}
        named = self.asked[0]
        common = {"id": "f1", "requestReason": named["reason"], "restorationPointId": "point"}
        return common | (ended if self.ended else open_)


@pytest.fixture
def world() -> World:
    """Neither the destination version nor the way back passes its tests."""
    return World(create, verdicts=["FAIL", "FAIL"])


def test_the_point_is_handed_over(world: World) -> None:
    """The request names the point that the process kept, and who is to be tested; protections of no use are gone."""
    manager = Manager(world)
    ended = world.run(fallbackManager="fm")
    assert (ended["state"], ended["outcome"]) == ("FAILED", "FALLEN_BACK")
    (asked,) = manager.asked
    (point,) = asked["restorationPoints"]
    assert (point["functionalEntity"], point["restorationPointId"].split("-")[0]) == ("vnfm", "point")
    assert [one["functionalEntity"] for one in asked["verification"]] == ["vnfm", "nfvo", "vim"]
    assert asked["verification"][0]["usedBy"] == ["nfvo", "vim", "vnf", "em"]
    assert "fallen back to restoration point" in ended["reason"]
    assert world.leftovers() == {}


def test_a_fallback_that_fails_calls_for_a_person(world: World) -> None:
    """What the process kept is still there, and the reason says what became of the fallback."""
    Manager(world, "REINSTALLATION_NEEDED")
    ended = world.run(fallbackManager="fm")
    assert ended["outcome"] == "FALLBACK_NEEDED"
    assert "no way" in ended["reason"]
    assert set(world.leftovers()) >= {"points"}


def test_without_a_fallback_manager_a_person_is_called_for(world: World) -> None:
    """As ever: nobody is asked for a fallback."""
    manager = Manager(world)
    assert world.run()["outcome"] == "FALLBACK_NEEDED"
    assert manager.asked == []


def test_a_lost_notification_is_looked_up(world: World) -> None:
    """The Fallback Manager is asked when it says nothing."""
    manager = Manager(world)
    manager.told = False
    assert world.run(fallbackManager="fm")["outcome"] == "FALLEN_BACK"


def test_a_lost_answer_does_not_ask_twice(world: World) -> None:
    """The request is looked up before it is repeated."""
    manager = Manager(world)
    world.wire.strike("POST fm/fallback/v1/fallbacks", lost)
    assert world.run(fallbackManager="fm")["outcome"] == "FALLEN_BACK"
    assert len(manager.asked) == 1


def test_a_fallback_manager_that_refuses_is_no_help(world: World) -> None:
    """Then a person is called for, and the reason says why."""
    Manager(world)
    world.wire.on("fm", "POST", "/fallback/v1/fallbacks", lambda b, m: (409, {"status": 409, "detail": "busy"}))
    ended = world.run(fallbackManager="fm")
    assert ended["outcome"] == "FALLBACK_NEEDED"
    assert "busy" in ended["reason"]


def test_a_fallback_manager_that_nobody_knows_is_refused_at_once(world: World) -> None:
    """422, before anything happens."""
    answer = world.api.post("/smm/v1/processes", json={**LAUNCH, "fallbackManager": "nobody"})
    assert answer.status_code == 422
    assert "fallbackManager" in answer.get_data(as_text=True)
