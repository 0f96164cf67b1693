"""The zoo is complete: there is no rule that nobody can fail."""

from __future__ import annotations

import importlib
from collections import Counter

import pytest

import harness.judge.rules  # noqa: F401  (registers the rules)
from harness.judge.invariants import INVARIANTS
from harness.judge.registry import CONDITIONS, FLOW, PARTS
from harness.sut import resolve
from tests.mutants.breaks import BREAKS
from tests.mutants.mutant import Mutant, points, row
from tests.mutants.trial import SUBJECTS
from tests.mutants.zoo import MUTANTS

RULES = sorted(rule.name for rules in (FLOW, CONDITIONS, PARTS) for rule in rules)


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_is_failed_by_the_lie_of_a_mutant(rule: str) -> None:
    """A check that no mutant fails is no check; what a lie only drags along does not count here."""
    liars = [mutant.name for mutant in MUTANTS if rule in {name for name, _ in points(mutant.at)}]
    assert liars


@pytest.mark.parametrize("invariant", [rule.name for rule in INVARIANTS])
def test_each_invariant_is_broken_by_a_mutant(invariant: str) -> None:
    """What every run is judged by has to be seen to fall."""
    assert [mutant.name for mutant in MUTANTS if (invariant, None) in points(mutant.breaks)]


def test_every_point_names_a_rule_that_exists() -> None:
    """A renamed rule must not leave an expectation that nothing can meet."""
    known = {*RULES, *(rule.name for rule in INVARIANTS)}
    assert {name for mutant in MUTANTS for name, _ in mutant.expected} <= known
    assert set(BREAKS) <= {mutant.name for mutant in MUTANTS}


def test_every_mutant_has_a_name_of_its_own_and_a_lie_of_one_sentence() -> None:
    """The table names a mutant by its one lie."""
    twice = [name for name, times in Counter(mutant.name for mutant in MUTANTS).items() if times > 1]
    assert not twice
    wordy = [mutant.name for mutant in MUTANTS if "\n" in mutant.lie or not mutant.lie.endswith(".")]
    assert not wordy


def test_no_mutant_is_left_out_of_the_zoo() -> None:
    """A mutant that is written and not tried protects nothing: all of their modules are in the zoo, whole."""
    tried = {mutant.make for mutant in MUTANTS}
    modules = {make.partition(":")[0]: importlib.import_module(make.partition(":")[0]) for make in tried}
    written = {f"{name}:{own}" for name, module in modules.items() for own in _own(module) if _lies(module, own)}
    assert written == tried


@pytest.mark.parametrize("mutant", [m for m in MUTANTS if m.kind in SUBJECTS], ids=lambda mutant: mutant.name)
def test_an_smm_of_the_zoo_can_be_had_as_a_subject(mutant: Mutant) -> None:
    """`manolab run --subject adapter:...` takes each of them too."""
    assert callable(resolve(f"adapter:{mutant.make}"))


def test_short_rows_are_rows_of_clause_5_2_2() -> None:
    """Role mappings lie beside that clause and are written in full."""
    assert row("5-1#3") == "5.2.2.5-1#3"
    assert row("5.2.5-1#1") == "5.2.5-1#1"
    assert row("5.2.2-1#1") == "5.2.2-1#1"


def _own(module: object) -> list[str]:
    """Public classes and functions that a module defines itself."""
    found = vars(module).items()
    here = getattr(module, "__name__", "")
    return [name for name, thing in found if not name.startswith("_") and getattr(thing, "__module__", "") == here]


def _lies(module: object, name: str) -> bool:
    """Whether something of a module is a subject by itself: a factory of SMMs, or a power of an entity."""
    thing = getattr(module, name)
    if isinstance(thing, type):
        return any(base.__module__.startswith("mocks.entities.") for base in thing.__mro__)
    return list(getattr(thing, "__annotations__", {})) == ["surroundings", "return"]
