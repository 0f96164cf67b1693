"""partition: the actor is cut off. It reaches nobody and nobody reaches it, and it does not know: its work goes on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mocks.faults.effects import Data, Fault, NoAnswer, go_on

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def _vanish(_data: Data, _app: WSGIApplication, _environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
    raise NoAnswer("hang")


FAULT = Fault("partition", at_request=_vanish, at_point=go_on, lasting="cut")
