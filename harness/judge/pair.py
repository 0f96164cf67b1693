"""Two entities that are modified together (GR clause 5.4.2): the case of each, and one finding of two.

Their roles are facts of the scenario, under `pair`; in the roles themselves the second one is `target_2` and
`destination_2`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Literal

from harness.judge.case import Case
from harness.judge.findings import Finding, failed
from harness.judge.history import Entry
from harness.judge.registry import Rule, judge
from harness.judge.verdicts import PRIORITY

Instance = Literal["source", "destination"]


def members(case: Case) -> tuple[Case, ...]:
    """The case with each of the two as the only target; none where only one entity is modified."""
    return tuple(
        replace(
            case,
            roles=replace(
                case.roles,
                target=str(one["target"]),
                destination=str(one["destination"]),
                impacted_fes=tuple(one["impacted_fes"]),
                impacted_entities=tuple(one["impacted_entities"]),
                others={},
            ),
        )
        for one in case.facts.get("pair", ())
    )


def actors(case: Case, instance: Instance) -> tuple[str, ...]:
    """The two actors of one version: both sources, or both destinations."""
    return tuple(one.roles.target if instance == "source" else one.roles.destination for one in members(case))


def mixed(case: Case) -> list[Entry]:
    """Whatever passed, or was refused, between a source of one entity and the destination of the other."""
    pairs = set[tuple[str, str]]()
    for one, other in zip(actors(case, "source"), reversed(actors(case, "destination")), strict=True):
        pairs |= {(one, other), (other, one)}
    return [entry for entry in case.history.entries if (entry.source, entry.to) in pairs]


def judge_each(rule: Rule, cases: Iterable[Case], **arguments: object) -> Finding:
    """What a rule finds of each of the two, as one finding."""
    seen = list(cases)
    return merged(seen, [judge(rule, one, **arguments) for one in seen])


def merged(cases: Sequence[Case], findings: Sequence[Finding]) -> Finding:
    """One finding of two: the worse verdict wins, and what is said of either is kept."""
    if not findings:
        return Finding(reason="no two entities are modified together")
    worst = min(findings, key=lambda one: PRIORITY.index(one.verdict))
    told = [f"{case.roles.target}: {one.reason}" for case, one in zip(cases, findings, strict=True)]
    positions = [one.position for one in findings if one.position is not None]
    return replace(
        worst,
        reason="; ".join(told),
        evidence=tuple(dict.fromkeys(number for one in findings for number in one.evidence)),
        position=max(positions, default=None),
    )


def played(cases: Sequence[Case], actors: Sequence[str], part: Callable[[Case, tuple[str, ...]], Finding]) -> Finding:
    """What the players of a role did, the first for the first of the two."""
    if len(actors) != len(cases):
        return failed(f"{len(cases)} entities have the role, not {len(actors)}")
    return merged(cases, [part(case, (actor,)) for case, actor in zip(cases, actors, strict=True)])
