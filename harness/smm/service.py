"""The reference SMM by itself: `python -m harness.smm.service`, told by its environment, or `manolab smm serve`.

    MANOLAB_SMM_HOST, MANOLAB_SMM_PORT   where it listens (127.0.0.1, and a port that the system chooses)
    MANOLAB_SMM_URL                      where entities reach it for callbacks, when that is another address
    MANOLAB_SMM_FOLDER                   where it keeps its journal (without one: in memory only)

A lab that runs it tells it the same, and more, in MANOLAB_NODE (JSON) and MANOLAB_SECRET (the key that both share).
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import requests
from cheroot.wsgi import Server

from harness.clients.clock import SystemClock
from harness.clients.errors import NoAnswer, Transient
from harness.clients.paced import PacedClock
from harness.smm import Subject, create
from harness.smm.door import OWN, Door, Lab, Message
from harness.smm.journal import forget, latest
from harness.sut.surroundings import SubjectError, Surroundings

THREADS = 8
ATTEMPTS = 60
"""So often, a second apart, whom it needs at the start is asked: after a power cut all come up at once."""


@dataclass(frozen=True)
class Settings:
    """What the service is told. `pace` is how many seconds a lab second takes, `collector` the lab it reports to."""

    host: str = "127.0.0.1"
    port: int = 0
    folder: Path | None = None
    url: str = ""
    name: str = "smm"
    pace: float = 1.0
    collector: str = ""

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Self:
        """The settings of an environment; raises SubjectError for one that makes no sense."""
        told: dict[str, Any] = json.loads(environ.get("MANOLAB_NODE", "{}"))
        given = {name: environ.get(f"MANOLAB_SMM_{name.upper()}") for name in OWN_VARIABLES}
        own = {name: value for name, value in given.items() if value}
        told = {name: value for name, value in told.items() if name in cls.__dataclass_fields__} | own
        if not str(told.get("port", 0)).isdigit():
            raise SubjectError(f"MANOLAB_SMM_PORT is {told['port']!r}; expected a number from 0 to 65535")
        folder = Path(told["folder"]) if told.get("folder") else None
        return cls(**{**told, "port": int(told.get("port", 0)), "folder": folder})


OWN_VARIABLES = ("host", "port", "folder", "url")


class TidyServer(Server):
    """Cheroot's server, which leaves no open socket behind when a port is taken, and can come back to its port."""

    @staticmethod
    def bind_socket(socket_: socket.socket, bind_addr: tuple[str, int]) -> socket.socket:
        socket_.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            socket_.bind(bind_addr)
        except OSError:
            socket_.close()
            raise
        return socket_


class Service:
    """The SMM and its server. It listens from `start` on, and everybody who asks before finds nobody."""

    def __init__(self, settings: Settings, key: str = "") -> None:
        self.settings = settings
        self._server = _bound(settings, self._app)
        self._failures: list[Exception] = []
        self._paced = PacedClock(settings.pace, self._failures.append) if settings.collector else None
        self._clock: SystemClock = self._paced or SystemClock(at=latest(settings.folder) if settings.folder else 0.0)
        self._session = requests.Session()
        self._session.trust_env = False
        self._lab = Lab(settings.collector, key, self._session) if settings.collector else None
        self._door = Door(key, {"rest": self._rest, "runs": self._begin, "settlements": self._settle})
        self.url = settings.url or f"http://{settings.host}:{self._server.bind_addr[1]}"
        self._subject: Subject | None = None
        self._thread = threading.Thread(target=self._server.serve, name="smm-server", daemon=True)

    def start(self) -> None:
        """Take up what a life before left, listen, and tell the lab; raises ClientError when that cannot be."""
        _patiently(self._take_up)
        self._thread.start()
        if self._lab:
            self._lab.ready(self.settings.name, self._server.bind_addr[1])

    def stop(self) -> None:
        """Answer nobody any more; what was under way can be taken up again."""
        self._server.stop()
        self._thread.join()
        self._clock.close()
        if self._subject:
            self._subject.close()
        self._session.close()

    def _take_up(self) -> None:
        if self._lab and self._paced:
            self._paced.restart(self._lab.now())
        self._subject = self._fresh()

    def _fresh(self) -> Subject:
        # the token of the run before is not for this one
        self._session.headers.pop("Authorization", None)
        folder, name = self.settings.folder, self.settings.name
        return create(Surroundings(self._session, self._clock, {}, self.url, folder, name))

    def _app(self, environ: dict[str, Any], start_response: Any) -> Any:
        if environ["PATH_INFO"].startswith(OWN) or self._subject is None:
            return self._door(environ, start_response)
        with self._clock.working():
            return self._subject(environ, start_response)

    def _rest(self, message: Message) -> Message:
        """Drop all work; between two runs nobody disturbs the others."""
        if self._paced:
            self._paced.restart(message["now"])
        return {}

    def _begin(self, message: Message) -> Message:
        """An SMM that has seen nothing yet; the lab introduces it next."""
        self._rest(message)
        if self._subject:
            self._subject.close()
        if self.settings.folder:
            forget(self.settings.folder)
        self._subject = self._fresh()
        return {}

    def _settle(self, message: Message) -> Message:
        rests = self._clock.rest(message["limit"])
        failures = [self._failures.pop(0) for _ in list(self._failures)]
        return {"settled": rests, "failures": [f"{type(one).__name__}: {one}" for one in failures]}


def _bound(settings: Settings, app: Any) -> Server:
    server = TidyServer((settings.host, settings.port), app, numthreads=THREADS, server_name="smm")
    server.expiration_interval = 0.05
    server.error_log = _log  # type: ignore[method-assign]  # cheroot's way to set it
    try:
        server.prepare()
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        raise SubjectError(f"the SMM cannot listen on {where}: {_reason(error)}; choose another port") from None
    return server


def _reason(error: OSError) -> str:
    # cheroot wraps what the system said into an error without a number
    return "the port is taken" if "already in use" in str(error) else str(error.strerror or error)


def _log(msg: str = "", level: int = 20, traceback: bool = False) -> None:  # noqa: ARG001 - as cheroot calls it
    """Who hangs up is no news; what broke in here is."""
    if traceback and not isinstance(sys.exc_info()[1], OSError):
        threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread())))


def _patiently(work: Any) -> None:
    """Whom the SMM needs may be about to come up."""
    for _ in range(ATTEMPTS - 1):
        try:
            work()
        except (NoAnswer, Transient):
            threading.Event().wait(1)
        else:
            return
    work()


def main() -> None:
    """Serve until told to end, or until whoever launched this process hangs up its standard input."""

    def end(*_: object) -> None:
        os._exit(0)  # what must outlive this stands in the journal already

    signal.signal(signal.SIGTERM, end)
    # Ctrl-C is the affair of the lab that launched this process, if one did
    signal.signal(signal.SIGINT, signal.SIG_IGN if os.environ.get("MANOLAB_NODE") else end)
    try:
        service = Service(Settings.read(os.environ), os.environ.pop("MANOLAB_SECRET", ""))
        service.start()
    except Exception as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        sys.stderr.flush()
        os._exit(1)
    sys.stderr.write(f"the SMM listens; callbacks go to {service.url}\n")
    if os.environ.get("MANOLAB_TIED"):
        threading.Thread(target=lambda: end(os.read(0, 1)), daemon=True).start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
