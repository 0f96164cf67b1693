"""Faults that leave an actor at work: a bad link, no room for its state, a wrong clock."""

from __future__ import annotations

import math

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from mocks.faults.collection import Faults
from mocks.faults.effects import NoAnswer
from mocks.faults.gate import MortalClock
from mocks.faults.lossy_link import TRIES
from mocks.faults.middleware import FaultMiddleware, RoomMiddleware
from tests.faults.conftest import Actor, RememberingJournal

POINT = "vrm-operation/allocate"


class RealJournal(RememberingJournal):
    """Of a lab that does faults for real."""

    def fault(self, name: str, event: str, detail: dict[str, object]) -> str | None:  # type: ignore[override]
        super().fault(name, event, detail)
        return "netem" if event == "struck" else None


def test_late_answers_are_told_to_the_transport(actor: Actor) -> None:
    """The delays of all bad links add up, and end when they heal; the request is carried out at once."""
    slow = actor.faults.arm({"fault": "slow-link", "data": {"delay": 2.5}})
    actor.faults.arm({"fault": "slow-link", "at": {"request": "GET /x"}, "data": {"delay": 4}})
    actor.http.get("/x")
    actor.http.get("/x")
    assert actor.faults.lag() == 2.5
    actor.faults.heal(slow)
    actor.http.get("/x")
    assert actor.late == [6.5, 2.5, 0]


def losses(seed: int, percent: float, messages: int = 200) -> list[float]:
    faults = Faults(Actor().clock, RememberingJournal())
    faults.arm({"fault": "lossy-link", "data": {"percent": percent, "seed": seed}})
    return [faults.lag() for _ in range(messages)]


def test_what_is_lost_depends_on_the_seed_alone() -> None:
    """The same seed loses the same messages, another one others; about as many as it should, each sent again."""
    assert losses(1, 25) == losses(1, 25) != losses(2, 25)
    allowed = {2.0**lost - 1 for lost in range(TRIES)} | {math.inf}
    assert set(losses(1, 25)) <= allowed
    assert 25 < sum(lag > 0 for lag in losses(1, 25)) < 75


@pytest.mark.parametrize(("percent", "lag"), [(0, 0.0), (100, math.inf)])
def test_nothing_or_everything_may_be_lost(percent: float, lag: float) -> None:
    """Of nothing lost nothing is late; of all lost nothing gets there."""
    assert set(losses(1, percent, 20)) == {lag}


def test_what_never_gets_there_is_not_carried_out(actor: Actor) -> None:
    """The caller of an actor behind a dead link gets no answer, and the actor no request."""
    actor.faults.arm({"fault": "lossy-link", "data": {"percent": 100}})
    with pytest.raises(NoAnswer) as silence:
        actor.http.get("/x")
    assert (silence.value.kind, actor.reached) == ("hang", [])


def test_a_lossy_link_goes_on_where_it_was_after_a_crash(actor: Actor) -> None:
    """Another process loses what this one would have lost next."""
    actor.faults.arm({"fault": "lossy-link", "data": {"percent": 50}})
    first = [actor.faults.lag() for _ in range(5)]
    heir = Faults(actor.clock, RememberingJournal())
    heir.restore(actor.faults.kept())
    assert [*first, *(heir.lag() for _ in range(20))] == losses(1, 50, 25)


def test_what_is_done_for_real_is_not_played(actor: Actor) -> None:
    """Where the journal says that somebody impairs the link, the actor does nothing, and the history says the way."""
    journal = RealJournal()
    faults = Faults(actor.clock, journal)
    faults.arm({"fault": "slow-link"})
    heir = Faults(actor.clock, journal)
    heir.restore(faults.kept())
    assert (faults.lag(), heir.lag()) == (0, 0)
    assert journal.lines[-1] == ("afflicted", None, {"id": "fault-1", "by": "slow-link", "way": "netem"})


def test_a_fault_heals_in_time_though_its_actor_died_meanwhile(actor: Actor) -> None:
    """The life that takes over heals it when it is due, not later."""
    actor.faults.arm({"fault": "slow-link", "heals": {"after": 10}})
    actor.clock.run(6)
    journal = RememberingJournal()
    heir = Faults(actor.clock, journal)
    heir.restore(actor.faults.kept())
    actor.clock.run(3)
    assert heir.lag() == 1
    actor.clock.run(2)
    assert heir.lag() == 0
    assert journal.events == ["healed"]


def test_where_there_is_no_room_only_reading_goes_on(actor: Actor) -> None:
    """What may change the state is refused and never reaches the actor; what keeps nothing passes."""
    http = Client(FaultMiddleware(RoomMiddleware(actor._app, actor.faults), actor.faults), Response)
    fault = actor.faults.arm({"fault": "disk-full"})
    assert [http.open("/x", method=method).status_code for method in ("POST", "PUT", "PATCH", "DELETE")] == [507] * 4
    assert http.post("/x").json["title"] == "Insufficient Storage"
    assert (http.get("/x").status_code, http.post("/peer/v1/checks").status_code) == (200, 200)
    assert actor.reached == ["/x", "/peer/v1/checks"]
    actor.faults.heal(fault)
    assert http.post("/x").status_code == 200


def test_work_fails_where_there_is_no_room(actor: Actor) -> None:
    """A step is not done, whether it comes to its point then or was held there before; healed, work goes on."""
    hold = actor.faults.hold(POINT)
    actor.enter(POINT)
    fault = actor.faults.arm({"fault": "disk-full"})
    actor.faults.release(hold)
    actor.clock.run(1)
    actor.enter("vrm-operation/start")
    assert len(actor.work) == 2
    assert all("no space left" in outcome for outcome in actor.work)
    actor.faults.heal(fault)
    actor.enter(POINT)
    assert actor.work[-1] == POINT


def test_room_counts_without_any_fault(actor: Actor) -> None:
    """A disk that is really full is no other than one that is said to be."""
    actor.faults.no_room = lambda: True
    actor.enter(POINT)
    assert "no space left" in actor.work[0]


def test_a_wrong_clock_is_wrong_about_the_date_only(actor: Actor) -> None:
    """The date is off by the seconds of all such faults, what is put off still comes in time."""
    clock, done = MortalClock(actor.clock, actor.faults), []
    fault = actor.faults.arm({"fault": "clock-skew", "data": {"seconds": -100}})
    actor.faults.arm({"fault": "clock-skew", "data": {"seconds": 30.5}})
    clock.call_later(5, lambda: done.append(1))
    actor.clock.run(5)
    assert (clock.now(), clock.date(), done) == (5, 5 - 100 + 30.5, [1])
    actor.faults.heal(fault)
    assert clock.date() == 35.5
