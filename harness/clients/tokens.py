"""Access tokens: the client credentials grant of OAuth 2.0 (RFC 6749 clause 4.4, SOL 013 clause 8.3)."""

from __future__ import annotations

import requests
from requests.auth import HTTPBasicAuth

from harness.clients.clock import Clock
from harness.clients.errors import Malformed, NoAnswer, error_of

TIMEOUT = 60.0


def token(session: requests.Session, endpoint: str, client: str, secret: str, clock: Clock) -> str:
    """The value of an Authorization header; raises ClientError when the endpoint gives no token."""
    request = f"POST {endpoint}"
    grant = {"grant_type": "client_credentials"}
    try:
        login = HTTPBasicAuth(client.encode("utf-8", "replace"), secret.encode("utf-8", "replace"))
        answer = session.post(endpoint, data=grant, auth=login, timeout=clock.real(TIMEOUT))
        given = answer.json()
    except requests.exceptions.JSONDecodeError:
        raise Malformed(f"{request} was answered {answer.status_code} without JSON") from None
    except requests.RequestException as error:
        raise NoAnswer(f"{request} got no answer: {error}") from error
    if not answer.ok:
        raise error_of(request, answer.status_code, {"detail": str(given.get("error"))})
    if not isinstance(given.get("access_token"), str):
        raise Malformed(f"{request} was answered without an access_token")
    return f"Bearer {given['access_token']}"
