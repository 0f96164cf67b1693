"""HTTP as the harness speaks it: typed errors, pages, time."""

from __future__ import annotations

import threading
from typing import Any

import pytest
import requests

from harness.clients import Conflict, Malformed, NoAnswer, NotFound, Refused, Transient
from harness.clients.clock import SystemClock
from harness.clients.entities import Endpoint, Entities, UnknownActor
from harness.clients.http import Http
from tests.smm.script import FakeClock, Wire


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def http(wire: Wire) -> Http:
    session = requests.Session()
    session.mount("http://", wire)
    return Http(session, "http://peer", FakeClock())


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, Refused),
        (404, NotFound),
        (409, Conflict),
        (422, Refused),
        (429, Transient),
        (500, Transient),
        (503, Transient),
    ],
)
def test_an_error_answer_is_a_typed_error(wire: Wire, http: Http, status: int, error: type[Exception]) -> None:
    """The message has request, status and detail."""
    wire.on("peer", "GET", "/x", lambda b, m: (status, {"detail": "why"}))
    with pytest.raises(error, match=f"GET http://peer/x was answered {status}: why"):
        http.get("/x")


def test_only_some_errors_say_that_nothing_was_done(wire: Wire, http: Http) -> None:
    """503 and 429 do, 500 and 504 leave it open."""
    found = {}
    for status in (429, 500, 503, 504):
        wire.on("peer", "POST", "/x", lambda b, m, s=status: (s, None))  # type: ignore[misc]
        with pytest.raises(Transient) as caught:
            http.post("/x")
        found[status] = caught.value.untouched
    assert found == {429: True, 500: False, 503: True, 504: False}


def test_silence_is_an_error_of_its_own(wire: Wire, http: Http) -> None:
    """Nobody knows whether the request was carried out."""

    def silent(_body: Any, _match: Any) -> Any:
        raise requests.ReadTimeout("slow")

    wire.on("peer", "GET", "/x", silent)
    with pytest.raises(NoAnswer, match="slow"):
        http.get("/x")


def test_answers_that_break_the_description_are_malformed(wire: Wire, http: Http) -> None:
    """No list, no object, no Location."""
    wire.on("peer", "GET", "/x", lambda b, m: (200, "text"))
    for broken in (lambda: http.all("/x"), lambda: http.get("/x").object, lambda: http.get("/x").created):
        with pytest.raises(Malformed):
            broken()


def test_actors_are_found_by_name() -> None:
    """An unknown one is an error that lists the known."""
    entities = Entities(requests.Session(), {"vim": Endpoint("VIM", "http://vim")}, FakeClock())
    assert entities["vim"] is entities["vim"]
    with pytest.raises(UnknownActor, match="known: vim"):
        entities["vnfm"]


def test_the_system_clock_runs_tasks_in_order_on_one_thread() -> None:
    """Cancelled ones not at all, and an error does not stop it."""
    errors: list[Exception] = []
    clock = SystemClock(errors.append)
    seen: list[tuple[str, str]] = []
    over = threading.Event()

    def note(name: str) -> None:
        seen.append((name, threading.current_thread().name))

    def fail() -> None:
        raise ValueError("oops")

    clock.call_later(0.02, lambda: note("later"))
    clock.call_later(0.01, lambda: note("never")).cancel()
    clock.call_later(0, fail)
    clock.call_later(0, lambda: note("soon"))
    clock.call_later(0.03, over.set)
    assert over.wait(5)
    clock.close()
    assert [name for name, _ in seen] == ["soon", "later"]
    assert {thread for _, thread in seen} == {"smm-clock"}
    assert [str(error) for error in errors] == ["oops"]
    assert clock.now() > 0
    assert clock.real(3) == 3
