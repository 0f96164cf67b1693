"""What an operator may ask for, and when."""

from __future__ import annotations

import pytest

from tests.smm.world import World


def test_a_manual_commit_is_waited_for(world: World) -> None:
    """Nothing is committed before the operator says so."""
    process_id = world.launch(commit="manual")
    process = world.until(process_id, state="AWAITING_COMMIT")
    assert process["currentRow"] == "5.2.2.5-1#end"
    assert not world.sent("commit")
    assert world.ask(process_id, "commit") == 202
    world.clock.run()
    assert world.process(process_id)["outcome"] == "DESTINATION_COMMITTED"


def test_instead_of_the_commit_a_rollback_may_be_asked_for(world: World) -> None:
    """Until the commit there is a way back."""
    process_id = world.launch(commit="manual")
    world.until(process_id, state="AWAITING_COMMIT")
    assert world.ask(process_id, "rollback") == 202
    world.clock.run()
    process = world.process(process_id)
    assert (process["state"], process["outcome"], world.version) == ("ROLLED_BACK", "SOURCE_COMMITTED", "1.0.0")
    assert "operator" in process["reason"]
    assert world.leftovers() == {}


@pytest.mark.parametrize("task", ["suspend", "resume", "rollback", "commit"])
def test_after_the_commit_nothing_may_be_asked_for(world: World, task: str) -> None:
    """Commit is final."""
    process = world.run()
    assert world.ask(process["id"], task) == 409


@pytest.mark.parametrize("task", ["resume", "commit"])
def test_what_the_state_forbids_is_refused(world: World, task: str) -> None:
    """Nothing is suspended, nothing awaits a commit."""
    assert world.ask(world.launch(), task) == 409


def test_a_process_is_held_at_the_next_step_boundary_and_goes_on(world: World) -> None:
    """Suspended during the modification: it ends, and no test is started before the resume."""
    process_id = world.launch()
    world.clock.run(until=0.2)
    assert world.process(process_id)["currentStep"] == "await-modification"
    assert world.ask(process_id, "suspend") == 202
    assert world.ask(process_id, "suspend") == 409
    assert world.process(process_id)["state"] == "PROCESSING"
    world.clock.run()
    assert world.process(process_id)["state"] == "SUSPENDED"
    assert not world.runs
    assert world.ask(process_id, "resume") == 202
    world.clock.run()
    assert world.process(process_id)["outcome"] == "DESTINATION_COMMITTED"


def test_a_report_that_comes_while_suspended_is_not_lost(world: World) -> None:
    """Held between request and report: the report is there when the process goes on."""
    world.capability = {"suspendable": False}
    process_id = world.launch()
    world.clock.run(stop=lambda: world.process(process_id)["currentStep"] == "await-modification")
    world.ask(process_id, "suspend")
    world.clock.run(until=100)
    world.ask(process_id, "resume")
    world.clock.run()
    assert world.process(process_id)["outcome"] == "DESTINATION_COMMITTED"
    looks = world.sent("GET vnfm/nfvmanoswm/v1/software_modification_op_occs/")
    assert len(looks) == 1, "only what precedes every decision on a suspension"


@pytest.mark.parametrize("step", ["await-modification", "await-tests"])
def test_a_rollback_during_a_step_begins_when_the_step_ends(world: World, step: str) -> None:
    """The step under way is not torn apart."""
    process_id = world.launch()
    world.until(process_id, currentStep=step)
    assert world.ask(process_id, "rollback") == 202
    assert world.ask(process_id, "rollback") == 409
    world.clock.run()
    assert (world.process(process_id)["outcome"], world.version) == ("SOURCE_COMMITTED", "1.0.0")
    assert world.leftovers() == {}


def test_a_rollback_before_anything_changed_is_no_start(world: World) -> None:
    """There is nothing to roll back: the preparation is undone."""
    process_id = world.launch()
    assert world.ask(process_id, "rollback") == 202
    world.clock.run()
    assert world.process(process_id)["outcome"] == "NOT_STARTED"
    assert not world.occurrences
    assert world.leftovers() == {}


def test_a_suspended_process_may_be_rolled_back(world: World) -> None:
    """A rollback ends the suspension."""
    process_id = world.launch()
    world.until(process_id, currentStep="await-modification")
    world.ask(process_id, "suspend")
    world.until(process_id, state="SUSPENDED")
    assert world.ask(process_id, "rollback") == 202
    world.clock.run()
    assert world.process(process_id)["outcome"] == "SOURCE_COMMITTED"
