"""The transport without sockets: requests reach the WSGI applications of the lab by a call."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from mocks.faults.effects import WAIT, NoAnswer

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

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


_BLANK = vars(requests.Response())
"""What every answer begins as. To make it anew, with a jar for cookies, costs as much as the rest of an answer."""


class DirectAdapter(BaseAdapter):
    """Lets a `requests` session speak to a DirectNetwork."""

    def __init__(self, network: DirectNetwork) -> None:
        super().__init__()
        self._network = network

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002 - the signature is requests'
        timeout: Any = None,
        verify: Any = True,  # noqa: ARG002
        cert: Any = None,  # noqa: ARG002
        proxies: Any = None,  # noqa: ARG002
    ) -> requests.Response:
        body = request.body or b""
        status, headers, content = self._network.call(
            request.method or "GET",
            request.url or "",
            request.headers,
            body.encode() if isinstance(body, str) else body,
            _read_timeout(timeout),
        )
        response = requests.Response.__new__(requests.Response)
        vars(response).update(_BLANK)
        response.status_code = status
        response.headers = CaseInsensitiveDict(headers)
        response.url = request.url or ""
        response.request = request
        response._content = content
        response.encoding = "utf-8"
        return response

    def close(self) -> None:
        """Nothing is held open."""


def _read_timeout(timeout: Any) -> float:
    value = timeout[1] if isinstance(timeout, tuple) else timeout
    return float(value) if value is not None else 60.0


def environ_of(
    method: str, host: str, path: str, query: str, headers: Mapping[str, str], body: bytes
) -> WSGIEnvironment:
    """A request as WSGI has it."""
    environ: WSGIEnvironment = {
        **_ALWAYS,
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote(path),
        "QUERY_STRING": query,
        "SERVER_NAME": host,
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
    }
    for name, value in headers.items():
        environ[_key(name)] = value
    environ["CONTENT_LENGTH"], environ["HTTP_HOST"] = str(len(body)), host
    return environ


_ALWAYS: WSGIEnvironment = {
    "SCRIPT_NAME": "",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "REMOTE_ADDR": "127.0.0.1",
    "wsgi.version": (1, 0),
    "wsgi.url_scheme": "http",
    "wsgi.multithread": False,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
}


@lru_cache(maxsize=256)
def _key(header: str) -> str:
    """What WSGI calls a header."""
    key = header.upper().replace("-", "_")
    return key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
