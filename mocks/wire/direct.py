"""The transport without sockets: requests reach the WSGI applications of the lab by a call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests

from mocks.faults.effects import WAIT, NoAnswer
from mocks.wire.gateway import environ_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from mocks.wire.clock import VirtualClock

Headers = list[tuple[str, str]]

split = lru_cache(maxsize=4096)(urlsplit)
"""The parts of a URL; the lab's are asked for over and over."""


class DirectNetwork:
    """The hosts of a lab, each a WSGI application under its name; `call` is one exchange."""

    def __init__(self, clock: VirtualClock) -> None:
        self._apps: dict[str, WSGIApplication] = {}
        self._clock = clock

    def attach(self, host: str, app: WSGIApplication) -> None:
        self._apps[host] = app

    def call(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, timeout: float
    ) -> tuple[int, Headers, bytes]:
        """Status, headers and body of the answer; raises what `requests` raises when none comes.

        A silence lets the caller's time-out pass on the clock, as it would on a socket.
        """
        parts = split(url)
        host = parts.netloc
        app = self._apps.get(host)
        if app is None:
            raise requests.ConnectionError(f"no actor {host!r} in this lab")
        answer: list[Any] = []

        def start(*started: Any) -> Callable[[bytes], object]:
            answer[:] = started
            return lambda _: None

        environ = environ_of(method, host, parts.path, parts.query, headers, body)
        environ[WAIT] = patience = _Patience(self._clock, timeout)
        try:
            chunks: Iterable[bytes] = app(environ, start)
        except NoAnswer as silence:
            if silence.kind == "hang":
                self._clock.skip(timeout)
            if silence.kind == "hang" or patience.lost:
                raise requests.ReadTimeout(f"no answer from {host} within {timeout:g} s") from None
            raise requests.ConnectionError(f"{host} closed the connection: {silence.kind}") from None
        return int(answer[0][:3]), answer[1], b"".join(chunks)


class _Patience:
    """How long the caller of one request waits for a late answer, in lab seconds."""

    def __init__(self, clock: VirtualClock, timeout: float) -> None:
        self._clock = clock
        self._timeout = timeout
        self.lost = False

    def __call__(self, seconds: float) -> bool:
        self._clock.skip(min(seconds, self._timeout))
        self.lost = seconds >= self._timeout
        return not self.lost
