"""The server of an actor: a silent one keeps no thread busy for callers that have gone."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from mocks.faults.effects import NoAnswer
from mocks.wire.server import THREADS, ActorServer


def test_callers_that_hang_up_make_room_for_others() -> None:
    """More callers than threads give up on a silent actor, one after the other, and another is answered."""

    def app(environ, start):  # type: ignore[no-untyped-def]
        if environ["PATH_INFO"] == "/silent":
            raise NoAnswer("hang")
        start("200 OK", [("Content-Length", "0")])
        return [b""]

    server = ActorServer("actor", app)
    server.start()
    try:
        for _ in range(THREADS + 1):
            with pytest.raises(requests.ReadTimeout):
                requests.get(f"{server.url}/silent", timeout=0.05)
        assert requests.get(server.url, timeout=5).status_code == 200
    finally:
        server.stop()


def test_a_server_stops_though_somebody_waits() -> None:
    """Who waits for a silent actor is hung up on when its server ends."""
    asked = threading.Event()

    def app(environ, start):  # type: ignore[no-untyped-def]
        asked.set()
        raise NoAnswer("hang")

    server = ActorServer("actor", app)
    server.start()
    with ThreadPoolExecutor(1) as caller:
        waiting = caller.submit(requests.get, server.url, timeout=30)
        assert asked.wait(5)
        server.stop()
        with pytest.raises(requests.ConnectionError):
            waiting.result(5)
