"""Rules by id; running them all over one document."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from harness.spec.lint.finding import Family, Finding
from harness.spec.model import Document

Check = Callable[[Document], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """A rule: its id, what it holds a document to (the first line of its check's docstring), and the check."""

    id: str
    family: Family
    about: str
    check: Check


RULES: dict[str, Rule] = {}
"""Every rule by its id, in the order of the families."""


class UnknownRule(ValueError):
    """No rule has this id; the message names those that come near."""

    def __init__(self, id: str) -> None:
        near = difflib.get_close_matches(id, RULES, n=3, cutoff=0.4)
        meant = f"did you mean {' or '.join(near)}? " if near else ""
        super().__init__(f"no rule {id!r}: {meant}allowed: {', '.join(RULES)}")


def rule(id: str, family: Family = "mechanical") -> Callable[[Check], Check]:
    """Register a check under an id; its docstring is what the rule is about."""

    def register(check: Check) -> Check:
        if id in RULES:
            raise ValueError(f"two rules are called {id}")
        RULES[id] = Rule(id, family, (check.__doc__ or "").strip().splitlines()[0], check)
        return check

    return register


def lint(document: Document, wanted: Collection[str] = ()) -> list[Finding]:
    """The findings of the wanted rules, of all where none is named, in the order of the document.

    Raises UnknownRule for an id that no rule has.
    """
    for each in wanted:
        if each not in RULES:
            raise UnknownRule(each)
    found = [
        replace(finding, rule=one.id, family=one.family)
        for one in RULES.values()
        if not wanted or one.id in wanted
        for finding in one.check(document)
    ]
    return sorted(found, key=lambda finding: (finding.place, finding.where, finding.rule))
