"""The SMM reaches inside the target's work: suspends, resumes, assists, undoes (clause 5.7.1)."""

from __future__ import annotations

from typing import Any

import pytest

from harness.smm import create
from tests.smm.script import hang, refuse
from tests.smm.world import World

WINDOW = "await-modification"
TASK = "POST vnfm/nfvmanoswm/v1/software_modification_op_occs/.*/"


def _suspended(world: World, **changes: Any) -> str:
    key = world.launch(**changes)
    world.until(key, currentStep=WINDOW)
    world.clock.run(until=0.15)
    assert world.ask(key, "suspend") == 202
    world.until(key, state="SUSPENDED")
    return key


def _halted(world: World, needs: str) -> str:
    """The target halts by itself and asks for help."""
    key = world.launch()
    world.until(key, currentStep=WINDOW)
    world.clock.run(until=0.2)
    (occurrence,) = world.occurrences
    world.move(occurrence, "SUSPENDED", assistance={"needs": needs, "detail": "it does not work"})
    world.clock.run(until=0.3)
    return key


def _tasks(world: World) -> list[str]:
    return [exchange.path.rsplit("/", 1)[-1] for exchange in world.sent(TASK)]


def test_the_target_is_asked_for_its_status_before_it_is_suspended(world: World) -> None:
    """Query, suspend, and the process is suspended once the target is."""
    key = _suspended(world)
    assert _tasks(world) == ["suspend"]
    asked = world.sent("GET vnfm/nfvmanoswm/v1/software_modification_op_occs/occ|suspend$")
    assert [exchange.method for exchange in asked] == ["GET", "POST"]
    (status,) = [e["detail"] for e in world.process(key)["journal"] if e["step"].startswith("query") and e["detail"]]
    assert status["operationState"] == "PROCESSING"


def test_a_suspended_target_goes_on_with_the_resources_it_may_use(world: World) -> None:
    """They are verified before they are named again."""
    key = _suspended(world)
    world.clock.run(until=500)
    assert world.process(key)["state"] == "SUSPENDED", "however long it takes"
    assert world.ask(key, "resume") == 202
    world.clock.run()
    assert world.process(key)["outcome"] == "DESTINATION_COMMITTED"
    (resumed,) = world.sent(TASK + "resume")
    (asked,) = world.sent("POST vnfm/nfvmanoswm/v1/software_modifications$")
    assert resumed.body["resources"] == asked.body["resources"]
    assert world.leftovers() == {}


def test_a_reservation_that_went_meanwhile_is_replaced(world: World) -> None:
    """The target is pointed to a new one, and that is released in the end."""
    key = _suspended(world)
    (asked,) = world.sent("POST vnfm/nfvmanoswm/v1/software_modifications$")
    old = asked.body["resources"][0]["reservationId"]
    del world.reservations[old]
    world.ask(key, "resume")
    world.clock.run()
    assert world.process(key)["outcome"] == "DESTINATION_COMMITTED"
    assert world.sent(TASK + "resume")[0].body["resources"][0]["reservationId"] != old
    assert world.leftovers() == {}


def test_a_suspended_modification_is_undone_when_the_operator_wants_it_back(world: World) -> None:
    """The source version is tested and committed; it was never asked for."""
    key = _suspended(world)
    assert world.ask(key, "rollback") == 202
    world.clock.run()
    process = world.process(key)
    assert (process["outcome"], process["reason"]) == ("SOURCE_COMMITTED", "the operator asked for a rollback")
    assert _tasks(world) == ["suspend", "undo", "commit"]
    assert len(world.occurrences) == 1
    assert [run["softwareVersion"] for run in world.runs.values()] == ["1.0.0"]
    assert world.leftovers() == {}


def test_who_cannot_undo_goes_on_and_is_rolled_back_afterwards(world: World) -> None:
    """The descriptor says so; the way back is that of clause 5.2.2.6."""
    world.capability = {"undoable": False}
    key = _suspended(world)
    world.ask(key, "rollback")
    world.clock.run()
    assert world.process(key)["outcome"] == "SOURCE_COMMITTED"
    assert _tasks(world) == ["suspend", "resume", "commit", "commit"]
    assert len(world.occurrences) == 2


def test_who_cannot_be_suspended_is_not_asked_for_it(world: World) -> None:
    """The process is suspended once the target is through."""
    world.capability = {"suspendable": False}
    key = world.launch()
    world.until(key, currentStep=WINDOW)
    world.ask(key, "suspend")
    world.until(key, state="SUSPENDED")
    assert not _tasks(world)
    assert next(iter(world.occurrences.values()))["operationState"] == "COMPLETED"
    assert not world.runs
    world.ask(key, "resume")
    world.clock.run()
    assert world.process(key)["outcome"] == "DESTINATION_COMMITTED"


