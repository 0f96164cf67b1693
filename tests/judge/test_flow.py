"""The rows of table 5.2.2.5-1 over whole stories: the clean one passes, and one lie fails at its own rows only."""

from __future__ import annotations

from typing import Any

import pytest

import harness.judge.rules  # noqa: F401
from harness.judge.case import Case
from harness.judge.registry import FLOW
from harness.judge.walk import Walk
from tests.judge import story
from tests.judge.story import case, clean, moved

ROWS: list[tuple[str, str, dict[str, Any]]] = [
    ("begin", "process_launched", {}),
    ("1", "resources_secured", {}),
    ("1", "restoration_point_held", {}),
    ("1", "special_logs_started", {}),
    ("2", "modification_requested", {"version": "destination"}),
    ("3", "target_moved", {"version": "destination"}),
    ("3", "services_kept_up", {}),
    ("3", "target_released", {"version": "destination"}),
    ("4", "completion_reported", {"version": "destination"}),
    ("5", "tests_invoked", {"version": "destination"}),
    ("6", "tests_passed", {"version": "destination"}),
    ("end", "modification_committed", {"version": "destination"}),
    ("end", "protection_released", {}),
]


def judged(one: Case) -> dict[str, str]:
    """The rules that did not pass, with their verdicts."""
    walk = Walk(one)
    findings = {name: walk.step(FLOW.named(name), row, **arguments) for row, name, arguments in ROWS}
    return {name: str(found.verdict) for name, found in findings.items() if found.verdict != "pass"}


def test_a_clean_story_passes_every_row() -> None:
    """The whole conversation in order is a pass, row by row."""
    assert judged(case(*clean())) == {}


@pytest.mark.parametrize(
    ("left_out", "failing"),
    [
        (("reserve",), {"resources_secured", "modification_requested"}),
        (("point", "end point"), {"restoration_point_held"}),
        (("logs", "end logs"), {"special_logs_started"}),
        (("free",), {"target_released"}),
        (("completed",), {"target_moved", "target_released", "completion_reported"}),
        (("passed",), {"tests_passed"}),
        (("look",), {"tests_passed"}),
        (("ask em",), {"tests_passed"}),
        (("free tests",), {"tests_passed"}),
        (("commit",), {"modification_committed"}),
    ],
)
def test_a_message_that_is_missing_fails_its_own_rows(left_out: tuple[str, ...], failing: set[str]) -> None:
    """Nothing but the rows that the missing message belongs to is not passed."""
    assert set(judged(case(*clean(without=left_out)))) == failing


@pytest.mark.parametrize(
    ("name", "before", "failing"),
    [
        (
            "request",
            "reserve",
            {"resources_secured", "restoration_point_held", "special_logs_started", "modification_requested"},
        ),
        ("request", "point", {"restoration_point_held", "special_logs_started"}),
        ("request", "logs", {"special_logs_started"}),
        ("test", "completed", {"tests_invoked"}),
        ("commit", "passed", {"modification_committed"}),
        ("commit", "test", {"modification_committed"}),
        ("end point", "commit", {"protection_released"}),
        ("completed", "free", {"target_released"}),
    ],
)
def test_a_message_out_of_place_fails_its_own_rows(name: str, before: str, failing: set[str]) -> None:
    """A flow in the wrong order fails at the rows that are out of place."""
    assert set(judged(case(*moved(name, before)))) == failing


@pytest.mark.parametrize(
    ("instead", "failing"),
    [
        (
            {"request": story.request(version="1.0.0")},
            {
                "modification_requested",
                "target_moved",
                "target_released",
                "completion_reported",
                "modification_committed",
            },
        ),
        ({"request": story.request(reservation_id="r9")}, {"modification_requested"}),
        ({"look": story.entity("vnfm", "VNFM", "1.0.0", asker="tester")}, {"target_moved"}),
        ({"use em": story.check("em", reachable=False)}, {"services_kept_up"}),
        ({"use em": story.check("em", tries=False)}, {"services_kept_up"}),
        ({"interfaces": story.interfaces({**story.UP, "operationalState": "STOPPED"})}, {"services_kept_up"}),
        ({"completed": story.modification_report("COMPLETED", "SUCCESSFUL", "1.0.0")}, {"completion_reported"}),
        ({"test": story.run_asked(suites=["health"])}, {"tests_invoked"}),
        ({"test": story.run_asked(impacted=["nfvo"])}, {"tests_invoked"}),
        ({"test": story.run_asked(resources=[])}, {"tests_invoked"}),
        ({"passed": story.verdict("FAIL")}, {"tests_passed"}),
        ({"passed": story.verdict(None)}, {"tests_passed"}),
        ({"after logs": story.listed("vnfm", "/nfvmanologm/v1/log_jobs", {"id": "l1"})}, {"protection_released"}),
        ({"after reservations": story.listed("vim", "/vrm/v1/reservations", {"id": "r3"})}, {"protection_released"}),
    ],
)
def test_a_message_that_lies_fails_its_own_rows(instead: dict[str, dict[str, Any]], failing: set[str]) -> None:
    """A wrong content fails the row that the message belongs to, and the order goes on."""
    assert set(judged(case(*clean(instead=instead)))) == failing


def test_what_was_not_observed_is_no_pass() -> None:
    """Without anybody who used the target while it worked, its continuity is inconclusive."""
    story_without = clean(without=("use nfvo", "use vim", "use vnf", "use em", "interfaces"))
    assert judged(case(*story_without)) == {"services_kept_up": "inconclusive"}


@pytest.mark.parametrize(
    ("without", "rule"),
    [("reserve", "resources_secured"), ("point", "restoration_point_held"), ("logs", "special_logs_started")],
)
def test_what_is_too_late_is_known_before_the_end(without: str, rule: str) -> None:
    """What was to be done before anything is changed cannot come any more once the target was asked to change."""
    names = [name for name in story.CLEAN if not name.startswith(without)]
    before = names[: names.index("request")]
    told = [story.CLEAN[name] for name in before]
    assert judged(case(*told)).get(rule) == "inconclusive"
    assert judged(case(*told, story.CLEAN["request"])).get(rule) == "fail"


def test_a_process_without_an_end_is_inconclusive_where_evidence_is_missing() -> None:
    """As long as the process may go on, what is missing may yet come."""
    names = list(story.CLEAN)
    told = [story.CLEAN[name] for name in names[: names.index("passed")]]
    verdicts = judged(case(*told))
    assert set(verdicts.values()) == {"inconclusive"}
    assert {"tests_passed", "modification_committed", "protection_released"} <= set(verdicts)
