"""LCM and VRM operations, ongoing (5.2.2.7-1) and arriving (5.2.2.8-1): each action as it should be, and betrayed."""

from __future__ import annotations

from typing import Any

import pytest

from harness.judge.findings import Finding
from harness.judge.registry import FLOW, judge
from tests.judge import story
from tests.judge.story import SWM, case, listed, message, modification_report, report

OCCURRENCES = "/vnflcm/v1/vnf_lcm_op_occs"
DONE = modification_report("COMPLETED", "SUCCESSFUL", "2.0.0")
END = story.CLEAN["end"]
NOTHING_PENDING = story.CLEAN["after pending"]
COMMIT = story.CLEAN["commit"]


def found(name: str, *messages: dict[str, Any] | str, after: int = 0, **arguments: Any) -> Finding:
    return judge(FLOW.named(name), case(*messages, after=after), **arguments)


def triggered(id: str = "v1") -> dict[str, Any]:
    path = "/vnflcm/v1/vnf_instances/i1/instantiate"
    return message("nfvo", "vnfm", "POST", path, 202, request={}, location=f"{OCCURRENCES}/{id}")


def state(value: str, to: str = "observer", id: str = "v1") -> dict[str, Any]:
    name = "VnfLcmOperationOccurrenceNotification"
    return report(name, "vnfm", to, vnfLcmOpOccId=id, operationState=value)


def asked(action: str) -> dict[str, Any]:
    one = story.request()
    return {**one, "request": {**one["request"], "operationHandling": {"VNF_LCM": action}}}


def notice(reason: str) -> dict[str, Any]:
    body = {"producer": "vnfm", "operationType": "VNF_LCM", "operationOccurrenceId": "v1", "reason": reason}
    return message("smm", "nfvo", "POST", "/peer/v1/operation_notices", 204, request=body)


def task(name: str) -> dict[str, Any]:
    return message("smm", "vnfm", "POST", f"{SWM}/software_modification_op_occs/o1/{name}", 202)


def pending(name: str) -> dict[str, Any]:
    return message("smm", "vnfm", "POST", f"{SWM}/pending_operations/x1/{name}", 202)


LOOK = message("smm", "vnfm", "GET", OCCURRENCES, response=[])
SUSPENDED = modification_report("SUSPENDED", None, "1.0.0")


def test_ongoing_operations_are_looked_for_before_anything_is_changed() -> None:
    """A look that comes after the request is none."""
    assert found("ongoing_checked", "launch", LOOK, "request", END).verdict == "pass"
    assert found("ongoing_checked", "launch", "request", LOOK, END).verdict == "fail"
    assert found("ongoing_checked", "launch", "request", END).verdict == "fail"


def test_complete_first_waits_and_parallel_does_not() -> None:
    """The same two stories, each right for one action and wrong for the other."""
    waited = (triggered(), "launch", LOOK, state("COMPLETED"), "request", END)
    went_on = (triggered(), "launch", LOOK, "request", state("COMPLETED"), END)
    assert found("ongoing_handled", *waited, action="COMPLETE_FIRST").verdict == "pass"
    assert found("ongoing_handled", *waited, action="PARALLEL").verdict == "fail"
    assert found("ongoing_handled", *went_on, action="PARALLEL").verdict == "pass"
    assert found("ongoing_handled", *went_on, action="COMPLETE_FIRST").verdict == "fail"


def test_an_operation_that_is_over_was_not_ongoing() -> None:
    """A stimulus that did not come in time says nothing about the SMM."""
    told = (triggered(), state("COMPLETED"), "launch", "request", END)
    assert found("ongoing_handled", *told, action="PARALLEL").verdict == "inconclusive"


def test_preparation_comes_after_the_operation_that_is_awaited() -> None:
    """COMPLETE_FIRST moves the order to the completion (I-009); PARALLEL leaves it where it was."""
    waited = found("ongoing_handled", triggered(), "launch", state("COMPLETED"), "request", action="COMPLETE_FIRST")
    assert waited.position == 6
    went_on = found("ongoing_handled", triggered(), "launch", "request", state("COMPLETED"), action="PARALLEL")
    assert went_on.position is None


def test_an_ongoing_operation_is_neither_lost_nor_doubled() -> None:
    """It completes, and nobody has to trigger it again."""
    assert found("operation_completed_once", triggered(), state("COMPLETED"), END).verdict == "pass"
    assert found("operation_completed_once", triggered(), state("PROCESSING"), END).verdict == "fail"
    assert found("operation_completed_once", triggered(), state("COMPLETED"), triggered("v2"), END).verdict == "fail"


def test_the_smm_learns_of_an_operation_by_notification_or_query() -> None:
    """What only the observer was told, the SMM does not know; after the commit it is too late."""
    query = message("smm", "vnfm", "GET", f"{SWM}/pending_operations", response=[{"operationOccurrenceId": "v1"}])
    assert found("operation_learned", "request", triggered(), state("STARTING", "smm"), END).verdict == "pass"
    assert found("operation_learned", "request", triggered(), query, COMMIT, END).verdict == "pass"
    assert found("operation_learned", "request", triggered(), COMMIT, query, END).verdict == "fail"
    assert found("operation_learned", "request", triggered(), state("STARTING"), END).verdict == "fail"


