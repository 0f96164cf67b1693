"""LCM operations that were there first (5.2.2.7) or arrive during the modification (5.2.2.8)."""

from __future__ import annotations

import pytest

from tests.smm.world import World

WINDOW = "await-modification"
NOTICES = "POST nfvo/peer/v1/operation_notices"


def _parallel(action: str) -> dict[str, object]:
    return {"parallel": {"VNF_LCM": [action]}}


def test_an_operation_under_way_is_completed_first(world: World) -> None:
    """COMPLETE_FIRST: no reservation is made before the operation has ended."""
    operation = world.arrive("PROCESSING")
    process_id = world.launch()
    world.clock.run(until=5)
    assert world.process(process_id)["currentRow"] == "5.2.2.7-1#1"
    assert not world.reservations
    world.arrive("COMPLETED", operation)
    world.clock.run()
    assert world.process(process_id)["outcome"] == "DESTINATION_COMMITTED"
    assert not world.sent("GET vnfm/vnflcm/v1/vnf_lcm_op_occs/")


def test_an_operation_under_way_may_go_on_beside_the_modification(world: World) -> None:
    """PARALLEL, because operator and entity both say so."""
    world.arrive("PROCESSING")
    process = world.run(policy={"ongoing": {"VNF_LCM": ["PARALLEL"]}})
    assert process["outcome"] == "DESTINATION_COMMITTED"


def test_an_operation_that_never_ends_is_not_waited_for_for_ever(world: World) -> None:
    """Patience is limited; nothing was changed."""
    operation = world.arrive("PROCESSING")
    process = world.run()
    assert process["outcome"] == "NOT_STARTED"
    assert operation in process["reason"]


def test_an_operation_that_comes_during_preparation_is_completed_first_too(world: World) -> None:
    """It is under way when the modification would begin."""
    process_id = world.launch()
    world.wire.strike("POST vim/vrm/v1/reservations", lambda call: (world.arrive("PROCESSING", "op-x"), call())[1])
    world.clock.run(until=5)
    assert world.process(process_id)["currentStep"] == "await-newcomers"
    assert not world.occurrences
    world.arrive("COMPLETED", "op-x")
    world.clock.run()
    assert world.process(process_id)["outcome"] == "DESTINATION_COMMITTED"


@pytest.mark.parametrize(("action", "task"), [("DELAY", "execute"), ("NOTIFY_CONSUMER", "return")])
def test_a_kept_operation_is_settled_after_the_commit(world: World, action: str, task: str) -> None:
    """The kept operation is executed, or given back, once the commit is done."""
    process_id = world.launch(policy=_parallel(action))
    world.until(process_id, currentStep=WINDOW)
    world.arrive(kept=action)
    world.clock.run()
    assert world.process(process_id)["outcome"] == "DESTINATION_COMMITTED"
    requests = [f"{e.method} {e.to}{e.path}" for e in world.wire.exchanges]
    (settled,) = [n for n, request in enumerate(requests) if request.endswith(task)]
    (committed,) = [n for n, request in enumerate(requests) if request.endswith("commit")]
    assert settled > committed
    assert not world.pending
    assert world.leftovers() == {}


def test_the_consumer_is_told_at_once_and_again_afterwards(world: World) -> None:
    """NOTIFY_CONSUMER: PENDING when it is learned, RETRIGGER when it was given back."""
    process_id = world.launch(policy=_parallel("NOTIFY_CONSUMER"))
    world.until(process_id, currentStep=WINDOW)
    operation = world.arrive(kept="NOTIFY_CONSUMER")
    world.until(process_id, currentStep="await-tests")
    assert [e.body["reason"] for e in world.sent(NOTICES)] == ["PENDING"]
    world.clock.run()
    assert [e.body["reason"] for e in world.sent(NOTICES)] == ["PENDING", "RETRIGGER"]
    assert world.sent(NOTICES)[0].body == {
        "producer": "vnfm", "operationType": "VNF_LCM", "operationOccurrenceId": operation, "reason": "PENDING",
    }  # fmt: skip


