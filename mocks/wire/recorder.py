"""The outermost layer before an actor: writes every exchange into the history before its answer leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mocks.faults.effects import LATE, WAIT, NoAnswer
from mocks.wire.bodies import NO_BODY, body_of
from mocks.wire.gateway import Answer, path_of
from mocks.wire.history import NO_BODIES
from mocks.wire.masking import masked_query

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from mocks.entities.ports import Clock
    from mocks.wire.bodies import Body
    from mocks.wire.history import Entry, History
    from mocks.wire.tokens import Tokens

CONTROL = "/lab/"
KEPT = frozenset({"Version", "ETag", "Retry-After", "Allow", "WWW-Authenticate", "Link", "Content-Type"})


class Recording:
    """Where the recorders of a lab write to: the present history, or nowhere between two runs."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.history: History | None = None
        self._told = (0.0, 0.0)

    def tick(self) -> int:
        return self.history.tick() if self.history else 0

    def moment(self) -> float:
        """The lab time that an entry is written with; many follow each other at the same."""
        now, told = self.clock.now(), self._told  # in one piece: other threads write it too
        if now != told[0]:
            self._told = told = (now, round(now, 6))
        return told[1]

    def append(self, entry: Entry, bodies: Mapping[str, Body] = NO_BODIES) -> None:
        if self.history:
            self.history.append(entry, bodies)

    def event(self, kind: str, actor: str, **facts: Any) -> str | None:
        """Write a fault or lab event of an actor; returns how a fault is done for real, where somebody does so."""
        self.append({"kind": kind, "n": 0, "sent": self.tick(), "at": self.moment(), "to": actor, **facts})
        return None


class ActorJournal:
    """What an actor's faults and holds write through (the journal that mocks.faults asks for)."""

    def __init__(self, recording: Recording, actor: str) -> None:
        self._recording = recording
        self._actor = actor

    def fault(self, name: str, event: str, detail: dict[str, Any]) -> str | None:
        return self._recording.event("fault", self._actor, fault=name, event=event, detail=detail)

    def lab(self, event: str, detail: dict[str, Any]) -> None:
        self._recording.event("lab", self._actor, event=event, detail=detail)


class Recorder:
    """WSGI middleware: names the sender by its token and records what was asked and answered.

    Sets `environ["manolab.actor"]` to the sender's name, or None. What the control API does is not recorded here: it
    is the lab's own business, and its faults and holds write lines of their own.
    """

    def __init__(self, app: WSGIApplication, actor: str, recording: Recording, tokens: Tokens) -> None:
        self._app = app
        self._actor = actor
        self._recording = recording
        self._tokens = tokens

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        authorization = environ.get("HTTP_AUTHORIZATION", "")
        sender = self._tokens.actor_of(authorization)
        environ["manolab.actor"] = sender
        if environ["PATH_INFO"].startswith(CONTROL):
            return self._app(environ, start_response)
        request = body_of(_take_body(environ))
        entry = self._opened(environ, sender or self._tokens.client_of(authorization) or "unknown", request.value)
        answer = Answer()
        try:
            chunks = answer.collect(self._app(environ, answer.start))
            if environ.get(LATE) and not environ[WAIT](environ[LATE]):
                raise NoAnswer("lost")
        except NoAnswer as silence:
            self._closed(entry, request, NO_BODY, failure=silence.kind)
            raise
        entry.update(
            status=answer.status,
            location=_path(answer.headers.get("Location")),
            headers={name: value for name, value in answer.headers.items() if name in KEPT},
        )
        self._closed(entry, request, body_of(b"".join(chunks)))
        start_response(*answer.started)
        return chunks

    def _opened(self, environ: WSGIEnvironment, sender: str, request: Any) -> Entry:
        """The entry of a request that nobody has answered yet."""
        notification = isinstance(request, dict) and "notificationType" in request
        query = environ.get("QUERY_STRING")
        return {
            "kind": "notification" if notification else "exchange",
            "n": 0,  # the history numbers it
            "from": sender,
            "to": self._actor,
            "sent": self._recording.tick(),
            "answered": None,
            "at": self._recording.moment(),
            "method": environ["REQUEST_METHOD"],
            "path": path_of(environ),
            "query": masked_query(query) if query else "",
            "request": request,
            "status": None,
            "location": None,
            "headers": {},
            "failure": None,
        }

    def _closed(self, entry: Entry, request: Body, response: Body, failure: str | None = None) -> None:
        entry.update(answered=self._recording.tick(), failure=failure, response=response.value)
        self._recording.append(entry, {"request": request, "response": response})


def _take_body(environ: WSGIEnvironment) -> bytes:
    """Read the body of a request, and leave it there for who answers."""
    length = environ.get("CONTENT_LENGTH")
    body: bytes = environ["wsgi.input"].read(int(length)) if length and length.isdigit() else b""
    environ["wsgi.input"] = BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
    environ["wsgi.input_terminated"] = True  # what is behind need not count what it reads
    return body


def _path(location: str | None) -> str | None:
    return urlsplit(location).path if location else None
