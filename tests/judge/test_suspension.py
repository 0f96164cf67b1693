"""Status, suspension, assistance and undo: tables 5.7.1.5-1 and 5.7.1.6-1 on histories of a few messages."""

from __future__ import annotations

from typing import Any

import pytest

import harness.judge.rules  # noqa: F401
from harness.judge.findings import Finding
from harness.judge.registry import FLOW, judge
from tests.judge import story
from tests.judge.story import PROCESS, SWM, case, message, report

END = story.CLEAN["end"]
OCC = f"{SWM}/software_modification_op_occs/o1"
KIND = "SoftwareModificationOperationOccurrenceNotification"
NEEDS = {"needs": "RESOURCES", "detail": "gone"}
DESCRIBED = {**story.CAPABILITY, "steps": ["prepare", "switch", "clean"], "suspendPoints": ["prepare", "switch"]}


def described(**changes: Any) -> dict[str, Any]:
    return message("observer", "vnfm", "GET", f"{SWM}/capability", response={**DESCRIBED, **changes})


def told(state: str, percentage: int, step: str | None = None, **more: Any) -> dict[str, Any]:
    body = {"operationState": state, "percentage": percentage, "currentStep": step, **more}
    return report(KIND, "vnfm", "smm", softwareModificationOpOccId="o1", **body)


def answer(state: str, percentage: int, asker: str = "smm", **more: Any) -> dict[str, Any]:
    body = {"id": "o1", "operationState": state, "percentage": percentage, **more}
    return message(asker, "vnfm", "GET", OCC, response=body)


def steer(task: str, status: int = 202, **request: Any) -> dict[str, Any]:
    return message("smm", "vnfm", "POST", f"{OCC}/{task}", status, request=request or None)


def wish(task: str) -> dict[str, Any]:
    return message("observer", "smm", "POST", f"/smm/v1/processes/1/{task}", 202)


SAID = report(PROCESS, "smm", "observer", state="SUSPENDED")
HALT = told("SUSPENDED", 33, "switch")
CALL = told("SUSPENDED", 33, "switch", assistance=NEEDS)
BACK = told("ROLLED_BACK", 0, result="ROLLED_BACK_RETRY_POSSIBLE", softwareVersion="1.0.0")
SOURCE = story.entity("vnfm", "VNFM", "1.0.0")


def found(name: str, *messages: dict[str, Any] | str, after: int = 0, **arguments: Any) -> Finding:
    return judge(FLOW.named(name), case(described(), *messages, after=after), **arguments)


def test_the_work_begins_when_the_target_says_so() -> None:
    """STARTING is only a request that was accepted."""
    rule = "execution_begun"
    assert found(rule, "request", told("PROCESSING", 0), version="destination").verdict == "pass"
    assert found(rule, "request", told("STARTING", 0), END, version="destination").verdict == "fail"


def test_a_query_or_a_report_tells_the_status() -> None:
    """Note 5: the SMM may decide by what the target reports at its steps."""
    assert found("status_asked", "request", answer("PROCESSING", 33), END).verdict == "pass"
    assert found("status_asked", "request", told("PROCESSING", 33, "switch"), END).verdict == "pass"
    assert found("status_asked", "request", told("STARTING", 0), END).verdict == "fail"
    late = found("status_asked", "request", steer("suspend"), answer("SUSPENDING", 33), END)
    assert late.verdict == "fail", "what it asks afterwards decides nothing"


@pytest.mark.parametrize(
    ("series", "verdict"),
    [
        ([answer("PROCESSING", 0, remainingTime=3), answer("PROCESSING", 33, remainingTime=2)], "pass"),
        ([answer("PROCESSING", 33), answer("PROCESSING", 0)], "fail"),
        ([answer("PROCESSING", 133)], "fail"),
        ([answer("PROCESSING", 0, remainingTime=2), answer("PROCESSING", 0, remainingTime=3)], "fail"),
        ([told("PROCESSING", 66), told("UNDOING", 66), told("UNDOING", 33)], "pass"),
        ([told("UNDOING", 33), told("UNDOING", 66)], "fail"),
    ],
)
def test_a_status_has_to_be_plausible(series: list[dict[str, Any]], verdict: str) -> None:
    """0 to 100 per cent, and always the way that the work goes."""
    assert found("status_reported", "request", *series, END).verdict == verdict