def test_resumed_before_it_stood_still_the_target_stands_still_for_a_moment_only(world: World) -> None:
    """What was asked for is done in order."""
    key = world.launch()
    world.until(key, currentStep=WINDOW)
    world.ask(key, "suspend")
    world.ask(key, "resume")
    world.clock.run()
    assert world.process(key)["outcome"] == "DESTINATION_COMMITTED"
    assert _tasks(world) == ["suspend", "resume", "commit"]


def test_a_suspension_that_the_target_refuses_leaves_it_at_work(world: World) -> None:
    """The process is held behind its work, and the end says what did not succeed."""
    world.wire.strike(TASK + "suspend", refuse(403))
    key = world.launch()
    world.until(key, currentStep=WINDOW)
    world.ask(key, "suspend")
    world.until(key, state="SUSPENDED")
    assert next(iter(world.occurrences.values()))["operationState"] == "COMPLETED"
    world.ask(key, "resume")
    world.clock.run()
    assert world.process(key)["outcome"] == "DESTINATION_COMMITTED"


def test_a_target_that_cannot_be_resumed_needs_a_person(world: World) -> None:
    """It stands still in the midst of its work, and nobody gets it on."""
    key = _suspended(world)
    world.wire.strike(TASK + "resume", refuse(403))
    world.ask(key, "resume")
    world.clock.run()
    assert world.process(key)["outcome"] == "FALLBACK_NEEDED"


def test_missing_resources_are_looked_after(world: World) -> None:
    """The reservation is gone: another one is made, and named."""
    world.results = ["HANGS"]
    key = world.launch()
    world.until(key, currentStep=WINDOW)
    world.clock.run(until=0.2)
    (asked,) = world.sent("POST vnfm/nfvmanoswm/v1/software_modifications$")
    old = asked.body["resources"][0]["reservationId"]
    del world.reservations[old]
    world.move(next(iter(world.occurrences)), "SUSPENDED", assistance={"needs": "RESOURCES", "detail": "gone"})
    world.clock.run()
    assert world.process(key)["outcome"] == "DESTINATION_COMMITTED"
    assert world.sent(TASK + "resume")[0].body["resources"][0]["reservationId"] != old
    assert world.leftovers() == {}


def test_without_other_resources_the_work_is_undone(world: World) -> None:
    """The reason says what was missing."""
    world.results = ["HANGS"]
    key = world.launch()
    world.until(key, currentStep=WINDOW)
    world.clock.run(until=0.2)
    world.reservations.clear()
    world.wire.strike("POST vim/vrm/v1/reservations$", refuse(409), times=1)
    world.move(next(iter(world.occurrences)), "SUSPENDED", assistance={"needs": "RESOURCES", "detail": "gone"})
    world.clock.run()
    process = world.process(key)
    assert process["outcome"] == "SOURCE_COMMITTED"
    assert "secure-resources" in process["reason"]
    assert _tasks(world) == ["undo", "commit"]


@pytest.mark.parametrize(("task", "outcome"), [("resume", "DESTINATION_COMMITTED"), ("rollback", "SOURCE_COMMITTED")])
def test_what_the_plan_knows_no_help_for_is_left_to_the_operator(world: World, task: str, outcome: str) -> None:
    """The process is suspended, and says why."""
    world.results = ["HANGS"]
    key = _halted(world, "OTHER")
    process = world.process(key)
    assert (process["state"], process["reason"]) == (
        "SUSPENDED",
        "the target asks for assistance: it does not work",
    )
    world.ask(key, task)
    world.clock.run()
    assert world.process(key)["outcome"] == outcome


def test_a_halt_that_was_not_notified_is_found_after_the_time_out(world: World) -> None:
    """The target is asked, and helped all the same."""
    world.results, world.silent = ["HANGS"], True
    key = _halted(world, "OTHER")
    assert world.process(key)["state"] == "PROCESSING"
    world.until(key, state="SUSPENDED")
    world.ask(key, "resume")
    world.clock.run()
    assert world.process(key)["outcome"] == "DESTINATION_COMMITTED"


def test_an_undo_without_an_answer_is_looked_up(world: World) -> None:
    """It was not carried out, so it is asked for again."""
    key = _suspended(world)
    world.wire.strike(TASK + "undo", hang)
    world.ask(key, "rollback")
    world.clock.run()
    assert world.process(key)["outcome"] == "SOURCE_COMMITTED"
    assert _tasks(world).count("undo") == 2


def test_an_smm_that_died_knows_that_the_process_is_suspended(tmp_path: Any) -> None:
    """The next one leaves the target standing still, and has it go on when it is told to."""
    world = World(create, tmp_path)
    key = _suspended(world)
    world.clock.forget()
    world.start()
    world.clock.run(until=world.clock.now() + 10)
    assert world.process(key)["state"] == "SUSPENDED"
    assert world.ask(key, "resume") == 202
    world.clock.run()
    assert world.process(key)["outcome"] == "DESTINATION_COMMITTED"
    assert world.leftovers() == {}
