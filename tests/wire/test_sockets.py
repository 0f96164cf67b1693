"""One exchange over a socket: what comes back, and what is raised when nothing does."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from mocks.wire.adapter import ExchangeAdapter
from mocks.wire.server import ActorServer
from mocks.wire.sockets import SocketExchange


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    told = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {environ['QUERY_STRING']} {environ.get('HTTP_X', '')} "
    answer = told.encode() + body
    start("303 See Other", [("Location", "/elsewhere"), ("Content-Length", str(len(answer)))])
    return [answer]


@pytest.fixture
def server() -> Iterator[ActorServer]:
    served = ActorServer("echo", echo)
    served.start()
    yield served
    served.stop()


@pytest.fixture
def exchange() -> Iterator[SocketExchange]:
    made = SocketExchange()
    yield made
    made.close()


def test_a_request_arrives_as_it_was_sent_and_its_answer_is_not_followed(server, exchange):
    """Method, path, query, header and body; a redirect is the caller's affair, as where actors are called."""
    status, headers, body = exchange("POST", f"{server.url}/a/b?c=d", {"X": "y"}, b"body", 5.0)
    assert (status, body) == (303, b"POST /a/b c=d y body")
    assert dict(headers)["Location"] == "/elsewhere"


def test_a_session_speaks_by_the_exchange(server, exchange):
    """So a client that knows sessions only can be handed one."""
    session = requests.Session()
    session.trust_env = False
    session.mount("http://", ExchangeAdapter(exchange))
    answer = session.get(f"{server.url}/a", headers={"X": "y"}, allow_redirects=False)
    assert (answer.status_code, answer.text, answer.headers["location"]) == (303, "GET /a  y ", "/elsewhere")


def test_where_nobody_listens_no_connection_is_made(exchange):
    """It is requests' error, as a session of its would raise it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(requests.ConnectionError):
        exchange("GET", f"http://127.0.0.1:{port}/", {}, b"", 5.0)


def test_who_does_not_answer_in_time_is_given_up(exchange):
    """A read time-out, which callers tell apart from a connection that was refused."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(requests.ReadTimeout):
            exchange("GET", f"http://127.0.0.1:{silent.getsockname()[1]}/", {}, b"", 0.05)


def answering(answer: bytes, ends: bool = False) -> tuple[socket.socket, str]:
    """A server that says the same to each request, and ends the connection or keeps it."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = listener.accept()
                with line:
                    while line.recv(65_536):
                        line.sendall(answer)
                        if ends:
                            break

    threading.Thread(target=serve, daemon=True).start()
    return listener, f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.parametrize(
    ("sent", "ends", "body"),
    [
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n", False, b"onetwo"),
        (b"HTTP/1.1 200 OK\r\n\r\nto the end", True, b"to the end"),
        (b"HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes", False, b"yes"),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nold", True, b"old"),
    ],
    ids=["in chunks", "to the end", "after a word in between", "of the older version"],
)
def test_an_answer_is_whole_however_its_end_is_told(exchange, sent, ends, body):
    """RFC 9112 clause 6.3: by its length, by chunks, or by the end of the connection."""
    listener, url = answering(sent, ends)
    with listener:
        for _ in range(2):
            assert exchange("GET", url, {}, b"", 5.0)[::2] == (200, body)


def test_an_answer_to_head_is_whole_without_the_body_it_tells_the_length_of(exchange):
    """And the connection serves the next request."""
    listener, url = answering(b"HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n")
    with listener:
        for _ in range(2):
            assert exchange("HEAD", url, {}, b"", 5.0)[::2] == (200, b"")


@pytest.mark.parametrize(
    "sent", [b"HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\nhalf", b"HTTP/1.1 200", b"SSH-2.0-x\r\n"]
)
def test_half_an_answer_is_none(exchange, sent):
    """Nobody is handed the beginning of a body as if it were the body."""
    listener, url = answering(sent, ends=True)
    with listener, pytest.raises(requests.ConnectionError):
        exchange("GET", url, {}, b"", 5.0)


def test_a_connection_is_kept_and_one_that_ended_meanwhile_is_made_anew(exchange):
    """A server may close what it has not been asked on for long."""
    callers: list[int] = []

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        callers.append(threading.get_ident())
        return echo(environ, start)

    first = ActorServer("first", app)
    first.start()
    assert [exchange("GET", first.url, {}, b"", 5.0)[0] for _ in range(3)] == [303] * 3
    assert len(set(callers)) == 1
    first.stop()
    second = ActorServer("second", app, first.port)
    second.start()
    assert exchange("GET", second.url, {}, b"", 5.0)[0] == 303
    second.stop()


def test_a_line_break_in_a_header_never_goes_out(server, exchange):
    """It would be read as a header, or a request, of its own."""
    with pytest.raises(requests.ConnectionError, match="line break"):
        exchange("GET", server.url, {"X": "a\r\nY: b"}, b"", 5.0)


def test_an_address_that_needs_it_is_encoded(server, exchange):
    """A callback may have been given with a space, or with letters that no request line has."""
    assert exchange("GET", f"{server.url}/a b/ä%20", {}, b"", 5.0)[2].startswith(b"GET /a b/")


@pytest.mark.parametrize("url", ["http://127.0.0.1:99999/", "http://[::1/"])
def test_an_address_that_can_be_none_is_refused(exchange, url):
    """As an address that leads nowhere, not as an error of Python's."""
    with pytest.raises(requests.exceptions.InvalidURL):
        exchange("GET", url, {}, b"", 5.0)


def test_many_threads_may_ask_at_once_over_the_connections_that_are_kept(server, exchange):
    """None of them is left without one because another took the last."""
    with ThreadPoolExecutor(16) as threads:
        asked = [threads.submit(exchange, "GET", server.url, {}, b"", 5.0) for _ in range(800)]
        assert [one.result()[0] for one in asked] == [303] * 800
