"""lost-response: the actor carries the request out, and its answer gets lost on the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from mocks.faults.effects import Data, Fault, NoAnswer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def _lose(_data: Data, app: WSGIApplication, environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
    chunks = app(environ, _unheard)
    for _ in chunks:
        pass  # an application may do its work while its answer is read
    close = getattr(chunks, "close", None)
    if close is not None:
        close()
    raise NoAnswer("lost")


def _unheard(_status: str, _headers: list[tuple[str, str]], _exc: Any = None, /) -> Callable[[bytes], object]:
    return lambda _: None


FAULT = Fault("lost-response", at_request=_lose)
