"""Which action is taken for LCM and VRM operations during a modification (GR 5.2.2.7, 5.2.2.8, Inf.008, Inf.009).

Two parties have a say: the entity, whose capability lists what it can do for each type of operation, and the operator,
whose policy lists what is preferred. The action is the first preference that the capability lists too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from harness.problems import Problem, unknown

When = Literal["ongoing", "parallel"]
Preferences = Mapping[str, tuple[str, ...]]

ACTIONS: Mapping[When, tuple[str, ...]] = {
    "ongoing": ("PARALLEL", "COMPLETE_FIRST"),
    "parallel": ("PARALLEL", "DELAY", "NOTIFY_CONSUMER", "SUSPEND"),
}
"""The actions that exist: for an operation that was there first, and for one that comes later."""

SAFE: Mapping[When, tuple[str, ...]] = {"ongoing": ("COMPLETE_FIRST",), "parallel": ("DELAY", "SUSPEND")}
"""What is taken when no preference fits, best first: the choices that disturb no operation."""

WITHOUT_CAPABILITY = frozenset({"COMPLETE_FIRST"})
"""What the SMM can do by itself, whatever the entity is capable of: it waits before it asks for anything."""

TYPES = ("NS_LCM", "VNF_LCM", "VRM")


@dataclass(frozen=True)
class OperatorPolicy:
    """The operator's preferences for each type of operation, best first; empty means: whatever is safe."""

    ongoing: Preferences = field(default_factory=dict)
    parallel: Preferences = field(default_factory=dict)

    def preferences(self, when: When, operation_type: str) -> tuple[str, ...]:
        return (self.ongoing if when == "ongoing" else self.parallel).get(operation_type, ())


class PolicyError(ValueError):
    """A policy that cannot be used; `problems` lists every reason."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def parse(data: Any) -> OperatorPolicy:
    """Make a policy of data that came over the API; raises PolicyError with every problem at once."""
    problems = _problems(data)
    if problems:
        raise PolicyError([problem.text() for problem in problems])
    given = {when: {kind: tuple(actions) for kind, actions in data.get(when, {}).items()} for when in ACTIONS}
    return OperatorPolicy(ongoing=given["ongoing"], parallel=given["parallel"])


def _problems(data: Any) -> list[Problem]:
    if not isinstance(data, Mapping):
        return [Problem(("policy",), f"{data!r} should be an object with the keys {', '.join(ACTIONS)}")]
    found: list[Problem] = []
    for when, preferences in data.items():
        actions = ACTIONS.get(when)
        if actions is None:
            found.append(Problem(("policy", when), unknown("key", when, ACTIONS)))
        elif not isinstance(preferences, Mapping):
            found.append(Problem(("policy", when), f"{preferences!r} should be an object of lists"))
        else:
            found += _preferences(("policy", when), preferences, actions)
    return found


def _preferences(path: tuple[str, ...], preferences: Mapping[str, Any], actions: Sequence[str]) -> list[Problem]:
    strange = [kind for kind in preferences if kind not in TYPES]
    found = [Problem((*path, kind), unknown("type of operation", kind, TYPES)) for kind in strange]
    for kind, wanted in preferences.items():
        if not isinstance(wanted, list):
            found.append(Problem((*path, kind), f"{wanted!r} should be a list of actions, best first"))
            continue
        found += [
            Problem((*path, kind, index), unknown("action", action, actions))
            for index, action in enumerate(wanted)
            if action not in actions
        ]
    return found


def choose(when: When, operation_type: str, policy: OperatorPolicy, capability: Mapping[str, Any]) -> str | None:
    """The action for this type of operation, or None when entity and operator leave none.

    `capability` is the entity's capability as it tells it; an entity that cannot be suspended cannot do SUSPEND.
    """
    listed = set(capability.get("operationHandling", {}).get(operation_type, {}).get(when, ())) | WITHOUT_CAPABILITY
    if not capability.get("suspendable", False):
        listed.discard("SUSPEND")
    for action in (*policy.preferences(when, operation_type), *SAFE[when]):
        if action in listed and action in ACTIONS[when]:
            return action
    return None