def test_steps_are_those_of_the_descriptor() -> None:
    """Each step behind the first is reported, and none that nobody knows."""
    steps = [told("PROCESSING", 33, "switch"), told("PROCESSING", 66, "clean")]
    assert found("steps_reported", "request", *steps, END).verdict == "pass"
    assert found("steps_reported", "request", steps[0], END).verdict == "fail"
    assert found("steps_reported", "request", *steps, told("PROCESSING", 80, "magic"), END).verdict == "fail"


def test_a_suspension_is_wanted_asked_for_and_taken_up() -> None:
    """An SMM that suspends for nobody fails as one that does not suspend."""
    assert found("suspension_asked", "request", wish("suspend"), steer("suspend"), END).verdict == "pass"
    assert found("suspension_asked", "request", steer("suspend"), END).verdict == "fail"
    assert found("suspension_asked", "request", wish("suspend"), steer("suspend", 409), END).verdict == "fail"
    assert found("suspension_asked", "request", wish("suspend"), END).verdict == "fail"


@pytest.mark.parametrize("rule", ["suspension_asked", "suspended_safely", "suspension_reported", "resumed"])
def test_who_cannot_be_suspended_is_not_judged_by_it(rule: str) -> None:
    """Not applicable by the descriptor, unless the target contradicts it."""
    cannot = described(suspendable=False)
    assert found(rule, cannot, "request", wish("suspend"), END).verdict == "not-applicable"
    assert found(rule, cannot, "request", wish("suspend"), steer("suspend"), END).verdict == "fail"


def test_a_safe_halt_is_where_the_descriptor_allows_it_and_peers_are_served() -> None:
    """Right before a step that is a suspend point, with nobody shut out."""
    rule = "suspended_safely"
    assert found(rule, "request", HALT, story.check("em"), END).verdict == "pass"
    assert found(rule, "request", told("SUSPENDED", 66, "clean"), END).verdict == "fail"
    assert found(rule, "request", HALT, story.check("em", reachable=False), END).verdict == "fail"
    assert found(rule, "request", END).verdict == "fail"


def test_who_reported_a_halt_answers_the_same() -> None:
    """Until it is told to go on."""
    rule, more = "suspension_reported", answer("PROCESSING", 66)
    assert found(rule, "request", HALT, answer("SUSPENDED", 33), END).verdict == "pass"
    assert found(rule, "request", HALT, steer("resume"), more, END).verdict == "pass"
    assert found(rule, "request", HALT, more, END).verdict == "fail"
    assert found(rule, "request", END).verdict == "fail"


def test_nothing_goes_on_while_the_process_stands_still() -> None:
    """Neither what the SMM asks for nor what target and tester do."""
    rule = "standstill"
    assert found(rule, "request", HALT, SAID, wish("resume"), steer("resume"), END).verdict == "pass"
    assert found(rule, "request", SAID, steer("resume"), wish("resume"), END).verdict == "fail"
    assert found(rule, "request", SAID, told("PROCESSING", 66), wish("rollback"), END).verdict == "fail"
    assert found(rule, "request", SAID, "test", wish("resume"), END).verdict == "fail"
    assert found(rule, "request", HALT, wish("resume"), END).verdict == "fail"


def test_the_target_goes_on_when_its_manager_says_so() -> None:
    """On resources that exist; with none named where none are needed."""
    rule = "resumed"
    named = steer("resume", resources=[{"provider": "vim", "reservationId": "r1"}])
    assert found(rule, "reserve", "request", HALT, SAID, wish("resume"), named, END).verdict == "pass"
    assert found(rule, "request", HALT, SAID, wish("resume"), named, END).verdict == "fail"
    assert found(rule, "request", HALT, SAID, steer("resume"), END).verdict == "fail"
    assert found(rule, "request", CALL, steer("resume"), END).verdict == "fail", "it needs resources, and gets none"
    assert found(rule, "reserve", "request", CALL, named, END).verdict == "pass"


