"""Faults that afflict the whole actor: it is dead, stands still, or is out of everybody's reach."""

from __future__ import annotations

import pytest

from mocks.faults.collection import Faults
from mocks.faults.effects import NoAnswer
from mocks.faults.gate import MortalClock
from tests.faults.conftest import Actor, RememberingJournal

POINT = "test-run/acquire"


def refusal(actor: Actor) -> str:
    with pytest.raises(NoAnswer) as silence:
        actor.http.get("/x")
    return silence.value.kind


def test_who_stands_still_answers_nobody_and_loses_nothing(actor: Actor) -> None:
    """A hang without a place stops requests and work; healed, the work goes on where it stood."""
    fault = actor.faults.arm({"fault": "hang"})
    actor.enter(POINT)
    assert refusal(actor) == "hang"
    assert actor.work == []
    actor.faults.heal(fault)
    actor.clock.run(1)
    assert actor.work == [POINT]
    assert actor.http.get("/x").status_code == 200


def test_what_was_planned_waits_while_the_actor_stands_still(actor: Actor) -> None:
    """A task of its clock that is due meanwhile runs after the healing, once."""
    done: list[int] = []
    MortalClock(actor.clock, actor.faults).call_later(5, lambda: done.append(1))
    fault = actor.faults.arm({"fault": "hang"})
    actor.clock.run(10)
    assert done == []
    actor.faults.heal(fault)
    actor.clock.run(1)
    assert done == [1]


def test_a_hang_with_a_place_concerns_nothing_else(actor: Actor) -> None:
    """One request hangs; the next, and all others, are answered."""
    actor.faults.arm({"fault": "hang", "at": {"request": "GET /x"}})
    assert refusal(actor) == "hang"
    assert actor.http.get("/x").status_code == 200
    assert not actor.faults.cut


def test_who_is_cut_off_works_on_unheard(actor: Actor) -> None:
    """A partition silences requests, not the work; it may begin at a point of that work."""
    fault = actor.faults.arm({"fault": "partition", "at": {"point": POINT}})
    assert actor.http.get("/x").status_code == 200
    actor.enter(POINT)
    assert actor.work == [POINT]
    assert actor.faults.cut
    assert refusal(actor) == "hang"
    actor.faults.heal(fault)
    assert not actor.faults.cut
    assert actor.http.get("/x").status_code == 200


def test_faults_and_holds_are_taken_over_by_another_process(actor: Actor) -> None:
    """What is kept brings back ids, places, counts and conditions, and writes nothing into the journal."""
    actor.faults.arm({"fault": "refuse", "at": {"request": "GET /x"}, "times": 3, "after": 1})
    actor.faults.hold(POINT)
    actor.http.get("/x")
    actor.faults.arm({"fault": "crash", "heals": {"after": 3}})
    journal = RememberingJournal()
    heir = Faults(actor.clock, journal)
    heir.restore(actor.faults.kept())
    assert heir.list() == actor.faults.list()
    assert heir.kept() == actor.faults.kept()
    assert heir.dead
    assert journal.lines == []
    heir.heal("fault-3")
    heir.release("hold-2")
    assert heir.arm({"fault": "crash"}) == "fault-4"


def test_who_is_starting_again_is_silent_until_done(actor: Actor) -> None:
    """What comes up ends its lost work first: nobody can ask for new work that would be taken for the old."""
    seen: list[str] = []
    actor.faults.on_start = lambda: seen.extend([refusal(actor), *actor.journal.events[-1:]])
    fault = actor.faults.arm({"fault": "crash"})
    actor.faults.heal(fault)
    assert seen == ["refused", "struck"]
    assert actor.journal.events[-1] == "healed"
    assert actor.http.get("/x").status_code == 200
