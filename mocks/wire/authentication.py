"""Who may speak: bearer tokens on every request, and the endpoint that hands them out (SOL 013 clause 8.3)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from mocks.wire.tokens import Tokens

TOKEN_PATH = "/oauth2/token"  # noqa: S105 - a path, not a password
LIFETIME = 86_400


class Authentication:
    """WSGI middleware: refuses whom the recorder could not name with 401, and serves the token endpoint."""

    def __init__(self, app: WSGIApplication, tokens: Tokens) -> None:
        self._app = app
        self._tokens = tokens

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == TOKEN_PATH:
            return self._grant(Request(environ))(environ, start_response)
        if environ.get("manolab.actor") is None:
            return _refusal()(environ, start_response)
        return self._app(environ, start_response)

    def _grant(self, request: Request) -> Response:
        """Client credentials grant (RFC 6749 clause 4.4); errors as its clause 5.2 says."""
        if request.method != "POST":
            return _json(405, {"error": "invalid_request"}, {"Allow": "POST"})
        if request.form.get("grant_type") != "client_credentials":
            return _json(400, {"error": "unsupported_grant_type"})
        login = request.authorization
        name = login.username if login and login.type == "basic" else None
        if not name or not self._tokens.is_client(name, (login.password if login else None) or ""):
            return _json(401, {"error": "invalid_client"}, {"WWW-Authenticate": 'Basic realm="manolab"'})
        token = self._tokens.issue(name)
        return _json(200, {"access_token": token, "token_type": "Bearer", "expires_in": LIFETIME})


def _refusal() -> Response:
    body = {
        "type": "about:blank",
        "title": "Unauthorized",
        "status": 401,
        "detail": f"no valid access token; send 'Authorization: Bearer <token>', from POST {TOKEN_PATH}",
    }
    headers = {"WWW-Authenticate": 'Bearer realm="manolab"', "Version": "1.0.0"}
    return _json(401, body, headers, "application/problem+json")


def _json(
    status: int, body: dict[str, Any], headers: dict[str, str] | None = None, media_type: str = "application/json"
) -> Response:
    return Response(json.dumps(body), status, headers or {}, content_type=media_type)
