"""hang: the actor takes a request and never answers, or a step of its work stands still until the fault heals.

Armed without a place, all of the actor stands still: nothing is answered, nothing is done, nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mocks.faults.effects import Data, Fault, NoAnswer, Passing

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def _silence(_data: Data, _app: WSGIApplication, _environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
    raise NoAnswer("hang")


def _stand_still(_data: Data, passing: Passing) -> None:
    passing.park(passing.proceed)


FAULT = Fault("hang", at_request=_silence, at_point=_stand_still, everywhere="still")
