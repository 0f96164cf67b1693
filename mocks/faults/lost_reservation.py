"""lost-reservation: the reservation that a request is about is gone, as when what is behind it broke (clause 5.8).

It strikes at a request on something below a reservation, /vrm/v1/reservations/{id}/..., which then finds none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from mocks.faults.effects import Data, Fault

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def _lose(_data: Data, app: WSGIApplication, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    above, _, _ = environ["PATH_INFO"].rpartition("/")
    body = {"CONTENT_LENGTH": "0", "wsgi.input": BytesIO()}
    for _ in app({**environ, **body, "REQUEST_METHOD": "DELETE", "PATH_INFO": above}, _unheard):
        pass  # the provider does its work while its answer is read
    return app(environ, start)


def _unheard(_status: str, _headers: list[tuple[str, str]], _exc: Any = None, /) -> Callable[[bytes], object]:
    return lambda _: None


FAULT = Fault("lost-reservation", at_request=_lose)
