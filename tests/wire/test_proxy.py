"""The reverse proxy: what it hands on, and what silence it makes of an actor that does not answer."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from flask import Flask, request

from mocks.faults.effects import LATE, WAIT, NoAnswer
from mocks.wire.proxy import AudibleSilence, ReverseProxy
from mocks.wire.server import ActorServer


def distant() -> Flask:
    app = Flask("distant")

    @app.route("/things/<path:rest>", methods=["GET", "POST"])
    def things(rest: str) -> Any:
        echoed = {"path": rest, "query": request.query_string.decode(), "token": request.headers.get("Authorization")}
        return {**echoed, "body": request.get_data(as_text=True)}, 201, {"Location": "/things/1", "Version": "1.2.0"}

    @app.get("/silent/<kind>")
    def silent(kind: Any) -> None:
        raise NoAnswer(kind)

    app.config["PROPAGATE_EXCEPTIONS"] = True

    @app.get("/late")
    def late() -> str:
        request.environ[WAIT](2.5)
        return "here I am"

    return app


@pytest.fixture
def proxy() -> Iterator[ReverseProxy]:
    server = ActorServer("distant", AudibleSilence(distant().wsgi_app))
    server.start()
    proxy = ReverseProxy(patience=0.2)
    proxy.target = server.url
    yield proxy
    proxy.close()
    server.stop()


def ask(
    proxy: ReverseProxy, method: str, path: str, query: str = "", body: bytes = b""
) -> tuple[str, dict[str, str], bytes]:
    started: list[Any] = []
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_LENGTH": str(len(body)),
    }
    environ |= {"wsgi.input": BytesIO(body), "CONTENT_TYPE": "text/plain", "HTTP_AUTHORIZATION": "Bearer t"}  # type: ignore[dict-item]
    chunks = proxy(environ, lambda *a: started.extend(a) or (lambda _: None))  # type: ignore[func-returns-value]
    return started[0], dict(started[1]), b"".join(chunks)


def test_request_and_answer_pass_unchanged(proxy: ReverseProxy) -> None:
    """Method, path, query, token and body arrive; status, Location, Version and body come back."""
    status, headers, body = ask(proxy, "POST", "/things/a b/ü", "filter=(eq,x,1)&y", b"hello")
    assert status.startswith("201")
    assert (headers["Location"], headers["Version"]) == ("/things/1", "1.2.0")
    assert b'"token":"Bearer t"' in body.replace(b": ", b":")
    assert b"filter=(eq,x,1)&y" in body
    assert b"hello" in body


@pytest.mark.parametrize("kind", ["refused", "hang", "lost"])
def test_a_silence_that_a_fault_wants_keeps_its_kind(proxy: ReverseProxy, kind: str) -> None:
    """The actor cannot be silent to the proxy without being taken for dead: it says which silence is meant."""
    with pytest.raises(NoAnswer) as silence:
        ask(proxy, "GET", f"/silent/{kind}")
    assert silence.value.kind == kind


def test_nobody_there_is_refused(proxy: ReverseProxy) -> None:
    """A port on which nobody listens shows as a refused connection."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        proxy.target = f"http://127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(NoAnswer) as silence:
            ask(proxy, "GET", "/things/1")
    assert silence.value.kind == "refused"


def test_who_takes_a_request_and_says_nothing_hangs(proxy: ReverseProxy) -> None:
    """An open connection without an answer shows as a hang once the patience is over."""
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        proxy.target = f"http://127.0.0.1:{mute.getsockname()[1]}"
        with pytest.raises(NoAnswer) as silence:
            ask(proxy, "GET", "/things/1")
    assert silence.value.kind == "hang"


def test_what_is_late_is_late_behind_the_proxy(proxy: ReverseProxy) -> None:
    """The lateness that an actor asks for is told to the transport before the proxy, and to no caller."""
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/late", "wsgi.input": BytesIO()}
    started: list[Any] = []
    chunks = proxy(environ, lambda *a: started.extend(a) or (lambda _: None))  # type: ignore[func-returns-value]
    assert (b"".join(chunks), environ[LATE]) == (b"here I am", 2.5)
    assert not [name for name, _ in started[1] if name.lower().startswith("x-manolab")]
