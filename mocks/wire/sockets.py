"""The transport with sockets, on the caller's side: one HTTP exchange at a time over connections that are kept open."""

from __future__ import annotations

import re
import select
import socket
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import requests

from mocks.wire.calls import Calls
from mocks.wire.messages import Ended, Headers, Response, head, read_response

KEPT = 8
"""Connections to one host that are kept; more are opened while more exchanges are under way."""

OWN = frozenset({"host", "accept-encoding", "content-length"})
"""Headers that are the connection's business, not the caller's."""

MEANT_TO_HAVE_A_BODY = frozenset({"POST", "PUT", "PATCH"})

PLAIN = re.compile(r"[!-~]*")
"""What may stand in a request's first line as it is."""


class Place(NamedTuple):
    """Where a URL leads: a host and port to connect to, what the host is called, and what is asked of it."""

    address: tuple[str, int]
    host: str
    target: str


class SocketExchange:
    """An Exchange over sockets; may be used from any thread.

    An exchange of a lab is short, and there are very many: what a client of a library works out for each one costs ten
    times as much as the exchange. What is encrypted is left to `requests`.
    """

    def __init__(self, calls: Calls | None = None) -> None:
        """`calls` are told of each exchange: then the end of a connection can mean that the caller's time is up."""
        self._calls = calls
        self._idle: dict[tuple[str, int], list[socket.socket]] = {}
        self._closed = False

    def __call__(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, timeout: float
    ) -> tuple[int, Headers, bytes]:
        """Status, headers and body of the answer; raises what `requests` raises when none comes."""
        if not url.startswith("http://"):
            return _encrypted(method, url, headers, body, timeout)
        place = _place(url)
        try:
            answer = self._exchange(place, _request(method, place, headers, body), method, timeout)
        except TimeoutError as error:
            raise requests.ReadTimeout(f"no answer from {place.host} within {timeout:g} s") from error
        except (OSError, ValueError) as error:
            raise requests.ConnectionError(f"{place.host}: {error}") from error
        return answer.status, answer.headers, answer.body

    def close(self) -> None:
        """End the connections that are kept; those under way end with their exchanges."""
        self._closed = True
        for lines in list(self._idle.values()):
            while (line := _last(lines)) is not None:
                line.close()

    def _exchange(self, place: Place, message: bytes, method: str, timeout: float) -> Response:
        line = self._line(place.address, timeout)
        stays = False
        try:
            answer = self._answered(line, message, method, timeout)
            stays = answer.stays
            return answer
        finally:
            if stays:
                self._keep(place.address, line)
            else:
                line.close()

    def _answered(self, line: socket.socket, message: bytes, method: str, timeout: float) -> Response:
        if self._calls is None:
            line.sendall(message)
            return read_response(line, method)
        here = line.getsockname()
        call = self._calls.begin(here, timeout)
        try:
            line.sendall(message)
            return read_response(line, method)
        except Ended:
            if call.over:
                raise TimeoutError from None
            raise
        finally:
            self._calls.end(here)

    def _line(self, address: tuple[str, int], timeout: float) -> socket.socket:
        """A connection that is kept and still open, or a new one."""
        while (line := _last(self._idle.get(address, []))) is not None:
            if not _said_something(line):
                line.settimeout(timeout)
                return line
            line.close()
        return _connected(address, timeout)

    def _keep(self, address: tuple[str, int], line: socket.socket) -> None:
        lines = self._idle.setdefault(address, [])
        if self._closed or len(lines) >= KEPT:
            line.close()
        else:
            lines.append(line)


def _last(lines: list[socket.socket]) -> socket.socket | None:
    """The connection that was used last, taken from the list; another thread may take the last one there is first."""
    try:
        return lines.pop()
    except IndexError:
        return None


def _connected(address: tuple[str, int], timeout: float) -> socket.socket:
    try:
        line = socket.create_connection(address, timeout)
    except TimeoutError as error:
        raise Ended(f"no connection within {timeout:g} s") from error
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


def _said_something(line: socket.socket) -> bool:
    """Whether there is anything to read on a connection on which nothing was asked: its end, as a rule."""
    poll = select.poll()
    poll.register(line, select.POLLIN)
    return bool(poll.poll(0))


@lru_cache(maxsize=4096)
def _place(url: str) -> Place:
    try:
        parts = urlsplit(url)
        address = (parts.hostname or "", parts.port or 80)
    except ValueError as error:
        raise requests.exceptions.InvalidURL(f"{url!r}: {error}") from error
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    if not PLAIN.fullmatch(target):
        target = quote(target, safe="/?#[]@!$&'()*+,;=:%~")
    return Place(address, parts.netloc.rpartition("@")[2], target)


def _request(method: str, place: Place, headers: Mapping[str, str], body: bytes) -> bytes:
    """A request as it goes out."""
    own = [("Host", place.host), ("Accept-Encoding", "identity")]  # the answer is read as it comes
    if body or method in MEANT_TO_HAVE_A_BODY:
        own.append(("Content-Length", str(len(body))))
    said = ((name, value) for name, value in headers.items() if name.lower() not in OWN)
    return head(f"{method} {place.target} HTTP/1.1", [*own, *said]) + body


def _encrypted(
    method: str, url: str, headers: Mapping[str, str], body: bytes, timeout: float
) -> tuple[int, Headers, bytes]:
    answer = requests.request(method, url, headers=dict(headers), data=body, timeout=timeout, allow_redirects=False)
    return answer.status_code, list(answer.headers.items()), answer.content
