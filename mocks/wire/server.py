"""The transport with sockets: each actor an HTTP server of its own, on loopback unless it is told another address.

A thread for each connection: the actor under test and the lab's own keep theirs open, so there are few, and a request
is answered by the thread that it woke. It can fall silent, as no server of a library would: a NoAnswer becomes a closed
connection, or one that stays open for nothing.
"""

from __future__ import annotations

import select
import socket
import sys
import threading
import time
from contextlib import suppress
from email.utils import formatdate
from functools import lru_cache, partial
from http.client import responses
from typing import TYPE_CHECKING, Any

import httptools

from mocks.faults.effects import CALLER, GONE, NoAnswer
from mocks.wire.gateway import Answer, environ_of
from mocks.wire.messages import Request, Requests, Unacceptable, head

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

Address = tuple[Any, ...]
LOOPBACK = "127.0.0.1"
IDLE = 10.0
"""Real seconds after which a connection is closed on which nothing comes."""

LAST = 5.0
"""Real seconds that a server waits at its end for what is under way."""

BACKLOG = 128
BODILESS = (204, 304)
BREATH = 0.05


class ActorServer:
    """Serves one WSGI application; the port is bound when made, requests are answered from `start` on."""

    def __init__(self, name: str, app: WSGIApplication, port: int = 0, host: str = LOOPBACK) -> None:
        """Raises OSError when the port is taken or the address is not of this machine."""
        self._name = name
        self._app = app
        self._host = host
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
        self.port = int(self._listener.getsockname()[1])
        self._lines = Lines()
        self._thread = threading.Thread(target=self._listen, name=f"manolab-{name}", daemon=True)

    @property
    def url(self) -> str:
        return f"http://{self._host}:{self.port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Answer nobody any more, end the threads, free the port."""
        self._lines.close()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes who waits for callers
        self._listener.close()
        if self._thread.ident is not None:
            self._thread.join()
        self._lines.join()

    def _listen(self) -> None:
        while not self._lines.closed:
            try:
                line, _ = self._listener.accept()
            except OSError:
                self._lines.ended.wait(BREATH)  # the end, or no more files can be opened for now
                continue
            self._lines.serve(line, self._converse, self._name)

    def _converse(self, line: socket.socket) -> None:
        """Answer what comes on a connection, one after the other, until either side ends it."""
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.settimeout(IDLE)
        with suppress(OSError):  # who hangs up is part of the lab's life; what matters stands in the history
            requests, caller = Requests(line), line.getpeername()
            try:
                while (request := requests.next()) and self._answer(line, caller, request):
                    pass
            except Unacceptable as refusal:
                line.sendall(_alone(refusal.status))

    def _answer(self, line: socket.socket, caller: Address, request: Request) -> bool:
        """Answer one request; whether the connection stays for another."""
        try:
            answer, body = self._asked(line, caller, request)
        except NoAnswer as silence:
            if silence.kind == "hang":
                hung_up(line, None)
            return False
        stays = request.stays and not self._lines.closed
        line.sendall(_message(answer, request.method, body, stays))
        return stays

    def _asked(self, line: socket.socket, caller: Address, request: Request) -> tuple[Answer, bytes]:
        """What the application says; an error of its own is told on this side, and is a 500 on the other."""
        answer = Answer()
        try:
            return answer, b"".join(answer.collect(self._app(self._environ(line, caller, request), answer.start)))
        except NoAnswer:
            raise
        except Exception:
            threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread())))
            return Answer(), b""

    def _environ(self, line: socket.socket, caller: Address, request: Request) -> WSGIEnvironment:
        target, query = _split(request.target)
        environ = environ_of(request.method, self._host, target, query, request.headers, request.body)
        environ["HTTP_HOST"] = request.headers.get("host", "")
        environ["SERVER_PORT"] = str(self.port)
        environ["REMOTE_ADDR"], environ["REMOTE_PORT"] = caller[0], str(caller[1])
        environ[CALLER] = caller
        environ["wsgi.multithread"] = True
        environ.pop("HTTP_TRANSFER_ENCODING", None)  # the body is there as a whole
        environ[GONE] = partial(hung_up, line)
        return environ


class Lines:
    """The connections of a server, each with its thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[threading.Thread, socket.socket] = {}
        self.ended = threading.Event()

    @property
    def closed(self) -> bool:
        return self.ended.is_set()

    def serve(self, line: socket.socket, converse: Callable[[socket.socket], None], name: str) -> None:
        """Have a thread of its own converse on a connection; it is closed when that is over."""
        thread = threading.Thread(target=self._hold, args=(line, converse), name=f"manolab-{name}-line", daemon=True)
        with self._lock:
            self._open[thread] = line
        thread.start()
        if self.closed:
            self.close()  # it came between

    def close(self) -> None:
        """End all of them, whatever is said there."""
        self.ended.set()
        with self._lock:
            for line in self._open.values():
                _shut(line)

    def join(self) -> None:
        """Wait until nobody is at work on them any more."""
        end = time.monotonic() + LAST
        with self._lock:
            threads = list(self._open)
        for thread in threads:
            if thread is not threading.current_thread():
                thread.join(max(0.0, end - time.monotonic()))

    def _hold(self, line: socket.socket, converse: Callable[[socket.socket], None]) -> None:
        try:
            converse(line)
        finally:
            with self._lock:
                del self._open[threading.current_thread()]
                _shut(line)
                line.close()


def _shut(line: socket.socket) -> None:
    with suppress(OSError):  # the other side went first
        line.shutdown(socket.SHUT_RDWR)


def hung_up(line: socket.socket, seconds: float | None) -> bool:
    """Wait so many real seconds (None: for ever) for the caller to hang up, or the server to end; whether so."""
    poll = select.poll()
    poll.register(line, select.POLLIN)
    # a caller says nothing more before it is answered: what can be read is the end
    return bool(poll.poll(None if seconds is None else seconds * 1000))


def _split(target: bytes) -> tuple[str, str]:
    """Path and query of what was asked for; all of it is a path that is no URL, as in OPTIONS *."""
    try:
        parts = httptools.parse_url(target)
    except httptools.HttpParserInvalidURLError:
        return target.decode("latin-1"), ""
    return (parts.path or b"/").decode("latin-1"), (parts.query or b"").decode("latin-1")


def _message(answer: Answer, method: str, body: bytes, stays: bool) -> bytes:
    """An answer as it goes out; its length and date are added where the application said none."""
    status, headers = answer.started
    said = {name.lower() for name in answer.headers}
    added = [] if "date" in said else [("Date", _date(int(time.time())))]
    if "content-length" not in said and answer.status not in BODILESS:
        added.append(("Content-Length", str(len(body))))
    if not stays:
        added.append(("Connection", "close"))
    sent = head(f"HTTP/1.1 {status}", [*headers, *added])
    return sent if method == "HEAD" or answer.status in BODILESS else sent + body


def _alone(status: int) -> bytes:
    """The answer to what could not be read; the connection ends with it."""
    answer = Answer()
    answer.start(f"{status} {responses[status]}", [])
    return _message(answer, "", b"", stays=False)


_date = lru_cache(maxsize=2)(partial(formatdate, usegmt=True))
