"""The lab on the bench: one for a process, with the subject and the observer hosted beside the mocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.clients.entities import Endpoint
from harness.sut import Factory, Surroundings, resolve
from mocks.lab.lab import open_lab

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from steps.settings import Settings

SMM = "smm"
OBSERVER = "observer"


class Slot:
    """A WSGI application that may be changed for another, so that a fresh subject comes under the same URL."""

    def __init__(self) -> None:
        self.app: WSGIApplication | None = None

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if self.app is None:
            start("503 Service Unavailable", [("Content-Length", "0")])
            return [b""]
        return self.app(environ, start)


def ears(_environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """The observer's side of notifications: 204 for whatever comes; the recorder before it keeps what was said."""
    start("204 No Content", [])
    return [b""]


class Bench:
    """A lab kept from scenario to scenario; each scenario gets fresh mocks and a fresh subject."""

    def __init__(self, settings: Settings) -> None:
        self.lab = open_lab(settings.topology, settings.transport, settings.backend)
        self._slot = Slot()
        self._make: Factory = resolve(settings.subject)
        self._smm = self.lab.host(SMM, "SMM", self._slot)
        self.observer = self.lab.host(OBSERVER, "OBSERVER", ears)
        self._clock = self.lab.new_clock()
        self.session = self.lab.session(OBSERVER)

    def begin(self, folder: Path, scenario: Mapping[str, Any], profiles: Mapping[str, Mapping[str, Any]]) -> None:
        """Open a run: fresh mocks by these profiles, a fresh subject, an empty history in the folder."""
        self._slot.app = None
        self.lab.begin(folder, scenario, profiles=profiles)
        inventory = {name: Endpoint(actor.type, actor.url) for name, actor in self.lab.actors.items()}
        session = self.lab.session(SMM)
        self._slot.app = self._make(Surroundings(session, self._clock, inventory, self._smm.url, folder))

    def close(self) -> None:
        self.session.close()
        self.lab.close()
