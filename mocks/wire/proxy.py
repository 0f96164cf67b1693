"""A reverse proxy for an actor that lives elsewhere: it stands behind the recorder, where a mock would stand.

What a caller would see of an actor that is gone (refused) or stands still (a time-out) becomes the NoAnswer that the
recorder writes down. An actor of the lab's own says by a header that a fault wants it silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

import requests

from mocks.faults.effects import LATE, WAIT, NoAnswer, Silence

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SILENCE = "X-Manolab-Silence"
"""The header of an answer that stands for none; its value says how the caller is to find out."""

LATENESS = "X-Manolab-Late"
"""The header of an answer that a fault wants late, by so many lab seconds."""

HOP_BY_HOP = frozenset({"connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "content-length"})
DROPPED = HOP_BY_HOP | {LATENESS.lower()}
CONNECT_PATIENCE = 0.5


class ReverseProxy:
    """Forwards every request to `target`, a URL that may change while the proxy stands.

    `patience` is how many real seconds it waits for an answer: less than its callers do, so that a silence is recorded
    before they go on.
    """

    def __init__(self, patience: float) -> None:
        self.target = ""
        self._patience = patience
        self.connect_patience = CONNECT_PATIENCE
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=16))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = self._forward(environ)
        silence = answer.headers.get(SILENCE)
        if silence:
            raise NoAnswer(cast("Silence", silence))
        environ[LATE] = float(answer.headers.get(LATENESS, 0))
        headers = [(name, value) for name, value in answer.headers.items() if name.lower() not in DROPPED]
        headers.append(("Content-Length", str(len(answer.content))))
        start_response(f"{answer.status_code} {answer.reason or HTTPStatus(answer.status_code).phrase}", headers)
        return [answer.content]

    def close(self) -> None:
        self._session.close()

    def _forward(self, environ: WSGIEnvironment) -> requests.Response:
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        url = self.target + quote(path, safe="/:@!$&'()*+,;=~") + (f"?{query}" if query else "")
        length = int(environ.get("CONTENT_LENGTH") or 0)
        try:
            return self._session.request(
                environ["REQUEST_METHOD"],
                url,
                headers=_headers(environ),
                data=environ["wsgi.input"].read(length) if length else b"",
                timeout=(self.connect_patience, self._patience),
                allow_redirects=False,
            )
        except requests.Timeout:
            raise NoAnswer("hang") from None
        except requests.RequestException:
            raise NoAnswer("refused") from None


class AudibleSilence:
    """WSGI middleware of an actor that a proxy stands before: tells the proxy to be silent, or late, and how."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        late: list[tuple[str, str]] = []

        def wait(seconds: float) -> bool:
            late.append((LATENESS, str(seconds)))
            return True

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
            return start_response(status, [*headers, *late], *rest)

        environ[WAIT] = wait
        try:
            return self._app(environ, start)
        except NoAnswer as silence:
            start_response("204 No Content", [(SILENCE, silence.kind)])
            return [b""]


def _headers(environ: WSGIEnvironment) -> dict[str, str]:
    named = {key[5:].replace("_", "-").title(): value for key, value in environ.items() if key.startswith("HTTP_")}
    sent = {name: value for name, value in named.items() if name.lower() not in HOP_BY_HOP}
    if environ.get("CONTENT_TYPE"):
        sent["Content-Type"] = environ["CONTENT_TYPE"]
    # what the caller did not send, the session must not make up
    return {"User-Agent": "", "Accept-Encoding": "identity", **sent}