@pytest.mark.parametrize(
    ("action", "meanwhile"),
    [
        ("PARALLEL", (triggered(), state("PROCESSING"), state("COMPLETED"), DONE)),
        ("DELAY", (triggered(), state("STARTING"), DONE, state("COMPLETED"))),
        ("NOTIFY_CONSUMER", (triggered(), notice("PENDING"), DONE, state("ROLLED_BACK"))),
        ("SUSPEND", (triggered(), task("suspend"), SUSPENDED, state("COMPLETED"), task("resume"), DONE)),
    ],
)
def test_each_action_is_told_from_the_others(action: str, meanwhile: tuple[dict[str, Any], ...]) -> None:
    """What fits one action passes for it and for no other."""
    for other in ("PARALLEL", "DELAY", "NOTIFY_CONSUMER", "SUSPEND"):
        verdict = found("operation_handled", asked(action), *meanwhile, END, action=other).verdict
        assert verdict == ("pass" if other == action else "fail"), other


@pytest.mark.parametrize(
    ("action", "meanwhile"),
    [
        ("PARALLEL", (triggered(), DONE, state("COMPLETED"))),
        ("DELAY", (triggered(), state("PROCESSING"), DONE)),
        ("NOTIFY_CONSUMER", (triggered(), DONE)),
        ("NOTIFY_CONSUMER", (triggered(), notice("PENDING"), state("COMPLETED"), DONE)),
        ("SUSPEND", (triggered(), task("suspend"), state("COMPLETED"), DONE)),
        ("SUSPEND", (triggered(), task("suspend"), SUSPENDED, task("resume"), state("COMPLETED"), DONE)),
        ("SUSPEND", (triggered(), task("suspend"), SUSPENDED, state("COMPLETED"), DONE)),
    ],
)
def test_an_action_that_was_only_announced_fails(action: str, meanwhile: tuple[dict[str, Any], ...]) -> None:
    """The target was told the action, and what happened was another."""
    assert found("operation_handled", asked(action), *meanwhile, END, action=action).verdict == "fail"


AGAIN = (triggered("v2"), state("COMPLETED", id="v2"))


@pytest.mark.parametrize(
    ("action", "then"),
    [
        ("PARALLEL", (triggered(), state("COMPLETED"), COMMIT)),
        ("SUSPEND", (triggered(), state("COMPLETED"), COMMIT)),
        ("DELAY", (triggered(), COMMIT, pending("execute"), state("COMPLETED"))),
        ("NOTIFY_CONSUMER", (triggered(), COMMIT, notice("RETRIGGER"), *AGAIN)),
    ],
)
def test_each_operation_comes_to_its_end(action: str, then: tuple[dict[str, Any], ...]) -> None:
    """Executed once, by whoever the action names, and nothing stays pending."""
    ended = (*then, END, NOTHING_PENDING)
    assert found("operation_ended", *ended, after=4, action=action).verdict == "pass"
    left = listed("vnfm", f"{SWM}/pending_operations", {"operationOccurrenceId": "v1"})
    assert found("operation_ended", *then, END, left, after=4, action=action).verdict == "fail"


@pytest.mark.parametrize(
    ("action", "then"),
    [
        ("PARALLEL", (triggered(), COMMIT)),
        ("PARALLEL", (triggered(), state("COMPLETED"), COMMIT, *AGAIN)),
        ("DELAY", (triggered(), COMMIT, state("COMPLETED"))),
        ("DELAY", (triggered(), COMMIT, pending("execute"))),
        ("NOTIFY_CONSUMER", (triggered(), COMMIT, *AGAIN)),
        ("NOTIFY_CONSUMER", (triggered(), COMMIT, notice("RETRIGGER"))),
        ("NOTIFY_CONSUMER", (triggered(), COMMIT, state("COMPLETED"), notice("RETRIGGER"), *AGAIN)),
    ],
)
def test_an_operation_that_is_lost_or_doubled_fails(action: str, then: tuple[dict[str, Any], ...]) -> None:
    """Neither forgotten nor executed twice."""
    assert found("operation_ended", *then, END, NOTHING_PENDING, after=4, action=action).verdict == "fail"


def released(at: float) -> dict[str, Any]:
    return {"kind": "lab", "to": "vnfm", "event": "released", "detail": {"point": "x"}, "at": at}


@pytest.mark.parametrize(("at", "verdict"), [(50.0, "inconclusive"), (900.0, "fail")])
def test_a_slow_machine_is_not_held_against_the_subject(at: float, verdict: str) -> None:
    """Work that the lab let go before what it awaited proves something only when the subject had all the time."""
    late = [triggered(), "launch", released(at), state("COMPLETED"), "request", END]
    assert found("ongoing_handled", *late, action="PARALLEL").verdict == verdict
    late = [asked("SUSPEND"), triggered(), released(at), DONE, state("COMPLETED"), END]
    assert found("operation_handled", *late, action="SUSPEND").verdict == verdict
    late = [asked("PARALLEL"), triggered(), released(at), DONE, state("PROCESSING"), state("COMPLETED"), END]
    assert found("operation_handled", *late, action="PARALLEL").verdict == verdict


def test_what_came_before_the_release_is_judged_whatever_its_time() -> None:
    """A suspension that was asked for at once, and then not ended, is wrong."""
    early = [asked("SUSPEND"), triggered(), task("suspend"), SUSPENDED, released(1.0), state("COMPLETED"), DONE, END]
    assert found("operation_handled", *early, action="SUSPEND").verdict == "fail"
