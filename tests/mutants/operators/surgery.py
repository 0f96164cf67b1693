"""Plans that are changed for a mutant: steps taken out, or done before others. Names of what is gone go with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from harness.smm.plans import Plan, Recovery, Step, Suspension

Tracks = Mapping[str, tuple[Step, ...]]


def without(plan: Plan, ids: Collection[str]) -> Plan:
    """The plan without these steps; where a rollback would begin at one of them, it begins at the next."""
    order = [step.id for step in plan.rollback.steps]
    entries = {one: next((name for name in order[at:] if name not in ids), None) for at, one in enumerate(order)}

    def steps(found: tuple[Step, ...]) -> tuple[Step, ...]:
        kept = [step for step in found if step.id not in ids]
        return tuple(replace(s, on={kind: _cut(r, ids, entries) for kind, r in s.on.items()}) for s in kept)

    def tracks(found: Tracks) -> Tracks:
        return {action: steps(each) for action, each in found.items()}

    def suspension(one: Suspension) -> Suspension:
        asked = {"suspend": steps(one.suspend), "resume": steps(one.resume), "undo": steps(one.undo)}
        return replace(one, during=one.during - frozenset(ids), assist=tracks(one.assist), **asked)

    return replace(
        plan,
        modification=replace(plan.modification, steps=steps(plan.modification.steps)),
        rollback=replace(plan.rollback, steps=steps(plan.rollback.steps)),
        parallel=replace(
            plan.parallel,
            during=plan.parallel.during - frozenset(ids),
            meanwhile=tracks(plan.parallel.meanwhile),
            afterwards=tracks(plan.parallel.afterwards),
        ),
        suspensions=tuple(suspension(one) for one in plan.suspensions),
    )


def unprotected(plan: Plan) -> Plan:
    """The plan whose steps leave what they made where it is."""

    def steps(found: tuple[Step, ...]) -> tuple[Step, ...]:
        return tuple(replace(step, undo=None) for step in found)

    modification = replace(plan.modification, steps=steps(plan.modification.steps))
    return replace(plan, modification=modification, rollback=replace(plan.rollback, steps=steps(plan.rollback.steps)))


def before(plan: Plan, ids: Collection[str], others: Collection[str]) -> Plan | None:
    """The plan that has these steps before those others; None where both are in no section together."""
    for name in ("modification", "rollback"):
        section = getattr(plan, name)
        there = [step.id for step in section.steps]
        if set(ids) & set(there) and set(others) & set(there):
            taken = [step for step in section.steps if step.id in ids]
            left = [step for step in section.steps if step.id not in ids]
            at = next(index for index, step in enumerate(left) if step.id in others)
            return replace(plan, **{name: replace(section, steps=(*left[:at], *taken, *left[at:]))})
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
