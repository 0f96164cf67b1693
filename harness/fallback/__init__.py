"""The reference Fallback Manager (GR clause 5.9): it knows restoration points, and nothing of execution plans.

    app = create(surroundings)          # a WSGI app: fallback/v1 and the manager's callbacks

A fallback is told as a procedure (procedure.py) that stops wherever something has to be waited for; notifications and
time-outs bring it on (fallback.py). What it knows it keeps in memory only: a fallback can be asked for again.

A mutant is the same with another procedure: `create(surroundings, Wrong)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from harness.callbacks import Callbacks
from harness.fallback.manager import FallbackManager
from harness.fallback.northbound import ENVIRON, app
from harness.fallback.procedure import Procedure
from harness.sut.surroundings import Surroundings

__all__ = ["Procedure", "Subject", "create"]


class Subject:
    """A Fallback Manager as a WSGI app; `manager` is what is behind it."""

    def __init__(self, manager: FallbackManager) -> None:
        self.manager = manager
        self._app = Callbacks(app(), manager)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ[ENVIRON] = self.manager
        return self._app(environ, start_response)


def create(surroundings: Surroundings, procedure: type[Procedure] = Procedure) -> Subject:
    """Make a Fallback Manager in its surroundings."""
    return Subject(FallbackManager(surroundings, procedure))
