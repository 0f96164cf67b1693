"""The rules of clause 5.9: the whole story passes row by row, and one lie fails at its own rows only."""

from __future__ import annotations

from typing import Any

import pytest

import harness.judge.rules  # noqa: F401
from harness.judge.case import Case
from harness.judge.registry import CONDITIONS, FLOW, PARTS, judge
from harness.judge.walk import Walk
from tests.judge import fallback_story as story
from tests.judge.fallback_story import LOCKED, STORY, UP, case, changed, earlier
from tests.judge.story import message

ROWS = [
    ("begin", "fallback_requested"),
    ("1", "targets_stopped"),
    ("2", "targets_restored"),
    ("3", "targets_locked"),
    ("4", "managed_discovered"),
    ("5", "reconciliation_notified"),
    ("6", "targets_unlocked"),
    ("7", "everything_tested"),
    ("8", "everything_passed"),
    ("end", "fallback_reported"),
    ("end", "state_restored"),
]


def failing(one: Case) -> set[str]:
    """The rules of the flow that did not pass."""
    walk = Walk(one)
    findings = {name: walk.step(FLOW.named(name), row) for row, name in ROWS}
    return {name for name, found in findings.items() if found.verdict != "pass"}


def verdict(rule: str, one: Case, **arguments: Any) -> str:
    found = next(each for rules in (FLOW, CONDITIONS, PARTS) for each in rules if each.name == rule)
    return str(judge(found, one, **arguments).verdict)


def test_the_whole_story_passes_every_row() -> None:
    """A fallback of two entities, in order, is a pass row by row."""
    assert failing(changed()) == set()


@pytest.mark.parametrize(
    ("left_out", "expected"),
    [
        ("stop vim", {"targets_stopped"}),
        ("stopped vim", {"targets_stopped"}),
        ("restore vim", {"targets_restored", "targets_locked", "managed_discovered"}),
        ("discovers vim", {"managed_discovered"}),
        ("reconciled vim", {"reconciliation_notified", "targets_unlocked"}),
        ("unlock vim", {"targets_unlocked"}),
        ("reserve", {"everything_tested"}),
        ("run vim", {"everything_tested"}),
        ("passed vim", {"everything_passed"}),
        ("look vim", {"everything_passed"}),
    ],
)
def test_a_message_that_is_missing_fails_its_own_rows(left_out: str, expected: set[str]) -> None:
    """What nobody did for one of two entities is found, though it was done for the other."""
    assert failing(changed(left_out)) == expected


@pytest.mark.parametrize(
    ("instead", "expected"),
    [
        ({"stop_vim": story.stop("vim", "GRACEFUL")}, {"targets_stopped"}),
        ({"restore_vim": story.restore("vim", status=409)}, {"targets_restored"}),
        ({"up_vim": story.looks("vim", UP)}, {"targets_locked"}),
        ({"up_vim": story.looks("vim", LOCKED, "2.0.0")}, {"targets_locked"}),
        ({"unlock_vim": story.unlock("vim", 409)}, {"targets_unlocked"}),
        ({"run_vim": story.run("vim", suites=["health"])}, {"everything_tested"}),
        ({"run_vim": story.run("vim", resources=[])}, {"everything_tested"}),
        ({"run_vim": story.run("vim", softwareVersion="2.0.0")}, {"everything_tested"}),
        ({"passed_vim": story.verdict("vim", "FAIL")}, {"everything_passed"}),
        ({"over": story.over("REINSTALLATION_NEEDED")}, {"fallback_reported"}),
        ({"over": story.over(id="p0")}, {"fallback_reported"}),
        ({"over": story.over(to="nfvo")}, {"fallback_reported"}),
        ({"after_vim": story.looks("vim", UP, "2.0.0")}, {"state_restored"}),
        ({"vnfs_now": story.vnfs("a", known=("b",))}, {"state_restored"}),
        ({"vnfs_now": story.vnfs("c", known=("a",))}, {"state_restored"}),
        ({"vnfs_now": story.vnfs("c", known=("a", "b", "new"))}, {"state_restored"}),
        ({"computes_now": story.computes()}, {"state_restored"}),
        ({"reservations_now": story.reservations("late")}, {"state_restored"}),
    ],
)
def test_a_message_that_is_wrong_fails_its_own_row(instead: dict[str, Any], expected: set[str]) -> None:
    """One wrong message is one wrong row."""
    assert failing(changed(**instead)) == expected


