"""The transport with sockets: each actor an HTTP server of its own, on loopback unless it is told another address."""

from __future__ import annotations

import select
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from cheroot.server import Gateway
from cheroot.wsgi import Gateway_10, Server

from mocks.faults.effects import GONE, NoAnswer

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

LOOPBACK = "127.0.0.1"
THREADS = 4


class TidyServer(Server):
    """Cheroot's server, without the open socket that it leaves behind when a port is taken."""

    @staticmethod
    def bind_socket(socket_: socket.socket, bind_addr: tuple[str, int]) -> socket.socket:
        try:
            socket_.bind(bind_addr)
        except OSError:
            socket_.close()
            raise
        return socket_


class ActorServer:
    """Serves one WSGI application; the port is bound when made, requests are answered from `start` on."""

    def __init__(
        self, name: str, app: WSGIApplication, port: int = 0, host: str = LOOPBACK, threads: int = THREADS
    ) -> None:
        self._host = host
        self._lines = Lines()
        self._server = TidyServer((host, port), app, numthreads=threads, server_name=name, timeout=10)
        self._server.gateway = _gateway(self._lines)
        self._server.expiration_interval = 0.05
        self._server.error_log = _unlogged  # type: ignore[method-assign]  # cheroot's way to set it
        self._server.prepare()
        self._thread = threading.Thread(target=self._server.serve, name=f"manolab-{name}", daemon=True)

    @property
    def url(self) -> str:
        return f"http://{self._host}:{self.port}"

    @property
    def port(self) -> int:
        return int(self._server.bind_addr[1])

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Answer nobody any more, end the threads, free the port."""
        self._lines.close()
        self._server.stop()
        self._thread.join()


def _unlogged(msg: str = "", level: int = 20, traceback: bool = False) -> None:
    """Callers that hang up are part of the lab's life; what matters stands in the history."""


class Lines:
    """The connections on which somebody waits for an answer that does not come yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._closed = False

    def gone(self, line: socket.socket, seconds: float | None) -> bool:
        """Wait so many real seconds (None: for ever) for the caller to hang up, or the server to close; whether so."""
        with self._lock:
            if self._closed:
                return True
            self._open.append(line)
        poll = select.poll()
        poll.register(line, select.POLLIN)
        try:
            # a caller says nothing more before it is answered: what can be read is the end
            return bool(poll.poll(None if seconds is None else seconds * 1000))
        finally:
            with self._lock:
                self._open.remove(line)

    def close(self) -> None:
        """Let nobody wait any more."""
        with self._lock:
            self._closed = True
            for line in self._open:
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)


def _gateway(lines: Lines) -> type[Gateway]:
    """A WSGI gateway that can fall silent: a NoAnswer becomes a closed socket, or one that stays open for nothing."""

    class SilentGateway(Gateway_10):
        def get_environ(self) -> Any:  # typeshed has it return nothing
            environ: Any = super().get_environ()  # type: ignore[no-untyped-call]
            environ[GONE] = self._gone
            return environ

        def respond(self) -> None:
            try:
                super().respond()
            except NoAnswer as silence:
                if silence.kind == "hang":
                    self._gone(None)
                self._hang_up()

        def _gone(self, seconds: float | None) -> bool:
            request: Any = self.req
            return lines.gone(request.conn.socket, seconds)

        def _hang_up(self) -> None:
            request: Any = self.req
            request.close_connection = True
            request.sent_headers = True
            try:
                request.conn.socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # the caller went first

    return SilentGateway
