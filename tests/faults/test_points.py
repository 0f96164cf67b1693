from __future__ import annotations

import pytest

from mocks.entities.errors import BadRequest, Conflict, NotFound
from mocks.faults.effects import NoAnswer
from mocks.faults.gate import MortalClock

DEPLOY = "software-modification/deploy"
SWITCH = "software-modification/switch"


def test_work_passes_where_nothing_is_armed(actor):
    """Without faults and holds the gate is open, and nothing is written."""
    actor.enter(DEPLOY)
    assert actor.work == [DEPLOY]
    assert actor.journal.lines == []


@pytest.mark.parametrize(
    ("spec", "point", "transient"),
    [
        ({"fault": "internal-rollback"}, SWITCH, True),
        ({"fault": "internal-rollback", "at": {"point": DEPLOY}, "data": {"retryPossible": False}}, DEPLOY, False),
        ({"fault": "failed-test"}, "test-run/suite-system", False),
        ({"fault": "missing-resources"}, "test-run/acquire", True),
        ({"fault": "external-issue"}, SWITCH, True),
    ],
)
def test_a_step_is_broken_with_the_word_on_retry(actor, spec, point, transient):
    """The step fails; whether trying again may help comes from the data."""
    errors = []
    actor.faults.arm(spec)
    actor.gate.enter(point, lambda: actor.work.append(point), errors.append)
    assert [error.transient for error in errors] == [transient]
    actor.enter(point)
    assert actor.work == [point], "the second time it passes"


def test_an_issue_from_outside_says_what_is_needed(actor):
    """The step asks for assistance, and of what kind."""
    errors = []
    actor.faults.arm({"fault": "external-issue", "data": {"needs": "RESOURCES", "detail": "no room"}})
    actor.gate.enter(SWITCH, lambda: None, errors.append)
    assert [(error.needs, error.detail) for error in errors] == [("RESOURCES", "no room")]


def test_held_work_waits_until_it_is_released(actor):
    """A hold parks the work and says so; released, it goes on after the present request."""
    hold = actor.faults.hold(DEPLOY)
    actor.enter(DEPLOY)
    actor.enter(SWITCH)
    assert actor.work == [SWITCH]
    actor.faults.release(hold)
    assert actor.work == [SWITCH]
    actor.clock.run()
    assert actor.work == [SWITCH, DEPLOY]
    assert [(event, detail["point"]) for event, _, detail in actor.journal.lines] == [
        ("held", DEPLOY),
        ("released", DEPLOY),
    ]


def test_a_hold_that_nobody_came_to_leaves_no_line(actor):
    """Releasing it twice is an error that says what is held."""
    hold = actor.faults.hold(DEPLOY)
    actor.faults.release(hold)
    assert actor.journal.lines == []
    with pytest.raises(NotFound, match="held now: nothing"):
        actor.faults.release(hold)


def test_only_points_can_be_held(actor):
    """A misspelt kind of work would hold nothing for ever."""
    with pytest.raises(BadRequest, match="did you mean 'test-run'"):
        actor.faults.hold("test-runs/acquire")


def test_a_fault_armed_while_work_is_held_meets_it_on_release(actor):
    """Holds come before faults, so a test can choose the moment."""
    hold = actor.faults.hold(SWITCH)
    actor.enter(SWITCH)
    actor.faults.arm({"fault": "internal-rollback"})
    actor.faults.release(hold)
    actor.clock.run()
    assert actor.work == ["StepFailed('the step broke by an injected fault')"]


def test_a_hanging_step_goes_on_when_the_fault_heals(actor):
    """A hang at a point is a standstill, not a failure."""
    name = actor.faults.arm({"fault": "hang", "at": {"point": DEPLOY}})
    actor.enter(DEPLOY)
    actor.clock.run()
    assert actor.work == []
    actor.faults.heal(name)
    actor.clock.run()
    assert actor.work == [DEPLOY]


def test_a_crash_at_a_step_loses_the_work_for_good(actor):
    """After the restart the actor answers again, but the work stays where it was."""
    hold = actor.faults.hold(SWITCH)
    actor.enter(SWITCH)
    name = actor.faults.arm({"fault": "crash", "at": {"point": DEPLOY}})
    actor.enter(DEPLOY)
    with pytest.raises(NoAnswer):
        actor.http.get("/x")
    actor.enter("software-modification/clean")
    actor.faults.heal(name)
    actor.faults.release(hold)
    actor.clock.run()
    assert actor.work == []
    assert actor.http.get("/x").status_code == 200


def test_what_a_process_had_planned_before_its_crash_never_happens(actor):
    """Timers die with the process, even when it is started again before they are due."""
    clock = MortalClock(actor.clock, actor.faults)
    clock.call_later(5, lambda: actor.work.append("before"))
    name = actor.faults.arm({"fault": "crash"})
    clock.call_later(1, lambda: actor.work.append("while down"))
    actor.clock.run(2)
    actor.faults.heal(name)
    clock.call_later(1, lambda: actor.work.append("after"))
    actor.clock.run()
    assert actor.work == ["after"]


def test_a_fault_that_never_heals_ends_with_a_fresh_lab_only(actor):
    """Healing it is refused with the way out named."""
    name = actor.faults.arm({"fault": "crash", "heals": "never"})
    with pytest.raises(Conflict, match="reset"):
        actor.faults.heal(name)
    actor.faults.clear()
    assert not actor.faults.dead


def test_an_unknown_fault_cannot_be_healed(actor):
    """The error names what is armed."""
    actor.faults.arm({"fault": "failed-test"})
    with pytest.raises(NotFound, match="armed now: fault-1"):
        actor.faults.heal("fault-9")


def test_a_fresh_lab_forgets_everything(actor):
    """No fault, hold, parked work or healing of the lab before is left, and ids begin anew."""
    actor.faults.arm({"fault": "crash", "heals": {"after": 1}})
    actor.faults.hold(DEPLOY)
    actor.faults.clear()
    actor.enter(DEPLOY)
    actor.clock.run()
    assert actor.work == [DEPLOY]
    assert actor.journal.events == ["armed", "struck"]
    assert actor.faults.arm({"fault": "failed-test"}) == "fault-1"


def test_of_two_faults_at_one_place_one_strikes_at_a_time(actor):
    """Both count the step; the one armed first strikes first."""
    actor.faults.arm({"fault": "internal-rollback", "data": {"detail": "first"}})
    actor.faults.arm({"fault": "internal-rollback", "data": {"detail": "second"}})
    actor.enter(SWITCH)
    actor.enter(SWITCH)
    assert actor.work == ["StepFailed('first')", "StepFailed('second')"]
