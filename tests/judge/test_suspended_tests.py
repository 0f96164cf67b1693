"""Tests that are suspended under way: table 5.7.2.5-1 on histories of a few messages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import harness.judge.rules  # noqa: F401
from harness.judge.findings import Finding
from harness.judge.registry import FLOW, PARTS, judge
from tests.judge import story
from tests.judge.story import PROCESS, SWM, message, report

A, B = "vnfm", "vnfm-b"
RUN = "/tester/v1/test_runs/t1"
ASKED = story.run_asked(target=B, suites=["health", "functions"])
LOOK = message("smm", B, "GET", "/nfvmanocim/v2/mano_entity", response={"id": B})
PROBE = message("tester", B, "GET", "/nfvmanocim/v2/mano_entity", response={"id": B})
END = story.CLEAN["end"]
GONE = message("observer", A, "GET", f"{SWM}/instance", response={"instantiationState": "NOT_INSTANTIATED"})


def found(name: str, *messages: Any, after: int = 0, **arguments: Any) -> Finding:
    told = story.case(*messages, after=after)
    roles = replace(told.roles, destination=B)
    return judge(FLOW.named(name), replace(told, roles=roles), **arguments)


def run_told(state: str, *judged: str, percentage: int = 50, **more: Any) -> dict[str, Any]:
    suites = [{"name": name, "verdict": "PASS" if name in judged else None} for name in ("health", "functions")]
    body = {"testRunId": "t1", "state": state, "percentage": percentage, "suites": suites, **more}
    return report("TestRunNotification", "tester", "smm", **body)


def wish(task: str, status: int = 202) -> dict[str, Any]:
    return message("observer", "smm", "POST", f"/smm/v1/processes/1/{task}", status)


def steer(task: str, **request: Any) -> dict[str, Any]:
    return message("smm", "tester", "POST", f"{RUN}/{task}", 202, request=request or None)


def inquiry(row: str = "5.3.3.5-1#6", **details: Any) -> dict[str, Any]:
    body = {"state": "PROCESSING", "currentRow": row, "details": details}
    return message("observer", "smm", "GET", "/smm/v1/processes/1", response=body)


def said(row: str = "5.3.3.5-1#6", state: str = "SUSPENDED") -> dict[str, Any]:
    return report(PROCESS, "smm", "observer", state=state, currentRow=row)


HALT = run_told("SUSPENDED", "health", verdict=None)
OVER = run_told("COMPLETED", "health", "functions", verdict="PASS")
DESTINATION = {"instance": "destination"}

CASES: list[tuple[str, list[Any], list[Any], dict[str, Any]]] = [
    ("tests_status_asked", [ASKED, run_told("RUNNING"), inquiry()], [ASKED, inquiry(), END], {}),
    (
        "testing_reported",
        [ASKED, run_told("RUNNING"), inquiry(percentage=50)],
        [ASKED, run_told("RUNNING"), inquiry(percentage=99), END],
        DESTINATION,
    ),
    ("wish_taken", [wish("resume")], [wish("suspend"), END], {"task": "resume"}),
    ("tests_suspension_asked", [ASKED, wish("suspend"), steer("suspend")], [ASKED, steer("suspend"), END], {}),
    ("tests_suspended", [ASKED, HALT], [ASKED, OVER, END], {}),
    ("suspended_at_testing", [ASKED, HALT, said()], [ASKED, said(), HALT, END], DESTINATION),
    (
        "looked_at_before_going_on",
        [ASKED, wish("resume"), LOOK, steer("resume")],
        [ASKED, wish("resume"), steer("resume"), LOOK, END],
        DESTINATION,
    ),
    ("remaining_tests_run", [ASKED, HALT, PROBE, OVER], [ASKED, HALT, OVER, END], DESTINATION),
    ("process_suspended", [wish("suspend"), said()], [wish("suspend"), END], {}),
    (
        "entered_where_suspended",
        [wish("rollback"), END],
        [wish("rollback"), message("smm", A, "POST", f"{SWM}/state_data/import", 204), END],
        {},
    ),
]


@pytest.mark.parametrize(("rule", "right", "wrong", "arguments"), CASES, ids=[case[0] for case in CASES])
def test_a_rule_tells_right_from_wrong(
    rule: str, right: list[Any], wrong: list[Any], arguments: dict[str, Any]
) -> None:
    """One history passes, one fails, and nothing never passes."""
    assert found(rule, *right, **arguments).verdict == "pass"
    assert found(rule, *wrong, **arguments).verdict == "fail"
    assert found(rule, **arguments).verdict != "pass"
    assert found(rule, END, **arguments).verdict != "pass"


@pytest.mark.parametrize("rule", ["tests_resumed", "completion_told"])
def test_nothing_never_passes(rule: str) -> None:
    assert found(rule).verdict != "pass"
    assert found(rule, END).verdict != "pass"


def test_a_tester_goes_on_on_resources_that_exist() -> None:
    """Row 14 names them again (I-110)."""
    named = [{"provider": "vim", "reservationId": "r2"}]
    before = [story.reservation("r2", "TESTING"), ASKED, wish("suspend"), HALT, wish("resume")]
    assert found("tests_resumed", *before, steer("resume", resources=named)).verdict == "pass"
    assert found("tests_resumed", *before, steer("resume"), END).verdict == "fail"


def test_a_wish_that_is_refused_is_not_taken_up() -> None:
    """The refusal is the end of it, whatever becomes of the process."""
    assert found("wish_taken", wish("resume", 409), task="resume").verdict == "fail"
    assert found("wish_taken", wish("resume", 409), wish("resume"), task="resume").verdict == "pass"


def test_who_subscribed_hears_of_the_suspension_without_asking() -> None:
    """An answer is enough for a manager that did not subscribe to that state."""
    asked = inquiry()
    stands = {**asked, "response": {**asked["response"], "state": "SUSPENDED"}}
    rule, run = "suspended_at_testing", [ASKED, HALT]

    def subscribed(*states: str) -> dict[str, Any]:
        return message("observer", "smm", "POST", "/smm/v1/subscriptions", 201, request={"filter": {"states": states}})

    assert found(rule, *run, stands, **DESTINATION).verdict == "pass"
    assert found(rule, subscribed("COMPLETED"), *run, stands, **DESTINATION).verdict == "pass"
    assert found(rule, subscribed("SUSPENDED"), *run, stands, **DESTINATION).verdict == "fail"
    assert found(rule, subscribed("SUSPENDED"), *run, said(), **DESTINATION).verdict == "pass"


def test_the_manager_hears_that_all_is_done_before_it_commits() -> None:
    """AWAITING_COMMIT, or COMPLETED of an SMM that waits for nobody; behind the commit it is told too late."""
    rule = "completion_told"
    ended = message("smm", A, "GET", f"{SWM}/instance_op_occs/i1", response={"id": "i1", "operationState": "COMPLETED"})
    asked = message("smm", A, "POST", f"{SWM}/instance/terminate", 202, location=f"{SWM}/instance_op_occs/i1")
    for state in ("AWAITING_COMMIT", "COMPLETED"):
        assert found(rule, asked, ended, said(state=state), wish("commit")).verdict == "pass"
    assert found(rule, asked, ended, wish("commit"), said(state="COMPLETED"), END).verdict == "fail"
    assert found(rule, asked, said(state="AWAITING_COMMIT"), ended, END).verdict == "fail"


def test_an_external_manager_asks_and_steers() -> None:
    """Role 7 of table 5.7.2.2-1."""
    part = PARTS.named("external_manager_played")
    done = ["launch", inquiry(), wish("suspend"), wish("resume")]
    assert judge(part, story.case(*done), actors=("observer",)).verdict == "pass"
    assert judge(part, story.case("launch", END), actors=("observer",)).verdict == "fail"
