"""An SMM that is killed, and the one that takes over its journal."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from harness.smm import create
from harness.smm.journal import Store
from harness.smm.plans import builtin
from harness.smm.progress import Progress
from harness.smm.reading import progress
from tests.smm.script import Killed, die, die_after, hang
from tests.smm.world import World

CLEAN = 26


@pytest.mark.parametrize("fault", [die, die_after], ids=["before", "after"])
@pytest.mark.parametrize("exchange", range(CLEAN))
def test_a_new_smm_ends_what_a_killed_one_began(tmp_path: Path, exchange: int, fault: object) -> None:
    """Killed before or after any exchange: the new SMM commits the destination, once, and leaves nothing behind."""
    world = World(create, folder=tmp_path)
    world.wire.strike("(GET|POST|DELETE) .*", lambda call: call(), times=exchange)
    world.wire.strike("(GET|POST|DELETE) .*", fault)  # type: ignore[arg-type]
    process_id = world.launch()
    with pytest.raises(Killed):
        world.clock.run()
    _take_over(world)
    process = world.process(process_id)
    assert process["outcome"] == "DESTINATION_COMMITTED", process["reason"]
    assert (len(world.occurrences), len(world.runs)) == (1, 1)
    assert world.leftovers() == {}


@pytest.mark.parametrize("exchange", range(24))
def test_a_rollback_goes_on_after_a_kill(tmp_path: Path, exchange: int) -> None:
    """The same while it is rolling back."""
    world = World(create, folder=tmp_path)
    world.verdicts = ["FAIL"]
    process_id = world.launch()
    world.until(process_id, state="ROLLING_BACK")
    world.wire.strike("(GET|POST|DELETE) .*", lambda call: call(), times=exchange)
    world.wire.strike("(GET|POST|DELETE) .*", die_after)
    try:
        world.clock.run()
    except Killed:
        _take_over(world)
    assert world.process(process_id)["outcome"] == "SOURCE_COMMITTED"
    assert (len(world.occurrences), len(world.runs)) == (2, 2)
    assert world.leftovers() == {}


def test_a_target_that_cannot_say_is_not_asked_again(tmp_path: Path) -> None:
    """Killed with the request on its way, and nobody to look it up: the process says so."""
    world = World(create, folder=tmp_path)
    world.wire.strike("POST vnfm/nfvmanoswm/v1/software_modifications", die_after)
    process_id = world.launch()
    with pytest.raises(Killed):
        world.clock.run()
    world.wire.strike("GET vnfm/nfvmanoswm/v1/software_modification_op_occs", hang)
    _take_over(world)
    process = world.process(process_id)
    assert process["outcome"] == "FALLBACK_NEEDED"
    assert len(world.sent("POST vnfm/nfvmanoswm/v1/software_modifications")) == 1


def test_an_operators_wish_outlives_the_smm(tmp_path: Path) -> None:
    """A process that awaits its commit still does after a kill."""
    world = World(create, folder=tmp_path)
    process_id = world.launch(commit="manual")
    world.until(process_id, state="AWAITING_COMMIT")
    _take_over(world)
    assert world.process(process_id)["state"] == "AWAITING_COMMIT"
    assert world.ask(process_id, "commit") == 202
    world.clock.run()
    assert world.process(process_id)["outcome"] == "DESTINATION_COMMITTED"


def test_processes_that_ended_are_remembered(tmp_path: Path) -> None:
    """A new SMM shows them and gives new processes new ids."""
    world = World(create, folder=tmp_path)
    first = world.run()
    world.subject.close()
    world.start()
    assert world.process(first["id"]) == first
    assert world.launch(destinationSoftwareVersion="1.0.0") != first["id"]


def test_reading_a_journal_at_once_gives_what_reading_along_gave(tmp_path: Path) -> None:
    """Progress is a function of the journal alone."""
    world = World(create, folder=tmp_path)
    world.verdicts = ["RETRYABLE", "FAIL"]
    world.run()
    kept = next(iter(world.subject.smm.processes.values())).journal
    with closing(Store(tmp_path)) as store:
        (stored,) = store.journals()
    plan = builtin()["internal-seamless"]
    assert stored.entries == kept.entries
    assert _facts(progress(plan, stored)) == _facts(progress(plan, kept))


def _facts(now: Progress) -> dict[str, object]:
    return {key: value for key, value in vars(now).items() if key != "plan"}


def _take_over(world: World) -> None:
    """The old SMM is gone with all that was due; time and peers go on."""
    due = [entry for entry in world.clock._heap if _of_world(entry[2].task)]
    world.subject.close()
    world.clock._heap[:] = sorted(due)
    world.start()
    world.clock.run()


def _of_world(task: object) -> bool:
    return getattr(task, "__module__", "") == "tests.smm.world"