@pytest.mark.parametrize(
    ("name", "before", "rule"),
    [
        ("restore vnfm", "stopped vim", "targets_stopped"),
        ("unlock vnfm", "reconciled vim", "targets_unlocked"),
        ("discovers vim", "restore vim", "managed_discovered"),
        ("over", "passed vim", "fallback_reported"),
    ],
)
def test_a_message_that_comes_too_early_fails_its_row(name: str, before: str, rule: str) -> None:
    """The order of the rows is the point of most of them."""
    assert rule in failing(earlier(name, before))


def test_a_target_is_not_restored_twice_in_a_row() -> None:
    """Another restoration comes after another stop: nobody is set back in the middle of being set back."""
    begun = ("point vnfm", "point vim", "stop vnfm", "stopped vnfm", "stop vim", "stopped vim")
    both = (*begun, "restore vnfm", "restore vim")
    assert verdict("targets_restored", case(*both, story.restore("vnfm", status=409), "over")) == "fail"
    again = (story.stop("vnfm"), story.stopped("vnfm"), story.restore("vnfm"))
    assert verdict("targets_restored", case(*both, *again, "over")) == "pass"


def test_who_subscribed_is_told_of_the_end_without_asking() -> None:
    """The answer to a question is enough only for those who did not subscribe."""
    heard = {"state": "COMPLETED", "outcome": "RESTORED", "restorationPointId": "p1"}
    asks = message("observer", story.FM, "GET", "/fallback/v1/fallbacks/1", response=heard)
    subscribed = message("observer", story.FM, "POST", "/fallback/v1/subscriptions", 201)
    told = [asks if name == "over" else name for name in STORY]
    assert failing(case(*told)) == set()
    assert failing(case(subscribed, *told)) == {"fallback_reported"}
    assert failing(case(subscribed, *STORY)) == set()


def test_nothing_is_decided_while_the_fallback_goes_on() -> None:
    """A story that breaks off leaves its rows open, it does not fail them."""
    one = case("point vnfm", "point vim", "asked")
    assert {verdict(name, one) for _, name in ROWS[1:]} == {"inconclusive"}
    assert verdict("fallback_requested", one) == "pass"


def test_a_request_that_is_refused_is_a_failure() -> None:
    """Who does not take up a request has not begun."""
    assert verdict("fallback_requested", case(story.asked(status=409))) == "fail"


def second(*more: dict[str, Any], first: str = "p2", then: str = "p1", scope: tuple[str, ...] = ("vnfm",)) -> Case:
    """A first attempt that failed, and another."""
    made = [story.point("vnfm", first, ("vnfm",)), story.point("vnfm", then, scope)]
    return case(*made, story.asked("p2", "p1"), story.restore("vnfm", first), *more)


def test_failure_of_the_first_attempt_is_seen() -> None:
    """Either the target tells of it, or the tester."""
    run = [story.run("vnfm"), story.verdict("vnfm", "FAIL")]
    assert verdict("point_failed", second(story.restoration_failed("vnfm", "p2"))) == "pass"
    assert verdict("point_failed", second(*run)) == "pass"
    assert verdict("point_failed", second(story.over())) == "fail"


def test_another_point_is_another_one() -> None:
    """Older means of the same scope, wider means of more; the same again is neither, nor is one nobody named."""

    def taken(extent: str, **how: Any) -> str:
        first, then = how.get("first", "p2"), how.get("then", "p1")
        one = second(story.restoration_failed("vnfm"), story.restore("vnfm", then), story.over(), **how)
        begun = next(entry.sent for entry in one.history.entries if entry.path.endswith(f"{first}/restore"))
        return verdict("other_point_taken", one.moved_to(begun), extent=extent)

    assert taken("older") == "pass"
    assert taken("wider") == "fail"
    assert taken("wider", scope=("vnfm", "vim")) == "pass"
    assert taken("older", scope=("vnfm", "vim")) == "fail"
    assert taken("older", then="p2") == "fail"
    assert taken("older", then="p9") == "fail"


def test_reinstallation_is_an_honest_end() -> None:
    """It is said, with a reason, after every point that was named."""
    end = story.over("REINSTALLATION_NEEDED", reason="none is left")
    both = [story.restoration_failed("vnfm", "p2"), story.restore("vnfm", "p1")]
    assert verdict("reinstallation_reported", second(*both, end)) == "pass"
    assert verdict("reinstallation_reported", second(end)) == "fail"
    assert verdict("reinstallation_reported", second(*both, story.over("REINSTALLATION_NEEDED"))) == "fail"
    assert verdict("reinstallation_reported", second(*both, story.over())) == "fail"


