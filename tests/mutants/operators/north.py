"""What an SMM does wrong to its external manager: how it answers, what it takes up, what it tells by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from harness.smm.engine import Process, World
from harness.smm.journal import Journal
from harness.smm.operations import Launch
from harness.smm.plans import Plan

INVENTED = {"percentage": 99}


@dataclass(frozen=True)
class North:
    """The operator, and where it is at work: `what` is an answer, a wish or a notice, `which` of them it is.

    A notice that is too early is sent when the first of the steps `before` it begins.
    """

    what: str
    operator: str
    which: str
    before: frozenset[str]

    def is_early(self, event: str, step: str) -> bool:
        return (self.what, self.operator, event) == ("notice", "too-early", "started") and step in self.before


class Evasive(Process):
    """A process that hides from its manager how far it is, makes that up, or does not do what was wished."""

    def __init__(
        self, launch: Launch, plan: Plan, journal: Journal, world: World, north: North, acts: Callable[[], None]
    ) -> None:
        super().__init__(launch, plan, journal, world)
        self._north = north
        self._acts = acts

    def inquire(self) -> dict[str, Any]:
        found = super().inquire()
        if self._north.what != "answer":
            return found
        self._acts()
        if self._north.operator == "leave-out":
            return {**found, "currentRow": None, "currentStep": None}
        return {**found, "details": {**found.get("details", {}), **INVENTED}}

    def ask(self, request: str) -> bool:
        if self._north.what != "wish" or request != self._north.which:
            return super().ask(request)
        self._acts()
        return self._north.operator != "leave-out"
