"""Clause 5.8 on histories of a few messages: what is tried again, what is verified before, and what is looked up."""

from __future__ import annotations

from typing import Any

import harness.judge.rules  # noqa: F401
from harness.judge.findings import Finding
from harness.judge.registry import CONDITIONS, FLOW, PARTS, Rules, judge
from tests.judge import story
from tests.judge.story import case, listed, message

END = story.CLEAN["end"]
MODIFIED = "SoftwareModificationOperationOccurrenceNotification"
TESTS = "/tester/v1/test_runs"
FAILED = story.verdict(None, "FAILED")
AGAIN = story.run_asked(id="t2")
REFUSED = {**story.allocation("tester", "r2", "a2"), "status": 404, "response": {}}


def found(name: str, *messages: dict[str, Any] | str, after: int = 0, rules: Rules = FLOW, **arguments: Any) -> Finding:
    return judge(rules.named(name), case(*messages, after=after), **arguments)


def struck(fault: str, request: str, to: str) -> dict[str, Any]:
    return {"kind": "fault", "to": to, "fault": fault, "event": "struck", "detail": {"request": request}}


def look(reservation: str = "r2", status: int = 200) -> dict[str, Any]:
    body = {"id": reservation, "inUse": {}} if status == 200 else {}
    return message("smm", "vim", "GET", f"/vrm/v1/reservations/{reservation}", status, response=body)


def test_the_tester_is_turned_away() -> None:
    """By the provider or by the fault; one that had its resources was not."""
    nothing = {**FAILED, "request": {**FAILED["request"], "suites": []}}
    rule, fault = "resources_not_had", struck("missing-resources", "", "tester")
    assert found(rule, "test", REFUSED, nothing, END).verdict == "pass"
    assert found(rule, "test", fault, nothing, END).verdict == "pass"
    assert found(rule, "test", nothing, END).verdict == "fail"
    assert found(rule, "test", "allocate tests", nothing, END).verdict == "fail"
    assert found(rule, "test", REFUSED, "passed", END).verdict == "fail"


def test_each_resource_that_was_named_is_verified() -> None:
    """One that stands may be named again; one that is gone needs another."""
    rule, new = "resources_verified", story.reservation("r4", "TESTING")
    assert found(rule, "test", FAILED, look(), AGAIN, END, after=4).verdict == "pass"
    assert found(rule, "test", FAILED, look(status=404), new, AGAIN, END, after=4).verdict == "pass"
    assert found(rule, "test", FAILED, look(status=404), AGAIN, END, after=4).verdict == "fail"
    assert found(rule, "test", FAILED, look("r1"), AGAIN, END, after=4).verdict == "fail"
    assert found(rule, "test", FAILED, AGAIN, look(), END, after=4).verdict == "fail"


def test_what_is_gone_is_not_named_again() -> None:
    """The retry names what the provider has."""
    new = story.reservation("r4", "TESTING")
    named = story.run_asked(id="t2", resources=[{"provider": "vim", "reservationId": "r4"}])
    made = ("reserve tests", "test", FAILED)
    assert found("tests_retried", *made, look(status=404), new, named, END, after=6).verdict == "pass"
    assert found("tests_retried", *made, look(status=404), new, AGAIN, END, after=6).verdict == "fail"


def test_the_tests_are_retried_once_at_a_time() -> None:
    """Another retry of tests of which nothing was heard is one too many."""
    third = story.run_asked(id="t3")
    start = ("reserve tests", "test", FAILED, look(), AGAIN)
    heard = story.verdict(None, "FAILED", "t2")
    assert found("tests_retried", *start, heard, third, END, after=5).verdict == "pass"
    assert found("tests_retried", *start, third, END, after=5).verdict == "fail"


def test_a_retry_does_not_make_up_for_tests_that_came_too_early() -> None:
    """A run that was asked for while the target was on its way is no test of where it arrived."""
    way, rule = ("suites 2", "reserve", "reserve tests", "request"), "tests_invoked"
    rest = (look(), AGAIN, END)
    there = case(*way, "completed", "test", FAILED, *rest)
    arrived = next(entry.answered for entry in there.history.notifications(MODIFIED))
    assert judge(FLOW.named(rule), there.moved_to(arrived), version="destination").verdict == "pass"
    early = case(*way, "test", FAILED, "completed", *rest)
    arrived = next(entry.answered for entry in early.history.notifications(MODIFIED))
    assert judge(FLOW.named(rule), early.moved_to(arrived), version="destination").verdict == "fail"


def test_attempts_are_counted_by_version() -> None:
    """Tests of the other version are another matter."""
    rule: dict[str, Any] = {"version": "destination", "number": 1}
    assert found("tests_limited", "test", story.run_asked("1.0.0", "t2"), END, **rule).verdict == "pass"
    assert found("tests_limited", "test", AGAIN, END, **rule).verdict == "fail"
    assert found("tests_limited", "test", **rule).verdict == "inconclusive"


