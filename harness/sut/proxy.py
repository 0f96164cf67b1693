"""A subject that runs elsewhere, as a WSGI app: requests go on to its URL, so that they are recorded on the way."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

import requests
from werkzeug.wrappers import Request, Response

from harness.clients.clock import Clock
from harness.sut.surroundings import SubjectError, Surroundings

TIMEOUT = 60.0
INVENTORY = "/smm/v1/inventory"
HOP_BY_HOP = frozenset(
    {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "content-length", "host"}
)


def introduce(surroundings: Surroundings, url: str) -> None:
    """Tell a subject that runs elsewhere who is in the lab, and with what it gets a token there.

    Without it the subject could use nothing there, so raises SubjectError when it does not take it.
    """
    body: dict[str, Any] = {"actors": {name: asdict(one) for name, one in surroundings.inventory.items()}}
    if surroundings.credentials:
        given = surroundings.credentials
        body["authorization"] = {
            "tokenEndpoint": given.token_endpoint,
            "clientId": given.client_id,
            "clientSecret": given.client_secret,
        }
    where, timeout = url.rstrip("/") + INVENTORY, surroundings.clock.real(TIMEOUT)
    try:
        answer = surroundings.session.put(where, json=body, timeout=timeout, allow_redirects=False)
    except requests.RequestException as error:
        raise SubjectError(f"{url} did not answer: {type(error).__name__}; is the SMM up?") from None
    if not 200 <= answer.status_code < 300:
        said = f"{answer.status_code} {answer.text[:200]}".strip()
        raise SubjectError(f"{url} did not take the lab's inventory (PUT {INVENTORY}): {said}")


class Proxy:
    """Passes each request on; a subject that does not answer is a 502 that says so."""

    def __init__(self, session: requests.Session, url: str, clock: Clock) -> None:
        self._session = session
        self._url = url.rstrip("/")
        self._clock = clock

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return self._pass_on(Request(environ))(environ, start_response)

    def _pass_on(self, request: Request) -> Response:
        query = request.query_string.decode("ascii", "replace")
        url = f"{self._url}{request.path}" + (f"?{query}" if query else "")
        headers = {name: value for name, value in request.headers.items() if name.lower() not in HOP_BY_HOP}
        try:
            answer = self._session.request(
                request.method,
                url,
                data=request.get_data(),
                headers=headers,
                timeout=self._clock.real(TIMEOUT),
                allow_redirects=False,
            )
        except requests.RequestException as error:
            detail = f"{self._url} did not answer: {type(error).__name__}"
            problem = json.dumps({"status": 502, "title": "Bad Gateway", "detail": detail})
            return Response(problem, 502, content_type="application/problem+json")
        # requests has undone the encoding already.
        passed = [(n, v) for n, v in answer.headers.items() if n.lower() not in HOP_BY_HOP | {"content-encoding"}]
        return Response(answer.content, answer.status_code, passed)
