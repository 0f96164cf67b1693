"""HTTP/1.1 messages on a connection (RFC 9112): httptools finds their parts, here they become whole messages."""

from __future__ import annotations

import socket
from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

import httptools

Headers = list[tuple[str, str]]

AT_ONCE = 65_536
"""Bytes that are read together."""

LONGEST_HEAD = 65_536
"""Bytes that a message may have before its body."""

LONGEST_BODY = 64 * 1024 * 1024

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Request(NamedTuple):
    """A request that has arrived, its headers in small letters; `stays`: the connection is for another one."""

    method: str
    target: bytes
    headers: dict[str, str]
    body: bytes
    stays: bool


class Response(NamedTuple):
    """An answer that has arrived."""

    status: int
    headers: Headers
    body: bytes
    stays: bool


class Unacceptable(Exception):
    """What arrives is no request that can be answered; `status` is what its sender is to be told."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Ended(ConnectionError):
    """The other side closed the connection before its message was whole."""


class _Parts:
    """What httptools has found of the message under way."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._head = 0
        self._length = 0
        self._headers: Headers = []
        self._body: list[bytes] = []
        self._reading_body = False

    def on_message_begin(self) -> None:
        self._headers, self._body, self._length = [], [], 0
        self._reading_body = False

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers.append((name.decode("latin-1"), value.decode("latin-1")))

    def on_headers_complete(self) -> None:
        self._head = 0
        self._reading_body = True

    def on_body(self, part: bytes) -> None:
        self._body.append(part)
        self._length += len(part)

    def _received(self) -> bytes:
        """What came next; nothing when the other side has ended the connection."""
        data = self._line.recv(AT_ONCE)
        if not self._reading_body:
            self._head += len(data)
        return data


class Requests(_Parts):
    """The requests on one connection, on the server's side."""

    def __init__(self, line: socket.socket) -> None:
        super().__init__(line)
        self._parser = httptools.HttpRequestParser(self)
        self._target = b""
        self._whole: deque[Request] = deque()

    def next(self) -> Request | None:
        """The next one; None when there is none any more. Raises Unacceptable, and what sockets raise."""
        while not self._whole:
            data = self._received()
            if not data:
                return None
            self._feed(data)
            if self._head > LONGEST_HEAD:
                raise Unacceptable(431)
            if self._length > LONGEST_BODY:
                raise Unacceptable(413)
        return self._whole.popleft()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._target = b""

    def on_url(self, part: bytes) -> None:
        self._target += part

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        if any(name.lower() == "expect" and value.lower() == "100-continue" for name, value in self._headers):
            self._line.sendall(CONTINUE)

    def on_message_complete(self) -> None:
        method, stays = self._parser.get_method().decode(), self._parser.should_keep_alive()
        self._whole.append(Request(method, self._target, _joined(self._headers), b"".join(self._body), stays))
        self._reading_body = False

    def _feed(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade as offer:
            # the request is answered as if it had not offered another protocol (RFC 9110 clause 7.8)
            self._parser = httptools.HttpRequestParser(self)
            self._feed(data[offer.args[0] :])
        except httptools.HttpParserError as error:
            if isinstance(error.__context__, OSError):
                raise error.__context__ from None
            raise Unacceptable(400) from None


class _Answer(_Parts):
    """The one answer that is waited for, on the client's side."""

    def __init__(self, line: socket.socket, bodiless: bool) -> None:
        super().__init__(line)
        self._parser = httptools.HttpResponseParser(self)
        self._bodiless = bodiless
        self._done = self._stays = False

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        if self._bodiless:
            self.on_message_complete()

    def on_message_complete(self) -> None:
        self._done = int(self._parser.get_status_code()) >= 200  # what comes before is no answer yet
        self._stays = self._parser.should_keep_alive()  # later the parser has forgotten

    def read(self) -> Response:
        while not self._done:
            data = self._received()
            if not data:
                self._end()
                break
            self._parser.feed_data(data)
        return Response(self._parser.get_status_code(), self._headers, b"".join(self._body), self._stays)

    def _end(self) -> None:
        """The end of the connection is the end of a body that has no other (RFC 9112 clause 6.3)."""
        delimited = {"content-length", "transfer-encoding"} & {name.lower() for name, _ in self._headers}
        if not self._reading_body or delimited:
            raise Ended("the connection was closed before an answer had come")


def read_response(line: socket.socket, method: str) -> Response:
    """The final answer to a request of this method; raises Ended, OSError, and ValueError for what is no HTTP."""
    try:
        return _Answer(line, bodiless=method == "HEAD").read()
    except httptools.HttpParserError as error:
        raise ValueError(f"the answer is no HTTP/1.1: {error}") from None


def head(first: str, headers: Iterable[tuple[str, str]]) -> bytes:
    """A message's first line and headers; raises ValueError for one that would not stay on its line."""
    lines = [first, *(f"{name}: {value}" for name, value in headers)]
    text = "\r\n".join(lines)
    if text.count("\n") >= len(lines) or text.count("\r") >= len(lines):
        raise ValueError(f"a line break within a header: {lines!r}")
    return f"{text}\r\n\r\n".encode("latin-1")


def _joined(headers: Headers) -> dict[str, str]:
    """By name in small letters; what came more than once stands in one line (RFC 9110 clause 5.3)."""
    joined: dict[str, str] = {}
    for name, value in headers:
        key = name.lower()
        joined[key] = f"{joined[key]}, {value}" if key in joined else value
    return joined