def test_an_ongoing_operation_keeps_nobody_from_being_stopped() -> None:
    """The target is stopped while the operation that was accepted before has not completed."""
    location = "/vnflcm/v1/vnf_lcm_op_occs/o1"
    begun = story.message("nfvo", "vnfm", "POST", "/vnflcm/v1/vnf_instances/1/instantiate", 202, location=location)
    done = story.report("VnfLcm", "vnfm", "nfvo", vnfLcmOpOccId="o1", operationState="COMPLETED")
    names = list(STORY)
    rest = names[names.index("asked") :]
    before = ("point vnfm", "point vim")
    assert verdict("stopped_meanwhile", case(*before, begun, *rest)) == "pass"
    assert verdict("stopped_meanwhile", case(*before, begun, done, *rest)) == "inconclusive"
    assert verdict("stopped_meanwhile", case(*before, begun, *(n for n in rest if n != "stopped vnfm"))) == "fail"


def test_the_smm_hands_over_what_it_kept() -> None:
    """The point it made, still there, at the Fallback Manager."""
    made = story.message("smm", "vnfm", "POST", story.POINTS, 201, response={"id": "p1"})
    gone = story.message("smm", "vnfm", "DELETE", f"{story.POINTS}/p1", 204)
    end = story.report("SoftwareModificationProcessNotification", "smm", "observer", state="FAILED", outcome="X")
    request = story.asked(source="smm")
    assert verdict("handed_over", case(made, request)) == "pass"
    assert verdict("handed_over", case(made, story.asked("p9", source="smm"))) == "fail"
    assert verdict("handed_over", case(made, gone, request)) == "fail"
    assert verdict("handed_over", case(made, end)) == "fail"


def test_the_conditions_hold_in_the_whole_story() -> None:
    """Points, suites, and everybody at work on the same data."""
    for rule in ("point_available", "all_suites_available", "all_work_after_fallback"):
        assert verdict(rule, changed()) == "pass", rule


@pytest.mark.parametrize(
    ("rule", "instead"),
    [
        ("point_available", {"points_vim": story.points("vim")}),
        ("all_suites_available", {"suites_vim": story.suites("vnfm")}),
        ("all_work_after_fallback", {"after_vnfm": story.looks("vnfm", LOCKED)}),
        ("all_work_after_fallback", {"after_nfvi": story.looks("nfvi", LOCKED)}),
        ("all_work_after_fallback", {"really_vnf": story.really("vnf", "vnfm", "c", "e")}),
    ],
)
def test_a_condition_that_does_not_hold_fails(rule: str, instead: dict[str, Any]) -> None:
    """One entity that is not as it should be is enough."""
    assert verdict(rule, changed(**instead)) == "fail"


def test_roles_are_known_by_what_was_done() -> None:
    """Who restored, who was set back, who was asked what is there."""
    one = changed()
    assert verdict("fallback_manager_played", one, actors=(story.FM,)) == "pass"
    assert verdict("fallback_manager_played", one, actors=("smm",)) == "fail"
    alone = case(*STORY, story.restore("vnfm", source="nfvo"))
    assert verdict("fallback_manager_played", alone, actors=(story.FM,)) == "fail"
    assert verdict("fallback_targets_played", one, actors=("vnfm", "vim")) == "pass"
    assert verdict("fallback_targets_played", one, actors=("vnfm",)) == "fail"
    whole = case(*STORY)
    assert verdict("managed_entities_played", whole, actors=("vnf", "nfvi")) == "pass"
    assert verdict("managed_entities_played", whole, actors=("vnf",)) == "fail"
    assert verdict("managed_entities_played", changed("discovers vim"), actors=("vnf", "nfvi")) == "fail"
    assert verdict("tester_played", one, actors=("tester",)) == "pass"


def test_a_process_that_fell_back_says_so_after_the_fallback_manager() -> None:
    """The SMM's word alone is nothing."""
    process = "SoftwareModificationProcessNotification"
    end = story.report(process, "smm", "observer", state="FAILED", outcome="FALLEN_BACK")
    after = story.looks("vnfm")
    assert verdict("process_ended", case(story.over(to="smm"), end, after), outcome="a fallback") == "pass"
    assert verdict("process_ended", case(end, after), outcome="a fallback") == "fail"
    late = story.looks("vnfm", UP, "2.0.0")
    assert verdict("process_ended", case(story.over(to="smm"), end, late), outcome="a fallback") == "fail"
