"""crash: the actor dies where the fault strikes; it answers nothing and does nothing until it is started again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mocks.faults.effects import Data, Fault, NoAnswer, Passing

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def _die(_data: Data, _app: WSGIApplication, _environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
    raise NoAnswer("refused")


def _swallow(_data: Data, _passing: Passing) -> None:
    """The step never comes back: what was under way when the process died is lost."""


FAULT = Fault("crash", at_request=_die, at_point=_swallow, lasting="dead")
