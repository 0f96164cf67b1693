"""The server of an actor: HTTP/1.1 as callers of any kind speak it, and silence where the lab wants it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
import requests

from mocks.faults.effects import NoAnswer
from mocks.wire import server as module
from mocks.wire.server import ActorServer

App = Callable[[dict[str, Any], Callable[..., Any]], Any]


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    """What was asked, in one line."""
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    start("200 OK", [("Content-Type", "text/plain")])
    return [f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {environ['QUERY_STRING']} ".encode(), body]


@contextmanager
def served(app: App = echo) -> Iterator[ActorServer]:
    server = ActorServer("actor", app)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def line_to(server: ActorServer) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", server.port), 5) as line:
        yield line


def said(server: ActorServer, *parts: bytes) -> bytes:
    """All that comes back on one connection, until its end, to what was sent part by part."""
    with line_to(server) as line:
        for part in parts:
            line.sendall(part)
        return b"".join(iter(lambda: line.recv(65_536), b""))


LAST = b"Host: x\r\nConnection: close\r\n\r\n"


def test_requests_of_one_connection_are_answered_one_after_the_other():
    """Even where the caller sent the second before it had the first answer."""
    with served() as server:
        answers = said(server, b"GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b?c=d HTTP/1.1\r\n" + LAST)
    assert answers.count(b"HTTP/1.1 200 OK") == 2
    assert answers.index(b"GET /a  ") < answers.index(b"GET /b c=d ")
    assert answers.count(b"Connection: close") == 1


@pytest.mark.parametrize("cut", [1, 9, 30, 52])
def test_a_request_may_come_in_pieces(cut):
    """Wherever it was cut."""
    request = b"POST /a HTTP/1.1\r\nContent-Length: 4\r\n" + LAST + b"body"
    with served() as server:
        assert said(server, request[:cut], request[cut:]).endswith(b"POST /a  body")


def test_a_body_in_chunks_arrives_whole():
    """And the application is told its length."""
    with served() as server:
        answer = requests.post(server.url, data=iter([b"one", b"two"]), timeout=5)
    assert answer.content == b"POST /  onetwo"


def test_who_waits_to_be_told_to_go_on_is_told():
    """RFC 9110 clause 10.1.1: the body comes after the 100."""
    with served() as server, line_to(server) as line:
        line.sendall(b"PUT /a HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n" + LAST)
        assert line.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        line.sendall(b"body")
        assert line.recv(1000).endswith(b"PUT /a  body")


def test_headers_are_one_whatever_their_case():
    """RFC 9110 clause 5.1; what comes twice is one list."""
    heard: list[dict[str, Any]] = []

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        heard.append(environ)
        return echo(environ, start)

    with served(app) as server:
        said(server, b"GET /a HTTP/1.1\r\nhOST: y\r\nX-A: 1\r\nx-a: 2\r\nConnection: close\r\n\r\n")
    assert (heard[0]["HTTP_HOST"], heard[0]["HTTP_X_A"]) == ("y", "1, 2")


def test_an_answer_to_head_has_no_body():
    """But tells the length that it would have."""
    with served() as server:
        answer = said(server, b"HEAD /abc HTTP/1.1\r\n" + LAST)
    assert b"Content-Length: 11\r\n" in answer
    assert answer.endswith(b"\r\n\r\n")


def test_a_status_without_a_body_has_no_length():
    """RFC 9110 clause 8.6: a 204 with a Content-Length is wrong."""

    def nothing(_environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        start("204 No Content", [])
        return []

    with served(nothing) as server:
        assert b"content-length" not in said(server, b"DELETE /a HTTP/1.1\r\n" + LAST).lower()


def test_a_caller_of_the_older_version_is_answered_and_left():
    """HTTP/1.0 keeps no connection unless it is asked to."""
    with served() as server:
        assert said(server, b"GET /a HTTP/1.0\r\n\r\n").endswith(b"GET /a  ")


def test_an_offer_of_another_protocol_is_no_reason_not_to_answer():
    """curl --http2 offers one with each first request."""
    offer = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAM\r\n\r\n"
    with served() as server, line_to(server) as line:
        line.sendall(b"GET /a HTTP/1.1\r\nHost: x\r\n" + offer)
        assert b"GET /a  " in line.recv(1000)
        line.sendall(b"GET /b HTTP/1.1\r\n" + LAST)
        assert b"GET /b  " in line.recv(1000)


def test_a_path_is_handed_on_decoded_and_whole_addresses_are_taken():
    """RFC 9112 clause 3.2.2: a server accepts the absolute form."""
    with served() as server:
        assert said(server, b"GET http://elsewhere/a%20b HTTP/1.1\r\n" + LAST).endswith(b"GET /a b  ")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", b"400"),
        (b"GET /a HTTP/1.1\r\nX: " + b"x" * 70_000 + b"\r\n", b"431"),
        (b"POST /a HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n" + LAST, b"400"),
    ],
)
def test_what_is_no_request_is_refused_and_the_connection_ends(sent, status):
    """And the next caller is answered."""
    with served() as server:
        assert said(server, sent).startswith(b"HTTP/1.1 " + status)
        assert requests.get(server.url, timeout=5).status_code == 200


def test_a_body_beyond_all_measure_is_refused(monkeypatch):
    """Before all of it is in memory."""
    monkeypatch.setattr("mocks.wire.messages.LONGEST_BODY", 10)
    with served() as server:
        assert said(server, b"POST /a HTTP/1.1\r\nContent-Length: 100\r\n\r\n" + b"x" * 11).startswith(b"HTTP/1.1 413")


def test_an_error_of_the_application_is_told_on_this_side_and_a_500_on_the_other(monkeypatch):
    """What broke is for the log, not for the caller."""
    told: list[BaseException | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda broken: told.append(broken.exc_value))

    def broken(_environ: dict[str, Any], _start: Callable[..., Any]) -> list[bytes]:
        raise OSError("secret")

    with served(broken) as server:
        answer = said(server, b"GET /a HTTP/1.1\r\n" + LAST)
    assert answer.startswith(b"HTTP/1.1 500 ")
    assert b"secret" not in answer
    assert str(told[0]) == "secret"


def test_a_connection_on_which_nothing_comes_is_closed(monkeypatch):
    """So callers that forget theirs keep nobody busy."""
    monkeypatch.setattr(module, "IDLE", 0.05)
    with served() as server:
        assert said(server) == b""


def silent(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    if environ["PATH_INFO"] == "/silent":
        raise NoAnswer("hang")
    return echo(environ, start)


def test_a_lost_answer_is_a_connection_that_ends():
    """The caller sees that nothing comes any more, without waiting."""

    def lost(_environ: dict[str, Any], _start: Callable[..., Any]) -> list[bytes]:
        raise NoAnswer("lost")

    with served(lost) as server:
        assert said(server, b"GET /a HTTP/1.1\r\nHost: x\r\n\r\n") == b""


def test_callers_that_give_up_keep_nobody_busy():
    """More callers give up on a silent actor, one after the other, and no thread waits for them any more."""
    with served(silent) as server:
        before = threading.active_count()
        for _ in range(5):
            with pytest.raises(requests.ReadTimeout):
                requests.get(f"{server.url}/silent", timeout=0.05)
        assert requests.get(server.url, timeout=5).status_code == 200
        for thread in threading.enumerate():
            if thread.name == "manolab-actor-line":
                thread.join(5)
        assert threading.active_count() <= before


def test_a_server_stops_though_somebody_waits():
    """Who waits for a silent actor is hung up on when its server ends; no thread is left, and the port is free."""
    asked = threading.Event()

    def app(_environ: dict[str, Any], _start: Callable[..., Any]) -> list[bytes]:
        asked.set()
        raise NoAnswer("hang")

    before = threading.active_count()
    server = ActorServer("actor", app)
    server.start()
    with ThreadPoolExecutor(1) as caller:
        waiting = caller.submit(requests.get, server.url, timeout=30)
        assert asked.wait(5)
        server.stop()
        with pytest.raises(requests.ConnectionError):
            waiting.result(5)
    assert threading.active_count() == before
    ActorServer("actor", app, server.port).stop()
