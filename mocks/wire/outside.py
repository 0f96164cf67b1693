"""Requests of the lab's actors to addresses that are no actor's: to an SMM that runs elsewhere.

No recorder stands before such a receiver, so they are recorded here, on their way out, as if one did.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from http.client import responses
from typing import TYPE_CHECKING

import requests

from mocks.faults.effects import NoAnswer
from mocks.wire.direct import split
from mocks.wire.gateway import environ_of
from mocks.wire.recorder import Recorder, Recording

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from mocks.wire.peers import Exchange
    from mocks.wire.tokens import Tokens

SUBJECT = "smm"
"""Whoever is spoken to outside of a lab is the subject under test; there is no other."""


class Outside:
    """An Exchange that leaves what goes to the lab's own hosts to the one behind it, and records the rest."""

    def __init__(
        self, exchange: Exchange, hosts: Callable[[], Collection[str]], recording: Recording, tokens: Tokens
    ) -> None:
        """`hosts` gives the network locations (host:port) of the lab's actors as they are now."""
        self._exchange = exchange
        self._hosts = hosts
        self._recording = recording
        self._tokens = tokens

    def __call__(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, timeout: float
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        parts = split(url)
        if parts.netloc in self._hosts():
            return self._exchange(method, url, headers, body, timeout)
        answer: list[tuple[int, list[tuple[str, str]], bytes]] = []
        broken: list[requests.RequestException] = []

        def carry(_environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
            try:
                answer.append(self._exchange(method, url, headers, body, timeout))
            except requests.RequestException as error:
                broken.append(error)
                raise NoAnswer("hang" if isinstance(error, requests.Timeout) else "refused") from error
            status, received, content = answer[0]
            start(f"{status} {responses.get(status, '')}", received)
            return [content]

        environ = environ_of(method, parts.hostname or "", parts.path, parts.query, headers, body)
        try:
            Recorder(carry, SUBJECT, self._recording, self._tokens)(environ, lambda *_: lambda _: None)
        except NoAnswer:
            raise broken[0] from None
        return answer[0]
