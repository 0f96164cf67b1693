"""The action for an operation, from capability and policy."""

from __future__ import annotations

import pytest

from harness.smm.policy import OperatorPolicy, PolicyError, When, choose, parse


@pytest.mark.parametrize(
    ("when", "preferred", "capable", "suspendable", "action"),
    [
        ("ongoing", ["PARALLEL"], ["PARALLEL", "COMPLETE_FIRST"], True, "PARALLEL"),
        ("ongoing", ["PARALLEL"], [], True, "COMPLETE_FIRST"),
        ("ongoing", [], ["PARALLEL"], True, "COMPLETE_FIRST"),
        ("ongoing", ["COMPLETE_FIRST", "PARALLEL"], ["PARALLEL"], True, "COMPLETE_FIRST"),
        ("parallel", ["SUSPEND", "DELAY"], ["DELAY", "SUSPEND"], True, "SUSPEND"),
        ("parallel", ["SUSPEND", "DELAY"], ["DELAY", "SUSPEND"], False, "DELAY"),
        ("parallel", ["NOTIFY_CONSUMER"], ["DELAY"], True, "DELAY"),
        ("parallel", [], ["SUSPEND", "PARALLEL"], True, "SUSPEND"),
        ("parallel", ["DELAY"], ["PARALLEL"], True, None),
        ("parallel", ["PARALLEL"], ["PARALLEL"], True, "PARALLEL"),
    ],
)
def test_the_first_preference_that_the_entity_lists_is_taken(
    when: When, preferred: list[str], capable: list[str], suspendable: bool, action: str | None
) -> None:
    """Operator first, within what the entity can; else what is safe; else nothing."""
    policy = parse({when: {"VNF_LCM": preferred}})
    capability = {"suspendable": suspendable, "operationHandling": {"VNF_LCM": {when: capable}}}
    assert choose(when, "VNF_LCM", policy, capability) == action


def test_every_problem_of_a_policy_is_named_at_once() -> None:
    """Key, type and action, each with what is allowed."""
    with pytest.raises(PolicyError) as caught:
        parse({"paralel": {}, "ongoing": {"VNFLCM": ["DELAY"], "VRM": "PARALLEL"}})
    text = "\n".join(caught.value.problems)
    assert "did you mean 'parallel'" in text
    assert "did you mean 'VNF_LCM'" in text
    assert "policy.ongoing.VNFLCM[0]: 'DELAY' is not a known action; allowed: COMPLETE_FIRST, PARALLEL" in text
    assert "policy.ongoing.VRM: 'PARALLEL' should be a list" in text


def test_no_policy_prefers_nothing() -> None:
    """An absent policy leaves it to what is safe."""
    assert parse({}) == OperatorPolicy({}, {})
