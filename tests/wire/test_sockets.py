"""One exchange over a socket: what comes back, and what is raised when nothing does."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
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
