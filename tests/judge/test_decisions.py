"""What follows a failure: notes 1 to 4 of table 5.2.2.5-1, the begin of 5.2.2.6-1, and the retry of clause 5.8."""

from __future__ import annotations

from typing import Any

import pytest

from harness.judge.findings import Finding
from harness.judge.registry import FLOW, judge
from tests.judge import story
from tests.judge.story import SWM, case, message, modification_report, report

END = story.CLEAN["end"]
BACK = modification_report("ROLLED_BACK", "ROLLED_BACK_RETRY_POSSIBLE", "1.0.0")
LOOK = message("smm", "vnfm", "GET", f"{SWM}/software_modification_op_occs", response=[])
FAILED = story.verdict("FAIL")
ROLLBACK = message("observer", "smm", "POST", "/smm/v1/processes/1/rollback", 202)
LOST = {**story.request(), "status": None, "failure": "lost"}
REFUSED = {**story.request(), "status": 403, "location": None}
CAPACITY = message("smm", "vim", "GET", "/vrm/v1/capacity", response=story.CAPACITY)


def found(name: str, *messages: dict[str, Any] | str, after: int = 0, **arguments: Any) -> Finding:
    return judge(FLOW.named(name), case(*messages, after=after), **arguments)


def struck(fault: str, to: str = "vnfm") -> dict[str, Any]:
    return {"kind": "fault", "to": to, "fault": fault, "event": "struck", "detail": {}}


def ended(outcome: str, **more: Any) -> dict[str, Any]:
    return report(story.PROCESS, "smm", "observer", state="FAILED", outcome=outcome, **more)


def test_an_automatic_rollback_is_reported_as_it_is() -> None:
    """State, result and version say the same, and the target then runs the source version."""
    name = "automatic_rollback_reported"
    old, new = (story.entity("vnfm", "VNFM", version) for version in ("1.0.0", "2.0.0"))
    lie = modification_report("COMPLETED", "SUCCESSFUL", "2.0.0")
    assert found(name, "request", BACK, old, END, retry="possible").verdict == "pass"
    assert found(name, "request", BACK, old, END, retry="not feasible").verdict == "fail"
    assert found(name, "request", BACK, new, END, retry="possible").verdict == "fail"
    assert found(name, "request", lie, old, END, retry="possible").verdict == "fail"
    assert found(name, "request", "allocate", BACK, old, END, retry="possible").verdict == "fail"


def test_what_is_not_feasible_is_not_tried_again() -> None:
    """A second request for the destination version fails; one for the source version is no retry."""
    assert found("not_asked_again", "request", BACK, END, after=5).verdict == "pass"
    assert found("not_asked_again", "request", BACK, story.request("1.0.0"), END, after=5).verdict == "pass"
    assert found("not_asked_again", "request", BACK, story.request(), END, after=5).verdict == "fail"
    assert found("not_asked_again", "request", BACK, after=5).verdict == "inconclusive"


def test_a_lost_answer_counts_as_taken_up() -> None:
    """Two requests that the target took up are two modifications, whether or not the SMM heard of the first."""
    assert found("requested_at_most", LOST, END, number=1).verdict == "pass"
    assert found("requested_at_most", REFUSED, "request", END, number=1).verdict == "pass"
    assert found("requested_at_most", LOST, story.request(occurrence="o2"), END, number=1).verdict == "fail"


def test_a_lost_request_is_known_by_its_reports() -> None:
    """Without a Location the occurrence is the one the target reports on."""
    assert found("completion_reported", LOST, "completed", END, version="destination").verdict == "pass"


def test_a_report_agrees_with_what_the_target_answers() -> None:
    """Asked for the occurrence, the target says what it reported; an attribute that is left out is no lie."""
    name = "completion_reported"
    path = f"{SWM}/software_modification_op_occs"
    for result, verdict in (({"result": "SUCCESSFUL"}, "pass"), ({"result": "FAILED"}, "fail"), ({}, "pass")):
        item = {"id": "o1", "operationState": "COMPLETED", **result}
        alone = message("observer", "vnfm", "GET", f"{path}/o1", response=item)
        listed = message("observer", "vnfm", "GET", path, response=[item])
        for asked in (alone, listed):
            assert found(name, "request", "completed", asked, END, version="destination").verdict == verdict