def test_help_has_an_end() -> None:
    """Each resumption counts."""
    assert found("resumed_at_most", "request", steer("resume"), END, number=1).verdict == "pass"
    assert found("resumed_at_most", "request", steer("resume"), steer("resume"), END, number=1).verdict == "fail"


def test_what_cannot_be_suspended_completes_first() -> None:
    """The process is suspended behind the report of the target's end."""
    rule = "suspended_between_steps"
    assert found(rule, "request", "completed", SAID, END).verdict == "pass"
    assert found(rule, "request", SAID, "completed", END).verdict == "fail"
    assert found(rule, "request", HALT, "completed", SAID, END).verdict == "fail"


def test_a_call_for_assistance_says_what_is_needed() -> None:
    """A halt without a word of it is no call."""
    assert found("assistance_asked", "request", CALL, END).verdict == "pass"
    assert found("assistance_asked", "request", HALT, END).verdict == "fail"
    unsafe = told("SUSPENDED", 66, "clean", assistance=NEEDS)
    assert found("assistance_asked", "request", unsafe, END).verdict == "fail"


def test_assistance_is_what_the_target_needs() -> None:
    """Resources are looked after at the provider; anything else is for the manager."""
    look = message("smm", "vim", "GET", "/vrm/v1/reservations/r1", response={"id": "r1"})
    other = told("SUSPENDED", 33, "switch", assistance={"needs": "OTHER", "detail": "?"})
    rule, after = "assistance_given", 6
    on, imagined = (steer("resume", resources=[{"provider": "vim", "reservationId": name}]) for name in ("r1", "r9"))
    asked = ("request", CALL, look)
    assert found(rule, "reserve", *asked, on, END, after=after + 2).verdict == "pass"
    assert found(rule, "reserve", *asked, imagined, END, after=after + 2).verdict == "fail"
    assert found(rule, *asked, steer("undo"), END, after=after).verdict == "pass"
    assert found(rule, "reserve", "request", CALL, on, look, END, after=after + 2).verdict == "fail"
    assert found(rule, "request", other, SAID, END, after=after).verdict == "pass"
    assert found(rule, "request", other, look, END, after=after).verdict == "fail"


def test_an_undo_is_taken_up_and_wanted() -> None:
    """Of a suspended process the manager decides."""
    assert found("undo_asked", "request", CALL, steer("undo"), END).verdict == "pass"
    assert found("undo_asked", "request", CALL, SAID, wish("rollback"), steer("undo"), END).verdict == "pass"
    assert found("undo_asked", "request", CALL, SAID, steer("undo"), END).verdict == "fail"
    assert found("undo_asked", "request", CALL, steer("undo", 409), END).verdict == "fail"


def test_what_is_undone_leaves_nothing() -> None:
    """The target says that it walks back, runs the source version, and holds nothing."""
    rule, way = "target_undone", told("UNDOING", 33, "undo-prepare")
    assert found(rule, "request", way, BACK, SOURCE, END).verdict == "pass"
    assert found(rule, "request", BACK, SOURCE, END).verdict == "fail"
    assert found(rule, "request", way, BACK, story.entity("vnfm", "VNFM", "2.0.0"), END).verdict == "fail"
    assert found(rule, "request", "allocate", way, BACK, SOURCE, END).verdict == "fail"
    assert found(rule, "request", way, BACK, END).verdict == "inconclusive"


def test_what_is_undone_is_reported_as_such() -> None:
    """ROLLED_BACK, and no other word to whoever asks."""
    rule = "undo_reported"
    assert found(rule, "request", BACK, answer("ROLLED_BACK", 0), END).verdict == "pass"
    assert found(rule, "request", BACK, answer("COMPLETED", 100), END).verdict == "fail"
    assert found(rule, "request", "completed", END).verdict == "fail"


def test_an_undo_is_committed_at_its_occurrence() -> None:
    """The answer has to say so."""
    pretended = {**story.CLEAN["commit"], "response": {"committed": False}}
    assert found("undo_committed", "request", BACK, "commit", END).verdict == "pass"
    assert found("undo_committed", "request", BACK, pretended, END).verdict == "fail"
    assert found("undo_committed", "request", BACK, END).verdict == "fail"