def test_what_cannot_help_is_not_tried() -> None:
    """After the row before no test of that version follows."""
    rule = "not_tested_again"
    assert found(rule, "test", FAILED, END, after=4, version="destination").verdict == "pass"
    assert found(rule, "test", FAILED, AGAIN, END, after=4, version="destination").verdict == "fail"


def test_tests_that_cannot_be_run_are_a_reason_to_roll_back() -> None:
    """Unless they are asked for again."""
    back = story.request("1.0.0")
    assert found("rollback_decided", "test", FAILED, back, END).verdict == "pass"
    assert found("rollback_decided", "test", FAILED, AGAIN, story.verdict(id="t2"), back, END).verdict == "fail"


def test_each_suite_is_run_and_looks_at_what_it_is_about() -> None:
    """The target, and the impacted actors for the system."""
    asks = ("look", "ask nfvo", "ask vim", "ask vnf", "ask em")
    assert found("suites_run", "suites 2", "test", *asks, "passed", END).verdict == "pass"
    assert found("suites_run", "suites 2", "test", *asks[:-1], "passed", END).verdict == "fail"
    assert found("suites_run", "suites 2", "test", *asks, story.verdict(None), END).verdict == "fail"


def test_an_error_of_the_moment_is_worth_another_attempt() -> None:
    """One of the attempts has to succeed."""
    rule, busy = "transient_repeated", {**story.CLEAN["test"], "status": 503, "location": None}
    strike = struck("transient-error", f"POST {TESTS}", "tester")
    assert found(rule, busy, strike, "test", END).verdict == "pass"
    assert found(rule, busy, strike, END).verdict == "fail"
    assert found(rule, busy, strike, busy, END).verdict == "fail"
    assert found(rule, busy, strike).verdict == "inconclusive"


def test_what_is_refused_for_good_is_not_asked_again() -> None:
    """The same request is a retry; another is none."""
    rule, no = "permanent_not_repeated", {**story.CLEAN["test"], "status": 403, "location": None}
    strike = struck("refuse", f"POST {TESTS}", "tester")
    assert found(rule, no, strike, END).verdict == "pass"
    assert found(rule, no, strike, story.run_asked("1.0.0"), END).verdict == "pass"
    assert found(rule, no, strike, "test", END).verdict == "fail"


def test_a_request_without_an_answer_is_looked_up_first() -> None:
    """What was carried out is never asked for again; what was not, only after a look."""
    rule = "looked_up_first"
    lost = {**story.CLEAN["test"], "status": None, "failure": "lost", "location": None}
    hung = {**lost, "failure": "hang"}
    strike, gone = (struck(fault, f"POST {TESTS}", "tester") for fault in ("lost-response", "hang"))
    asked = message("smm", "tester", "GET", TESTS, response=[{"id": "t1"}])
    assert found(rule, lost, strike, asked, END).verdict == "pass"
    assert found(rule, lost, strike, asked, "test", END).verdict == "fail"
    assert found(rule, lost, strike, END).verdict == "fail"
    assert found(rule, hung, gone, asked, "test", END).verdict == "pass"
    assert found(rule, hung, gone, "test", asked, END).verdict == "fail"


def test_source_and_destination_run_their_versions() -> None:
    """With internal support both are the target, at different times."""
    old, new = story.entity("vnfm", "VNFM", "1.0.0"), story.entity("vnfm", "VNFM", "2.0.0")
    for name, seen, other in (("source_played", old, new), ("destination_played", new, old)):
        assert found(name, seen, END, rules=PARTS, actors=("vnfm",)).verdict == "pass"
        assert found(name, other, END, rules=PARTS, actors=("vnfm",)).verdict == "fail"
        assert found(name, seen, END, rules=PARTS, actors=("vim",)).verdict == "fail"
        assert found(name, story.entity("vnfm", "EM", "1.0.0"), END, rules=PARTS, actors=("vnfm",)).verdict == "fail"


def test_what_has_to_be_there_before_a_suspension_or_a_retry() -> None:
    """Destination version, plan, and everybody at work."""
    assert found("destination_delivered", "seen capability", "launch", rules=CONDITIONS).verdict == "pass"
    bare = {**story.CLEAN["seen capability"], "response": {**story.CAPABILITY, "availableSoftwareVersions": []}}
    assert found("destination_delivered", bare, "launch", rules=CONDITIONS).verdict == "fail"
    assert found("smm_ready", "seen plans", "launch", rules=CONDITIONS).verdict == "pass"
    assert found("smm_ready", listed("smm", "/smm/v1/execution_plans"), "launch", rules=CONDITIONS).verdict == "fail"
    seen = ("seen target", "seen nfvo", "seen vim", "seen vnf", "seen em")
    assert found("actors_work_before", *seen, "launch", rules=CONDITIONS).verdict == "pass"
    assert found("actors_work_before", *seen[:-1], "launch", rules=CONDITIONS).verdict == "fail"