def test_the_smm_looks_before_it_asks_again() -> None:
    """Asking again first, or not looking at all, fails."""
    failure = struck("lost-response")
    assert found("outcome_looked_up", LOST, failure, LOOK, END, after=4).verdict == "pass"
    assert found("outcome_looked_up", LOST, failure, story.request(), LOOK, END, after=4).verdict == "fail"
    assert found("outcome_looked_up", LOST, failure, END, after=4).verdict == "fail"


def test_an_armed_failure_has_to_strike_the_target() -> None:
    """A fault of another actor, or none, leaves the scenario without its stimulus."""
    assert found("target_failed", "request", struck("crash"), END).verdict == "pass"
    assert found("target_failed", "request", struck("crash", "tester"), END).verdict == "fail"


def test_a_refusal_is_a_refusal_only_when_nothing_was_taken_up() -> None:
    """One accepted request among refused ones has changed the target."""
    assert found("request_refused", REFUSED, END).verdict == "pass"
    assert found("request_refused", REFUSED, "request", END).verdict == "fail"


def test_what_a_fallback_needs_is_kept() -> None:
    """Restoration point and logs stay; there must have been some."""
    assert found("protection_kept", "point", "logs", END).verdict == "pass"
    assert found("protection_kept", "point", "logs", "end point", END).verdict == "fail"
    assert found("protection_kept", END).verdict == "fail"


@pytest.mark.parametrize(
    ("outcome", "said", "version", "verdict"),
    [
        ("the destination version committed", "DESTINATION_COMMITTED", "2.0.0", "pass"),
        ("the destination version committed", "DESTINATION_COMMITTED", "1.0.0", "fail"),
        ("the source version committed", "SOURCE_COMMITTED", "1.0.0", "pass"),
        ("the source version committed", "SOURCE_COMMITTED", "2.0.0", "fail"),
        ("the source version committed", "DESTINATION_COMMITTED", "1.0.0", "fail"),
        ("nothing changed", "NOT_STARTED", "1.0.0", "fail"),
    ],
)
def test_the_end_that_is_told_has_to_be_true(outcome: str, said: str, version: str, verdict: str) -> None:
    """What the SMM says of the end counts only as far as the target bears it out."""
    told = ("request", "commit", ended(said), story.entity("vnfm", "VNFM", version))
    assert found("process_ended", *told, outcome=outcome).verdict == verdict


def test_an_end_without_commit_is_not_committed() -> None:
    """The right version alone does not make a commit; where nothing was asked, nothing changed."""
    seen = story.entity("vnfm", "VNFM", "2.0.0")
    outcome = "the destination version committed"
    assert found("process_ended", "request", ended("DESTINATION_COMMITTED"), seen, outcome=outcome).verdict == "fail"
    old = story.entity("vnfm", "VNFM", "1.0.0")
    assert found("process_ended", REFUSED, ended("NOT_STARTED"), old, outcome="nothing changed").verdict == "pass"


def test_a_call_for_a_person_says_why() -> None:
    """Without a reason nobody knows what to do."""
    outcome = "a call for a person"
    assert (
        found("process_ended", "request", ended("FALLBACK_NEEDED", reason="crashed"), outcome=outcome).verdict == "pass"
    )
    assert found("process_ended", "request", ended("FALLBACK_NEEDED"), outcome=outcome).verdict == "fail"


def test_a_rollback_begins_with_its_cause() -> None:
    """Failed tests or an administrator begin it; a commit in its place is none."""
    for cause in (FAILED, ROLLBACK):
        assert found("rollback_decided", cause, CAPACITY, END).verdict == "pass"
        assert found("rollback_decided", cause, "commit", END).verdict == "fail"
        assert found("rollback_decided", cause, END).verdict == "fail"
    assert found("rollback_decided", CAPACITY, END).verdict == "fail"


