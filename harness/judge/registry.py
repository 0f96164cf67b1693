"""Rules by name and by the sentence they enforce; judging one, with a guard around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from harness.judge.case import Case
from harness.judge.findings import Finding
from harness.judge.verdicts import Verdict

P = ParamSpec("P")
Judgement = Callable[Concatenate[Case, P], Finding]


@dataclass(frozen=True)
class Rule:
    """A pure function of a case, and its sentence as the features say it.

    Words in braces in the sentence are arguments of the function: `{version}` is "source" or "destination".
    """

    name: str
    sentence: str
    judge: Callable[..., Finding]


class Rules:
    """All rules of one kind; a name and a sentence stand for exactly one rule each."""

    def __init__(self) -> None:
        self._by_name: dict[str, Rule] = {}
        self._by_sentence: dict[str, Rule] = {}

    def __call__(self, sentence: str) -> Callable[[Judgement[P]], Judgement[P]]:
        """Register the decorated function under its own name and this sentence."""

        def register(judge: Judgement[P]) -> Judgement[P]:
            rule = Rule(judge.__name__, sentence, judge)
            if rule.name in self._by_name or sentence in self._by_sentence:
                raise ValueError(f"two rules called {rule.name!r} or saying {sentence!r}")
            self._by_name[rule.name] = self._by_sentence[sentence] = rule
            return judge

        return register

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._by_name.values())

    def named(self, name: str) -> Rule:
        """The rule of this name; raises KeyError naming those there are."""
        return _found(self._by_name, name)

    def saying(self, sentence: str) -> Rule:
        """The rule that enforces this sentence; raises KeyError naming those there are."""
        return _found(self._by_sentence, sentence)


def _found(rules: dict[str, Rule], key: str) -> Rule:
    if key not in rules:
        raise KeyError(f"no rule {key!r}; known are: {'; '.join(sorted(rules))}")
    return rules[key]


FLOW = Rules()
"""What rows of flow tables and notes ask for; their sentences are steps in features/."""

CONDITIONS = Rules()
"""What pre- and post-conditions ask for; their sentences are cells of condition tables in features/."""

PARTS = Rules()
"""What the roles of an actors table do; their sentences are the roles."""

INVARIANTS = Rules()
"""What every run is judged by, whatever its scenario."""


def judge(rule: Rule, case: Case, **arguments: object) -> Finding:
    """The rule's finding; a rule that breaks is an error of the harness and never a pass."""
    try:
        return rule.judge(case, **arguments)
    except Exception as broken:
        return Finding(Verdict.ERROR, f"rule {rule.name} broke: {type(broken).__name__}: {broken}")
