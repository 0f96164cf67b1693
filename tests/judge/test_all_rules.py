"""What holds for every rule there is."""

from __future__ import annotations

import inspect
import itertools
from typing import Any

import pytest

import harness.judge.rules  # noqa: F401
from harness.judge.findings import Finding
from harness.judge.registry import CONDITIONS, FLOW, PARTS, Rule, Rules, judge
from harness.judge.rules.closure import OUTCOMES
from harness.judge.verdicts import Verdict
from tests.judge.story import CLEAN, PROCESS, case, report

VALUES: dict[str, list[Any]] = {
    "version": ["source", "destination"],
    "retry": ["possible", "not feasible"],
    "outcome": list(OUTCOMES),
    "action": ["PARALLEL", "DELAY", "NOTIFY_CONSUMER", "SUSPEND"],
    "number": [0, 1],
    "which": ["old", "new"],
    "extent": ["older", "wider"],
    "kind": ["generic", "specific"],
    "instance": ["source", "destination"],
    "concerned": ["impacted FEs", "impacted entities"],
    "others": ["oss, em"],
    "task": ["suspend", "resume", "rollback"],
    "actors": [("smm",), ("vnfm",), ("nfvo", "vim"), ("vnf", "em"), ("tester",)],
}
RULES = [*FLOW, *CONDITIONS, *PARTS]


def calls(rule: Rule) -> list[dict[str, Any]]:
    """Every combination of arguments that the rule takes."""
    names = list(inspect.signature(rule.judge).parameters)[1:]
    return [dict(zip(names, values, strict=True)) for values in itertools.product(*(VALUES[name] for name in names))]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_an_empty_history_never_passes(rule: Rule) -> None:
    """Where nothing happened nothing is proved, and no rule breaks over it."""
    for arguments in calls(rule):
        assert judge(rule, case(), **arguments).verdict in (Verdict.INCONCLUSIVE, Verdict.FAIL), arguments


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@pytest.mark.parametrize("outcome", OUTCOMES.values())
def test_a_subject_that_only_talks_never_passes(rule: Rule, outcome: str) -> None:
    """A process that is taken up and said to have ended proves nothing without what it did."""
    end = report(PROCESS, "smm", "observer", state="COMPLETED", outcome=outcome)
    for arguments in calls(rule):
        found = judge(rule, case("launch", end), **arguments)
        assert found.verdict in (Verdict.INCONCLUSIVE, Verdict.FAIL) or outcome == "FALLBACK_NEEDED", arguments


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_no_rule_breaks_over_a_part_of_a_story(rule: Rule) -> None:
    """Whatever a story breaks off at, a rule finds something; an error would be the harness' own."""
    lines = list(CLEAN)
    for length in range(0, len(lines), 5):
        for arguments in calls(rule):
            if arguments.get("action") != "COMPLETE_FIRST":
                assert judge(rule, case(*lines[:length]), **arguments).verdict is not Verdict.ERROR


def test_a_rule_that_breaks_is_an_error() -> None:
    """A crash of the judge is never shown as the subject's pass or fail."""
    rules = Rules()

    @rules("it breaks")
    def breaks(_case: Any) -> Finding:
        raise ZeroDivisionError("by the test")

    found = judge(rules.named("breaks"), case())
    assert found.verdict is Verdict.ERROR
    assert "ZeroDivisionError: by the test" in found.reason


def test_a_sentence_stands_for_one_rule() -> None:
    """A second rule under the same name or sentence is refused."""
    rules = Rules()
    rules("it is so")(lambda _case: Finding())
    with pytest.raises(ValueError, match="two rules"):
        rules("it is so")(lambda _case: Finding())


def test_an_unknown_rule_names_those_there_are() -> None:
    """A wrong sentence is answered with the known ones."""
    with pytest.raises(KeyError, match="known are"):
        FLOW.saying("it is otherwise")
