"""Between HTTP and the WSGI applications of the lab (PEP 3333): the request they take, the answer they give."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

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


def environ_of(
    method: str, host: str, path: str, query: str, headers: Mapping[str, str], body: bytes
) -> WSGIEnvironment:
    """A request whose body is there as a whole."""
    environ: WSGIEnvironment = {
        **_ALWAYS,
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote(path, "latin-1") if "%" in path else path,
        "QUERY_STRING": query,
        "SERVER_NAME": host,
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
    }
    for name, value in headers.items():
        environ[_key(name)] = value
    environ["CONTENT_LENGTH"], environ["HTTP_HOST"] = str(len(body)), host
    return environ


@lru_cache(maxsize=256)
def _key(header: str) -> str:
    """What WSGI calls a header."""
    key = header.upper().replace("-", "_")
    return key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"


def path_of(environ: WSGIEnvironment) -> str:
    """The path of a request as text; WSGI has it as bytes in the guise of text."""
    path: str = environ["PATH_INFO"]
    return path if path.isascii() else path.encode("latin-1", "replace").decode("utf-8", "replace")


class Answer:
    """Holds an application's answer back until it is whole."""

    def __init__(self) -> None:
        self.started: tuple[str, list[tuple[str, str]]] = ("500 Internal Server Error", [])
        self.status = 500
        self.headers: dict[str, str] = {}

    def start(self, status: str, headers: list[tuple[str, str]], _: Any = None, /) -> Callable[[bytes], object]:
        self.started = (status, headers)
        self.status = int(status[:3])
        self.headers = dict(headers)
        return _nowhere

    def collect(self, chunks: Iterable[bytes]) -> list[bytes]:
        try:
            return list(chunks)
        finally:
            close = getattr(chunks, "close", None)
            if close is not None:
                close()


def _nowhere(_: bytes) -> None:
    """Nobody writes the old way."""
