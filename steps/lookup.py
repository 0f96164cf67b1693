"""Which definition a step has, found once for each text.

pytest-bdd asks pytest for every fixture there is, twice for each step that runs: that grows with the scenarios times
the definitions. All definitions here come from plugins, so a text has the same one everywhere, and the definitions
themselves can be asked which of them it is.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING, Any

from steps.phrases import said

if TYPE_CHECKING:
    import pytest
    from pytest_bdd.parser import Step

Find = Callable[..., Any]


class Lookup:
    """Stands before pytest-bdd's own search from `install` to `remove`."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Any] = {}
        self._scenario: Any = import_module("pytest_bdd.scenario")  # the package's attribute of this name is a function
        self._search: Find = self._scenario.get_step_function
        self._by_start: list[tuple[str, Any]] = []

    def install(self) -> None:
        self._scenario.get_step_function = self.find
        definitions = list(import_module("pytest_bdd.steps").step_function_context_registry.values())
        self._by_start = [(getattr(one.parser, "start", ""), one) for one in definitions]
        for one in definitions:  # pytest-bdd asks for it at each step, and it is made from the code
            one.step_func.__signature__ = signature(one.step_func)

    def remove(self) -> None:
        self._scenario.get_step_function = self._search

    def find(self, request: pytest.FixtureRequest, step: Step) -> Any:
        """The definition of a step; None when there is none, which is searched again each time."""
        key = (step.type, step.name)
        if self._known.get(key) is None:
            self._known[key] = self._only(step) or self._search(request=request, step=step)
        return self._known[key]

    def _only(self, step: Step) -> Any:
        """The one definition that matches; None where there is none or a choice, which is pytest-bdd's to make."""
        sentence = said(step.name).lower()
        likely = [one for start, one in self._by_start if sentence.startswith(start)]
        of_type = (one for one in likely if one.type in (None, step.type))
        found = [one for one in of_type if one.parser.is_matching(step.name)]
        return found[0] if len(found) == 1 else None
