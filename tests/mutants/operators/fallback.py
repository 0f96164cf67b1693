"""The reference Fallback Manager with one part of its procedure done wrong (table 5.9.5-1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from harness.clients.entities import Entity
from harness.clients.http import Body
from harness.fallback import Procedure, Subject
from harness.fallback.fallback import RESTORED
from harness.fallback.manager import FallbackManager
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
        manager = FallbackManager if self.part != "run" else partial(_Messenger, self)
        return Subject(manager(surroundings, self._procedure()))

    def _procedure(self) -> type[Procedure]:
        fallen = self

        class Wrong(Procedure):
            led = False

            def at(self, name: str) -> Entity:
                return super().at(fallen.others.get(name, name) if self.led else name)

            def run(self) -> Steps:
                if fallen.part == "run" and fallen.operator == "goes-on-after-failure":
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
                yield from _careless(do)
        except Impossible:
            if self.operator != "goes-on-after-failure":
                raise
            self.acted = True
        finally:
            procedure.led = False


def _careless(do: Callable[[], Steps | None]) -> Steps:
    """Once more, whatever comes of it."""
    with suppress(Impossible):
        yield from _steps(do)


class _Messenger(FallbackManager):
    """A Fallback Manager whose report of the end is wrong; whoever asks is told how it is."""

    def __init__(self, fallen: Fallen, surroundings: Surroundings, procedure: type[Procedure]) -> None:
        super().__init__(surroundings, procedure)
        self._fallen = fallen

    def _deliver(self, callback_uri: str, told: Body) -> None:
        operator = self._fallen.operator
        early = told["currentRow"].endswith("#8") and operator == "too-early"
        if told["outcome"] != RESTORED and not early:
            super()._deliver(callback_uri, told)
            return
        self._fallen.acted = True
        if early:
            told = {**told, "state": "COMPLETED", "outcome": RESTORED}
        if operator == "wrong-actor":
            callback_uri = self.entities[next(iter(self._fallen.others))].http.url + urlsplit(callback_uri).path
        if operator != "leave-out" and (early or operator != "too-early"):
            super()._deliver(callback_uri, told)
        if operator == "twice":
            super()._deliver(callback_uri, told)


def _steps(do: Callable[[], Steps | None]) -> Steps:
    yield from do() or ()
