"""Who goes on after a refusal (clauses 5.3.3.6 and 5.4.2.6, begin), and who turns back."""

from __future__ import annotations

from typing import Any

import pytest

from harness.judge.rules.onward import went_on
from tests.judge import story
from tests.judge.story import message
from tests.judge.test_instances import DESCRIBED, A, B, ended, given, order, shown, taken, turned, verdict

BEFORE = (DESCRIBED, shown(A), order(), shown(B))
REFUSED = {**turned(B, "vnflcm-v1", "START"), "status": 403}


def decided(*messages: dict[str, Any]) -> str:
    return verdict("rollback_decided", *BEFORE, *messages, "end")


def test_who_turns_back_is_right() -> None:
    """The state goes back, the destination goes: that is the way back."""
    assert decided(REFUSED, given(B), taken(A), ended(B)) == "pass"


@pytest.mark.parametrize(
    "on",
    [
        turned(B, "entities-vnflcm-v1", "START"),
        turned(A, "vnflcm-v1", "STOP", stopType="GRACEFUL"),
        story.run_asked(target=B),
        ended(A),
    ],
    ids=["starts", "stops", "tests", "ends"],
)
def test_who_goes_on_with_what_was_refused_is_wrong(on: dict[str, Any]) -> None:
    """Even where the SMM turns back later, at the next thing that fails."""
    assert decided(REFUSED, on, given(B), taken(A)) == "fail"


def test_what_is_refused_and_then_granted_is_no_reason_to_turn_back_at_once() -> None:
    """A retry that succeeds heals it; the tests that fail later are the reason then."""
    again = turned(B, "vnflcm-v1", "START")
    onward = turned(B, "entities-vnflcm-v1", "START")
    assert (
        decided(REFUSED, again, onward, story.run_asked(target=B), story.verdict("FAIL"), given(B), taken(A)) == "pass"
    )


def test_a_conflict_and_an_error_that_may_pass_are_no_refusals() -> None:
    """Clause 5.8 lets the SMM try again, or wait."""
    onward = turned(B, "entities-vnflcm-v1", "START")
    for status in (409, 503):
        assert decided({**REFUSED, "status": status}, onward, given(B), taken(A)) == "pass"


def test_an_interface_stopped_on_the_way_back_is_no_way_on_where_nobody_takes_the_place_of_the_target() -> None:
    """Table 5.2.3.6-1 stops what a refused start leaves half done."""
    refused = {**turned(A, "entities-vnflcm-v1", "START"), "status": 403}
    alone = story.case("launch", refused, turned(A, "vnflcm-v1", "STOP", stopType="GRACEFUL"), "end")
    assert not alone.roles.destination
    assert went_on(alone) is None


def test_logs_that_went_with_an_instance_were_there() -> None:
    """Asked after its instance was ended, the target knows nothing of them, which proves nothing."""
    unknown = message("smm", A, "DELETE", "/nfvmanologm/v1/log_jobs/l1", 404)
    assert verdict("special_logs_started", "logs", *BEFORE, unknown, "end") == "fail"
    assert verdict("special_logs_started", "logs", *BEFORE, ended(A), unknown, "end") == "pass"
