"""Callers of a lab over sockets, and a silence that lets their time pass at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
import requests

from mocks.faults.effects import CALLER, NoAnswer
from mocks.wire.calls import Calls
from mocks.wire.pace import STALL, PacedTime
from mocks.wire.server import ActorServer
from mocks.wire.sockets import SocketExchange

FAST = 0.000_01


def still(_seconds: float) -> bool:
    """Nobody hangs up."""
    threading.Event().wait(0.000_1)
    return False


def test_a_silence_ends_when_its_callers_time_is_up_though_he_is_at_work() -> None:
    """In lab time; the real seconds that he was given are far from over."""
    time = PacedTime(FAST)
    calls = Calls(time)
    with time.work():
        call = calls.begin("here", time.patience(60))
        began = time.now()
        assert calls.of("here") is call
        call.sit_out(time, still)
        assert call.over
        assert began + 60 <= time.now()
        at_work = time.now()
        threading.Event().wait(0.001)
        assert time.now() == at_work
    calls.end("here")
    assert calls.of("here") is None


@pytest.mark.parametrize("why", ["he hung up", "a fresh run began"])
def test_a_silence_ends_early_where_the_caller_is_no_more(why: str) -> None:
    """Then nobody's time is up."""
    time = PacedTime(FAST)
    time.restart(100.0)
    call = Calls(time).begin("here", time.patience(1_000_000))

    def gone(_seconds: float) -> bool:
        if why == "a fresh run began":
            time.restart()
        return why == "he hung up"

    with time.work():
        call.sit_out(time, gone)
    assert not call.over


def test_a_patience_is_read_as_it_was_given() -> None:
    """What a caller waits in real seconds stands for so many lab seconds."""
    time = PacedTime(0.01)
    assert time.patient_for(time.patience(60)) == pytest.approx(60)
    assert time.patient_for(STALL / 2) == 0


@pytest.mark.parametrize(("sits_out", "error"), [(True, requests.ReadTimeout), (False, requests.ConnectionError)])
def test_a_connection_that_ends_is_a_time_out_only_where_time_is_up(
    sits_out: bool, error: type[requests.RequestException]
) -> None:
    """Else it is what it looks like: the answer was lost."""
    time = PacedTime(FAST)
    calls = Calls(time)
    exchange = SocketExchange(calls)

    def app(environ: dict[str, Any], _start: Callable[..., Any]) -> list[bytes]:
        call = calls.of(environ[CALLER])
        assert call is not None
        if sits_out:
            call.sit_out(time, still)
        raise NoAnswer("lost")

    server = ActorServer("actor", app)
    server.start()
    try:
        with pytest.raises(requests.RequestException) as raised:
            exchange("GET", server.url, {}, b"", time.patience(60))
        assert type(raised.value) is error
        assert not calls.of(("127.0.0.1", 0))
    finally:
        exchange.close()
        server.stop()
