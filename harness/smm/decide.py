"""What comes next in a process: a pure function of its plan and its journal. It does no I/O and knows no entity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from harness.smm.journal import Journal
from harness.smm.plans.model import Plan, Step
from harness.smm.progress import Progress, Track
from harness.smm.reading import progress


@dataclass(frozen=True)
class Do:
    """Do a step."""

    step: Step


@dataclass(frozen=True)
class Undo:
    """Take back what a step did."""

    step: Step


@dataclass(frozen=True)
class Retry:
    """A step failed and is tried again after `delay` lab seconds."""

    step: Step
    delay: float


@dataclass(frozen=True)
class Wait:
    """Nothing to do now; `step` is what is waited for, None when it is the operator."""

    step: Step | None


@dataclass(frozen=True)
class End:
    """The process is over."""

    outcome: str
    reason: str | None


Action = Do | Undo | Retry | Wait | End
Decide = Callable[[Plan, Journal], Action]


def decide(plan: Plan, journal: Journal) -> Action:
    """The next action; the same plan and journal give the same answer."""
    now = progress(plan, journal)
    if now.outcome is not None:
        return _closing(now, now.outcome)
    return _track(now, now.meanwhile) or _main(now)


def _main(now: Progress) -> Action:
    for name in now.main_retrying:
        return Retry(now.retrying[name].step, now.retrying[name].delay)
    for step in now.main_open:
        return Wait(step)
    if (now.suspended and now.stands_still) or now.waits_for_commit:
        return Wait(None)
    if not now.todo:
        # Only the steps beside the main line are still under way.
        return Wait(next(iter(now.open.values()), None))
    return Do(now.todo[0])


def _track(now: Progress, tracks: list[Track]) -> Action | None:
    """The next step beside the main line that can be taken at once."""
    for step in (track.todo[0] for track in tracks if track.todo):
        if step.id in now.retrying:
            continue
        if step.id not in now.open:
            return Do(step)
    for name, retrying in now.retrying.items():
        if name in now.sides:
            return Retry(retrying.step, retrying.delay)
    return None


def _closing(now: Progress, outcome: str) -> Action:
    """The outcome is certain: protections are taken down in reverse order, kept operations settled, then the end."""
    if now.ended:
        return End(outcome, now.reason)
    for name, retrying in now.retrying.items():
        if name not in now.sides:
            return Retry(retrying.step, retrying.delay)
    for step in now.open.values():
        return Wait(step)
    if now.protections:
        return Undo(next(reversed(now.protections.values())))
    return _track(now, now.afterwards) or _hand_over(now) or End(outcome, _reason(now))


def _hand_over(now: Progress) -> Action | None:
    """What is still to do then is the way to the Fallback Manager."""
    return Do(now.todo[0]) if now.todo else None


def _reason(now: Progress) -> str | None:
    """Why it ended so, what was kept on purpose, and what could not be taken down."""
    parts = [now.reason] if now.reason else []
    kept = [f"{step}: {_product(now, step)}" for step in now.kept]
    if kept:
        parts.append(f"a person or the Fallback Manager is needed; kept for them: {'; '.join(kept)}")
    elif now.outcome == "FALLBACK_NEEDED":
        parts.append("a person or the Fallback Manager is needed")
    return ". ".join([*parts, *now.leftovers, *_unsettled(now)]) or None


def _product(now: Progress, name: str) -> str:
    """What a step made, by its identifiers."""
    found = now.fact(name)
    flat = {**found, **{key: value for part in found.values() if isinstance(part, dict) for key, value in part.items()}}
    return ", ".join(f"{key} {value}" for key, value in flat.items() if isinstance(value, str)) or "no identifier"


def _unsettled(now: Progress) -> list[str]:
    """The operations that the target may still keep after a process that needs a fallback."""
    if now.outcome != "FALLBACK_NEEDED":
        return []
    kept = [
        arrival for arrival in now.arrivals.values() if arrival.phase == "parallel" and arrival.action != "PARALLEL"
    ]
    return [f"the target may still keep the {arrival.type} operation {arrival.id}" for arrival in kept]
