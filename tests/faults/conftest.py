"""An actor's faults in a fake world, and a journal that remembers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from mocks.faults.collection import Faults
from mocks.faults.effects import LATE
from mocks.faults.gate import FaultGate
from mocks.faults.middleware import FaultMiddleware
from tests.fakes import FakeClock


class RememberingJournal:
    """Keeps (event, fault or None, detail) in order."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str | None, dict[str, Any]]] = []

    def fault(self, name: str, event: str, detail: dict[str, Any]) -> None:
        self.lines.append((event, name, detail))

    def lab(self, event: str, detail: dict[str, Any]) -> None:
        self.lines.append((event, None, detail))

    @property
    def events(self) -> list[str]:
        return [event for event, _, _ in self.lines]


@dataclass
class Actor:
    """The faults of an actor whose application answers 200 and counts what reaches it."""

    clock: FakeClock = field(default_factory=FakeClock)
    journal: RememberingJournal = field(default_factory=RememberingJournal)
    reached: list[str] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    """By how much each answer is late, as the transport is told."""
    work: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.faults = Faults(self.clock, self.journal)
        self.gate = FaultGate(self.faults)
        self.http = Client(FaultMiddleware(self._app, self.faults), Response)

    def enter(self, point: str) -> None:
        """Bring work to a point; what becomes of it goes into `work`."""
        self.gate.enter(point, lambda: self.work.append(point), lambda error: self.work.append(repr(error)))

    def _app(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.reached.append(environ["PATH_INFO"])
        self.late.append(environ.get(LATE, 0))
        return Response("fine")(environ, start)


@pytest.fixture
def actor() -> Actor:
    return Actor()