def test_resources_for_the_way_back_are_checked_before_it() -> None:
    """After the decision, and before the request for the source version."""
    back = story.request("1.0.0", "r3", "o2")
    assert found("rollback_resources_secured", FAILED, CAPACITY, back, END, after=3).verdict == "pass"
    assert found("rollback_resources_secured", FAILED, back, CAPACITY, END, after=3).verdict == "fail"
    assert found("rollback_resources_secured", FAILED, back, END, after=3).verdict == "fail"


def test_after_the_commit_a_rollback_is_refused() -> None:
    """409, and nothing is asked of the target."""
    refused = {**ROLLBACK, "status": 409}
    assert found("rollback_refused", "request", "commit", refused, END).verdict == "pass"
    assert found("rollback_refused", "request", "commit", ROLLBACK, END).verdict == "fail"
    assert found("rollback_refused", "request", "commit", refused, story.request("1.0.0"), END).verdict == "fail"


def test_a_commit_that_is_kept_waits() -> None:
    """It comes after the external manager asked, not before."""
    asked = message("observer", "smm", "POST", "/smm/v1/processes/1/commit", 202)
    assert found("commit_waits", "passed", asked, "commit", END).verdict == "pass"
    assert found("commit_waits", "passed", "commit", asked, END).verdict == "fail"


def test_test_resources_are_verified_before_the_retry() -> None:
    """Clause 5.8: asking the tester again without a look at the resources fails."""
    missing = story.verdict(None, "FAILED")
    again = story.run_asked(id="t2")
    start = ("reserve tests", "test", missing)
    assert found("test_resources_missing", *start, END).verdict == "pass"
    assert found("tests_retried", *start, CAPACITY, again, END, after=7).verdict == "pass"
    assert found("tests_retried", *start, again, END, after=7).verdict == "fail"
    assert found("tests_retried", *start, CAPACITY, END, after=7).verdict == "fail"


EXISTING = {**story.CLEAN["point"], "from": "observer"}
READ = message("smm", "vnfm", "GET", f"{SWM}/restoration_points/p1", response=story.POINT)
STILL = story.listed("vnfm", f"{SWM}/restoration_points", story.POINT)


def test_an_existing_restoration_point_is_used_and_kept() -> None:
    """Read before the request, no other made, and there afterwards (note 1)."""
    assert found("existing_point_used", EXISTING, "launch", READ, "request", END).verdict == "pass"
    assert found("existing_point_used", EXISTING, "launch", "request", READ, END).verdict == "fail"
    assert found("existing_point_used", EXISTING, "launch", READ, "point", "request", END).verdict == "fail"
    assert found("existing_point_kept", EXISTING, END, STILL).verdict == "pass"
    assert found("existing_point_kept", EXISTING, END, "after points").verdict == "fail"
    assert found("existing_point_kept", EXISTING, "end point", END, STILL).verdict == "fail"


def test_a_point_of_another_version_does_not_restore() -> None:
    """What restores the target to another version, or another entity, is no restoration point for it."""
    name = "restoration_point_held"
    for wrong in ({"softwareVersion": "0.9.0"}, {"scope": ["nfvo"]}):
        other = {**story.CLEAN["point"], "response": {**story.POINT, **wrong}}
        assert found(name, "launch", other, "request", END).verdict == "fail"
    assert found(name, "launch", "point", "request", END).verdict == "pass"
    assert found(name, "launch", "point", "end point", "request", END).verdict == "fail"


def test_the_descriptor_is_read_before_the_request() -> None:
    """Note 5: a decision about capabilities that were never read is a guess."""
    assert found("capability_read", "launch", "capability", "request", END).verdict == "pass"
    assert found("capability_read", "launch", "request", "capability", END).verdict == "fail"
    assert found("capability_read", "launch", "request", END).verdict == "fail"
