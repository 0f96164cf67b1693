"""The definition of a step is searched once for each text."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest_bdd.steps  # noqa: F401  (the package that is stood before)

from steps.lookup import Lookup


def step(name: str, type: str = "then") -> Any:
    return SimpleNamespace(type=type, name=name)


def test_a_text_is_searched_once_and_of_each_type() -> None:
    """What was found is kept; what was not may come later, so it is searched again."""
    asked: list[tuple[str, str]] = []
    lookup = Lookup()

    def search(request: Any, step: Any) -> str | None:
        asked.append((step.type, step.name))
        return None if step.name == "nobody says" else f"{step.type} {step.name}"

    lookup._search = search
    assert [lookup.find(None, step("it is so")) for _ in range(3)] == ["then it is so"] * 3  # type: ignore[arg-type]
    assert lookup.find(None, step("it is so", "given")) == "given it is so"  # type: ignore[arg-type]
    assert [lookup.find(None, step("nobody says")) for _ in range(2)] == [None, None]  # type: ignore[arg-type]
    assert asked == [("then", "it is so"), ("given", "it is so"), ("then", "nobody says"), ("then", "nobody says")]


def test_it_goes_as_it_came() -> None:
    """pytest-bdd is as before when the session is over."""
    lookup = Lookup()
    before = lookup._scenario.get_step_function
    lookup.install()
    assert lookup._scenario.get_step_function == lookup.find
    lookup.remove()
    assert lookup._scenario.get_step_function is before


def test_only_what_can_begin_so_is_asked() -> None:
    """A definition whose sentence begins otherwise is not asked; one that leaves its beginning open is."""
    asked: list[str] = []

    def definition(name: str, **start: str) -> Any:
        def is_matching(sentence: str) -> bool:
            asked.append(name)
            return name in sentence

        return SimpleNamespace(type=None, parser=SimpleNamespace(is_matching=is_matching, **start))

    lookup = Lookup()
    definitions = [definition("works", start="the smm "), definition("waits", start="the target "), definition("any")]
    lookup._by_start = [(getattr(one.parser, "start", ""), one) for one in definitions]
    assert lookup.find(None, step("(2) The SMM works")) is definitions[0]  # type: ignore[arg-type]
    assert asked == ["works", "any"]
