"""Who may speak: bearer tokens on every request, and the endpoint that hands them out (SOL 013 clause 8.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.client import responses
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import orjson

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from mocks.wire.tokens import Tokens

TOKEN_PATH = "/oauth2/token"  # noqa: S105 - a path, not a password
LIFETIME = 86_400
FORM = "application/x-www-form-urlencoded"


class Authentication:
    """WSGI middleware: refuses whom the recorder could not name with 401, and serves the token endpoint."""

    def __init__(self, app: WSGIApplication, tokens: Tokens) -> None:
        self._app = app
        self._tokens = tokens

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == TOKEN_PATH:
            return self._grant(environ)(environ, start_response)
        if environ.get("manolab.actor") is None:
            return _refusal()(environ, start_response)
        return self._app(environ, start_response)

    def _grant(self, environ: WSGIEnvironment) -> _Said:
        """Client credentials grant (RFC 6749 clause 4.4); errors as its clause 5.2 says."""
        if environ["REQUEST_METHOD"] != "POST":
            return _Said(405, {"error": "invalid_request"}, {"Allow": "POST"})
        if _form(environ).get("grant_type") != "client_credentials":
            return _Said(400, {"error": "unsupported_grant_type"})
        name = self._tokens.client_of(environ.get("HTTP_AUTHORIZATION", ""))
        if not name:
            return _Said(401, {"error": "invalid_client"}, {"WWW-Authenticate": 'Basic realm="manolab"'})
        token = self._tokens.issue(name)
        return _Said(200, {"access_token": token, "token_type": "Bearer", "expires_in": LIFETIME})


@dataclass(frozen=True)
class _Said:
    """An answer in JSON."""

    status: int
    body: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = "application/json"

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        content = orjson.dumps(self.body)
        about = {"Content-Type": self.media_type, "Content-Length": str(len(content)), **self.headers}
        start_response(f"{self.status} {responses[self.status]}", list(about.items()))
        return () if environ["REQUEST_METHOD"] == "HEAD" else (content,)


def _form(environ: WSGIEnvironment) -> dict[str, str]:
    """The fields of a form; none where the body is none (RFC 6749 appendix B)."""
    if environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() != FORM:
        return {}
    body: bytes = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    return dict(parse_qsl(body.decode("utf-8", "replace")))


def _refusal() -> _Said:
    body = {
        "type": "about:blank",
        "title": "Unauthorized",
        "status": 401,
        "detail": f"no valid access token; send 'Authorization: Bearer <token>', from POST {TOKEN_PATH}",
    }
    headers = {"WWW-Authenticate": 'Bearer realm="manolab"', "Version": "1.0.0"}
    return _Said(401, body, headers, "application/problem+json")
