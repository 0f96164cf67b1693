"""The reference Fallback Manager with one part of its procedure done wrong (table 5.9.5-1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from harness.clients.entities import Entity
from harness.fallback import Procedure, Subject, create
from harness.fallback.procedure import Impossible, Steps
from harness.sut.surroundings import Surroundings

ORDER = ("find_targets", "stop", "restore", "reconcile", "unlock", "test")


class Fallen:
    """What is wrong with a Fallback Manager, and whether that came into play."""

    def __init__(self, operator: str, part: str, others: Mapping[str, str]) -> None:
        self.operator = operator
        self.part = part
        self.others = others
        self.acted = False

    def subject(self, surroundings: Surroundings) -> Subject:
        """The Fallback Manager that does it wrong."""
        return create(surroundings, self._procedure())

    def _procedure(self) -> type[Procedure]:
        fallen = self

        class Wrong(Procedure):
            led = False

            def at(self, name: str) -> Entity:
                return super().at(fallen.others.get(name, name) if self.led else name)

            def run(self) -> Steps:
                if fallen.part == "run":
                    return fallen.done(self, super().run)
                return self._in_order()

            def _in_order(self) -> Steps:
                try:
                    for part in fallen.order():
                        do = getattr(self, part)
                        yield from (fallen.done(self, do) if part == fallen.part else _steps(do))
                finally:
                    self.tidy_up()

        return Wrong

    def order(self) -> list[str]:
        """The parts as they are done; one that is too early comes before the one before it."""
        order = list(ORDER)
        if self.operator == "too-early":
            at = order.index(self.part)
            order[at - 1 : at + 1] = order[at], order[at - 1]
        return order

    def done(self, procedure: Any, do: Callable[[], Steps | None]) -> Steps:
        """The part, done as the operator says."""
        self.acted = self.operator != "goes-on-after-failure"
        if self.operator in ("leave-out", "reports-without-doing"):
            return
        procedure.led = self.operator == "wrong-actor"
        try:
            yield from _steps(do)
            if self.operator == "twice":
                yield from _steps(do)
        except Impossible:
            if self.operator not in ("goes-on-after-failure", "twice"):
                raise
            self.acted = True
        finally:
            procedure.led = False


def _steps(do: Callable[[], Steps | None]) -> Steps:
    yield from do() or ()