def test_the_modification_is_suspended_for_an_operation_and_resumed(world: World) -> None:
    """SUSPEND: halt, wait for the operation, resume; rows stay those of table 5.2.2.8-1."""
    process_id = world.launch(policy=_parallel("SUSPEND"))
    world.until(process_id, currentStep=WINDOW)
    operation = world.arrive()
    world.clock.run(until=5)
    assert [o["operationState"] for o in world.occurrences.values()] == ["SUSPENDED"]
    assert not world.sent("resume")
    world.arrive("COMPLETED", operation)
    world.clock.run()
    process = world.process(process_id)
    assert process["outcome"] == "DESTINATION_COMMITTED", process["reason"]
    assert (len(world.sent("/suspend")), len(world.sent("/resume"))) == (1, 1)
    rows = {entry["row"] for entry in process["journal"] if entry["step"].startswith(("suspend", "resume"))}
    assert rows == {"5.2.2.8-1#2"}


def test_two_operations_share_one_halt(world: World) -> None:
    """The modification goes on when the last of them has ended."""
    process_id = world.launch(policy=_parallel("SUSPEND"))
    world.until(process_id, currentStep=WINDOW)
    first, second = world.arrive(), world.arrive()
    world.clock.run(until=5)
    world.arrive("COMPLETED", first)
    world.clock.run(until=10)
    assert not world.sent("/resume")
    world.arrive("COMPLETED", second)
    world.clock.run()
    assert world.process(process_id)["outcome"] == "DESTINATION_COMMITTED"
    assert len(world.sent("/resume")) == 1


def test_a_modification_that_ended_first_needs_no_resume(world: World) -> None:
    """The halt comes too late: the kept operation is executed afterwards."""
    process_id = world.launch(policy=_parallel("SUSPEND"))
    world.until(process_id, currentStep=WINDOW)
    world.clock.run(until=0.2)
    (occurrence,) = world.occurrences
    world.occurrences[occurrence]["operationState"] = "COMPLETED"
    world.arrive(kept="SUSPEND")
    world.clock.run(until=0.3)
    world.version = "2.0.0"
    world.move(occurrence, "COMPLETED", result="SUCCESSFUL")
    world.clock.run()
    process = world.process(process_id)
    assert process["outcome"] == "DESTINATION_COMMITTED", process["reason"]
    assert not world.sent("/resume")
    assert not world.pending


def test_a_kept_operation_whose_notification_was_lost_is_found(world: World) -> None:
    """Nothing that was accepted is left hanging."""
    process_id = world.launch()
    world.until(process_id, currentStep="await-tests")
    world.pending["k"] = {"id": "k", "operationType": "VNF_LCM", "operationOccurrenceId": "o", "handling": "DELAY"}
    world.clock.run()
    assert world.process(process_id)["outcome"] == "DESTINATION_COMMITTED"
    assert not world.pending


def test_an_operation_after_the_modification_is_left_alone(world: World) -> None:
    """The target executes it at once: nobody is told that it is pending."""
    process_id = world.launch(policy=_parallel("NOTIFY_CONSUMER"))
    world.until(process_id, currentStep="await-tests")
    world.arrive()
    world.clock.run()
    assert world.process(process_id)["outcome"] == "DESTINATION_COMMITTED"
    assert not world.sent(NOTICES)


def test_kept_operations_are_settled_after_a_rollback_too(world: World) -> None:
    """The source version executes what was delayed."""
    world.verdicts = ["FAIL"]
    process_id = world.launch()
    world.until(process_id, currentStep=WINDOW)
    world.arrive(kept="DELAY")
    world.clock.run()
    assert world.process(process_id)["outcome"] == "SOURCE_COMMITTED"
    assert not world.pending


def test_a_consumer_that_is_not_there_does_not_stop_the_process(world: World) -> None:
    """The process goes on, and its reason says who was not told."""
    world.wire.on("nfvo", "POST", "/peer/v1/operation_notices", lambda b, m: (404, {"status": 404, "detail": "who"}))
    process_id = world.launch(policy=_parallel("NOTIFY_CONSUMER"))
    world.until(process_id, currentStep=WINDOW)
    world.arrive(kept="NOTIFY_CONSUMER")
    world.clock.run()
    process = world.process(process_id)
    assert process["outcome"] == "DESTINATION_COMMITTED"
    assert "notify-consumer" in process["reason"]


def test_a_fallback_names_the_operations_that_are_still_kept(world: World) -> None:
    """They are neither executed nor given back while nobody knows the state of the target."""
    world.results = ["FAILED"]
    process_id = world.launch()
    world.until(process_id, currentStep=WINDOW)
    operation = world.arrive(kept="DELAY")
    world.clock.run()
    process = world.process(process_id)
    assert process["outcome"] == "FALLBACK_NEEDED"
    assert operation in process["reason"]
    assert world.pending
