"""The lab on the bench: one for a process, with the subject and the observer hosted beside the mocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import harness
from harness.clients.entities import Endpoint
from harness.described import described
from harness.sut import (
    FALLBACK_MANAGER,
    Checked,
    Credentials,
    Description,
    Factory,
    SubjectError,
    Surroundings,
    resolve,
)
from mocks.lab.lab import open_lab
from mocks.lab.topology import DEFAULT
from mocks.lab.transport import BRISK, PACE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from mocks.wire.history import History
    from steps.settings import Settings

TOPOLOGIES = DEFAULT.parent
HARNESS = Path(harness.__file__).parent
EMBEDDED = "embedded"
SMM = "smm"
FALLBACK = "fallback-manager"
OBSERVER = "observer"
ELSEWHERE = "http:"
REFERENCE = "reference:"
SERVICE = "harness.smm.service"
"""The role of the reference SMM where it is a process of its own."""


@cache
def northbound() -> Description:
    """The description of smm/v1, which every subject is held to."""
    return Description(described(HARNESS / "smm" / "smm.yaml"))


@cache
def fallback_northbound() -> Description:
    """The description of fallback/v1, which every Fallback Manager is held to."""
    return Description(described(HARNESS / "fallback" / "fallback.yaml"))


class Slot:
    """A WSGI application that may be changed for another, so that a fresh subject comes under the same URL."""

    def __init__(self, app: WSGIApplication | None = None) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if self.app is None:
            start("503 Service Unavailable", [("Content-Length", "0")])
            return [b""]
        return self.app(environ, start)


def ears(_environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """The observer's side of notifications: 204 for whatever comes; the recorder before it keeps what was said."""
    start("204 No Content", [])
    return [b""]


def _close(subject: WSGIApplication) -> None:
    close = getattr(subject, "close", None)
    try:
        if close:
            close()
    except Exception as error:
        raise SubjectError(f"a subject broke when it was closed: {type(error).__name__}: {error}") from error


class Bench:
    """A lab kept from scenario to scenario; each scenario gets fresh mocks and a fresh subject."""

    def __init__(self, settings: Settings, topology: str | None = None) -> None:
        """`topology` names one of the lab's own files; a file that the user gave wins."""
        own = TOPOLOGIES / f"{topology}.topology.yaml" if topology else None
        ours = settings.subject == settings.fallback_manager == REFERENCE
        pace = BRISK if ours else PACE
        self.lab = open_lab(settings.topology or own, settings.transport, settings.backend, pace)
        self._slot = Slot()
        self._runs = 0
        self._subject = re.sub(r"//[^/@]*@", "//***@", settings.subject)  # no password in a record
        self._make: Factory = resolve(settings.subject)
        self._embedded = settings.backend == EMBEDDED
        self._in_memory = self._embedded and settings.subject == REFERENCE
        self._smm = self.lab.host(SMM, "SMM", self._slot)
        self._fallback_slot = Slot()
        self._make_fallback: Factory = resolve(settings.fallback_manager, FALLBACK_MANAGER)
        self._fallback = self.lab.host(FALLBACK, "FALLBACK_MANAGER", self._fallback_slot)
        if settings.subject == REFERENCE and settings.backend != EMBEDDED:
            # The lab makes it fresh for each run, introduces it, and closes it.
            beside = Slot(self.lab.launch(SMM, SERVICE))
            self._make = lambda _: beside
        self._made: list[WSGIApplication] = []
        self.observer = self.lab.host(OBSERVER, "OBSERVER", ears)
        self._clock = self.lab.new_clock()
        self.session = self.lab.session(OBSERVER)

    def begin(self, folder: Path, scenario: Mapping[str, Any], profiles: Mapping[str, Mapping[str, Any]]) -> None:
        """Open a run: fresh mocks by these profiles, a fresh subject, an empty history in the folder."""
        self._dismiss()
        self._runs += 1
        # An SMM that lives from run to run must not meet the identifiers of the run before again.
        seed = self._runs if self._subject.startswith(ELSEWHERE) else 1
        self.lab.begin(folder, {**scenario, "subject": self._subject}, seed, profiles)
        if self._embedded:
            self.lab.attend()
        inventory = {name: Endpoint(actor.type, actor.url) for name, actor in self.lab.actors.items()}
        credentials = Credentials(self._smm.url + "/oauth2/token", SMM, self.lab.client_secret(SMM))
        session = self.lab.session(SMM)
        # The reference SMM is not killed in this process, and nobody reads what it kept: it remembers in memory.
        kept = None if self._in_memory else folder
        subject = self._make(Surroundings(session, self._clock, inventory, self._smm.url, kept, SMM, credentials))
        self._made.append(subject)
        self._slot.app = Checked(subject, northbound(), self._breach)
        self._begin_fallback_manager(inventory)

    def _begin_fallback_manager(self, inventory: Mapping[str, Endpoint]) -> None:
        """It is hosted beside the SMM, and idle in scenarios that need none."""
        url, session = self._fallback.url, self.lab.session(FALLBACK)
        credentials = Credentials(url + "/oauth2/token", FALLBACK, self.lab.client_secret(FALLBACK))
        around = Surroundings(session, self._clock, inventory, url, None, FALLBACK, credentials)
        made = self._make_fallback(around)
        self._made.append(made)
        self._fallback_slot.app = Checked(made, fallback_northbound(), self._fallback_breach, "/fallback/")

    def _fallback_breach(self, what: str) -> None:
        self.lab.note(FALLBACK, "breach", {"breach": what})

    def _breach(self, what: str) -> None:
        self.lab.note(SMM, "breach", {"breach": what})

    def end(self) -> History:
        """Close the run: its history, and then the subjects."""
        history = self.lab.end()
        self._dismiss()
        return history

    def _dismiss(self) -> None:
        """Who is a subject no more is told so, if it wants to be: by its `close`."""
        self._slot.app = self._fallback_slot.app = None
        with ExitStack() as every:
            while self._made:
                every.callback(_close, self._made.pop())

    def close(self) -> None:
        with ExitStack() as every:
            every.callback(self.lab.close)
            every.callback(self.session.close)
            self._dismiss()
