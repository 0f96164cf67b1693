"""Operations that are ongoing when the process begins: 5.2.2.7-1 row 1 and note 5."""

from __future__ import annotations

from harness.judge.attempts import requests
from harness.judge.case import Case
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.operations import KINDS, forgotten, hurried, kind_of, operation, operations, untriggered
from harness.judge.registry import FLOW


@FLOW("the SMM checks whether an operation is ongoing at the target")
def ongoing_checked(case: Case) -> Finding:
    """The target's occurrences of its operations are read, and read before the target is asked to change."""
    roles = case.roles
    path = KINDS[kind_of(case)].occurrences
    expected = case.arrow(roles.smm, roles.target, "query ongoing operations")
    asked = [e for e in case.history.find("GET", path, source=roles.smm, to=roles.target, after=case.after) if e.ok]
    if not asked:
        return case.missing("a query for ongoing operations", expected)
    request = next(iter(requests(case)), None)
    if request and asked[0].sent > request.sent:
        return failed("asked only after the target had been asked to change", [request, asked[0]], expected)
    return passed("the SMM read what is ongoing", asked[:1], expected, asked[0].answered)


@FLOW("the SMM goes on with the ongoing operation {action}")
def ongoing_handled(case: Case, action: str) -> Finding:
    """`action` is PARALLEL (the request comes while the operation runs) or COMPLETE_FIRST (it comes after)."""
    one = operation(case)
    request = next(iter(requests(case)), None)
    if one is None or case.launch is None or one.trigger.sent > case.launch.sent:
        return case.missing("an operation that began before the process")
    if one.completed is None or request is None:
        what = "a request to the target" if one.completed else "the completion of the ongoing operation"
        return case.missing(what, instead=[one.trigger])
    evidence = [one.trigger, one.completed, request]
    if one.completed.sent < case.launch.sent:
        return inconclusive("the operation was over before the process began", evidence)
    first = request.sent > one.completed.sent
    if first != (action == "COMPLETE_FIRST"):
        release = hurried(case, case.launch, request) if first else None
        if release:
            return inconclusive("the lab let the operation go on before the request had come", [*evidence, release])
        order = "only after the operation had completed" if first else "while the operation was ongoing"
        return failed(f"the request came {order}, against {action}", evidence)
    return passed(f"as {action} asks", evidence, None, one.completed.answered if first else None)


@FLOW("the operation completes, once")
def operation_completed_once(case: Case) -> Finding:
    """An operation that was accepted is neither lost nor run twice."""
    all_of_them = operations(case)
    if not all_of_them:
        return case.missing("an operation of the consumer")
    if len(all_of_them) > 1:
        return failed("the operation was triggered more than once", [one.trigger for one in all_of_them])
    one = all_of_them[0]
    more = untriggered(case)
    if more:
        return failed("the target executes an operation besides the one that was triggered", [one.trigger, *more])
    if one.completed is None:
        states = [state for _, state in one.states()]
        return case.missing(f"its completion (last seen: {states[-1] if states else 'nothing'})", instead=[one.trigger])
    lost = forgotten(one)
    if lost:
        return failed("the target has forgotten what the operation was about", [one.trigger, *lost])
    return passed("the operation completed", [one.trigger, one.completed])
