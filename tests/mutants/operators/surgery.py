"""Plans that are changed for a mutant: steps taken out, or done before others. Names of what is gone go with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial

from harness.smm.plans import Plan, Recovery, Step, Suspension

Steps = tuple[Step, ...]
Tracks = Mapping[str, Steps]


def without(plan: Plan, ids: Collection[str]) -> Plan:
    """The plan without these steps; where a rollback would begin at one of them, it begins at the next."""
    order = [step.id for step in plan.rollback.steps]
    entries = {one: next((name for name in order[at:] if name not in ids), None) for at, one in enumerate(order)}

    def steps(found: Steps) -> Steps:
        return _entered(tuple(step for step in found if step.id not in ids), entries, ids)

    left = _everywhere(plan, steps)
    suspensions = tuple(replace(one, during=one.during - frozenset(ids)) for one in left.suspensions)
    parallel = replace(left.parallel, during=left.parallel.during - frozenset(ids))
    return replace(left, parallel=parallel, suspensions=suspensions)


def _everywhere(plan: Plan, change: Callable[[Steps], Steps]) -> Plan:
    """The plan with every line of steps changed."""

    def tracks(found: Tracks) -> Tracks:
        return {action: change(each) for action, each in found.items()}

    def suspension(one: Suspension) -> Suspension:
        return replace(
            one,
            suspend=change(one.suspend),
            resume=change(one.resume),
            undo=change(one.undo),
            assist=tracks(one.assist),
        )

    return replace(
        plan,
        modification=replace(plan.modification, steps=change(plan.modification.steps)),
        rollback=replace(plan.rollback, steps=change(plan.rollback.steps)),
        parallel=replace(
            plan.parallel, meanwhile=tracks(plan.parallel.meanwhile), afterwards=tracks(plan.parallel.afterwards)
        ),
        suspensions=tuple(suspension(one) for one in plan.suspensions),
    )


def _entered(steps: Steps, entries: Mapping[str, str | None], gone: Collection[str] = ()) -> Steps:
    """Steps after whose failure a rollback is entered elsewhere, and nobody comes back to what is gone."""
    return tuple(replace(s, on={kind: _cut(r, gone, entries) for kind, r in s.on.items()}) for s in steps)


def unprotected(plan: Plan) -> Plan:
    """The plan whose steps leave what they made where it is."""

    def steps(found: tuple[Step, ...]) -> tuple[Step, ...]:
        return tuple(replace(step, undo=None) for step in found)

    modification = replace(plan.modification, steps=steps(plan.modification.steps))
    return replace(plan, modification=modification, rollback=replace(plan.rollback, steps=steps(plan.rollback.steps)))


def before(plan: Plan, ids: Collection[str], others: Collection[str]) -> Plan | None:
    """The plan that has these steps before those others; None where both are in no section together.

    What is repeated for each item is one block: steps that are no part of it come before all of it. A rollback that
    would begin at what they come before begins with them.
    """
    for name in ("modification", "rollback"):
        section = getattr(plan, name)
        there = [step.id for step in section.steps]
        if set(ids) & set(there) and set(others) & set(there):
            taken = [step for step in section.steps if step.id in ids]
            left = [step for step in section.steps if step.id not in ids]
            first = next(step for step in left if step.id in others)
            block = first.repeat if any(step.repeat != first.repeat for step in taken) else None
            at = next(index for index, step in enumerate(left) if step is first or (block and step.repeat == block))
            entries = {left[at].id: taken[0].id}
            moved = replace(plan, **{name: replace(section, steps=(*left[:at], *taken, *left[at:]))})
            return _everywhere(moved, partial(_entered, entries=entries))
    return _meanwhile(plan, ids)


def _meanwhile(plan: Plan, ids: Collection[str]) -> Plan | None:
    """What would be done for an arrival after the end is done at once."""
    parallel = plan.parallel
    late = {action: tuple(s for s in steps if s.id in ids) for action, steps in parallel.afterwards.items()}
    if not any(late.values()):
        return None
    rest = {action: tuple(s for s in steps if s.id not in ids) for action, steps in parallel.afterwards.items()}
    at_once = {a: (*parallel.meanwhile.get(a, ()), *late.get(a, ())) for a in {*parallel.meanwhile, *late}}
    return replace(plan, parallel=replace(parallel, meanwhile=at_once, afterwards=rest))


def _cut(recovery: Recovery, ids: Collection[str], entries: Mapping[str, str | None]) -> Recovery:
    return replace(
        recovery,
        again=tuple(name for name in recovery.again if name not in ids),
        entry=entries.get(recovery.entry, recovery.entry) if recovery.entry else None,
        otherwise=_cut(recovery.otherwise, ids, entries) if recovery.otherwise else None,
    )
