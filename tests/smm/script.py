"""A clock that tests move, and a wire on which peers answer from handlers and meet faults."""

from __future__ import annotations

import heapq
import io
import itertools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter


@dataclass
class Due:
    task: Callable[[], None] | None

    def cancel(self) -> None:
        self.task = None


class FakeClock:
    """Time stands still until `run`."""

    def __init__(self) -> None:
        self.time = 0.0
        self._heap: list[tuple[float, int, Due]] = []
        self._count = itertools.count()

    def now(self) -> float:
        return self.time

    def real(self, lab_seconds: float) -> float:
        return lab_seconds

    def call_later(self, delay: float, task: Callable[[], None]) -> Due:
        due = Due(task)
        heapq.heappush(self._heap, (self.time + delay, next(self._count), due))
        return due

    def run(self, until: float = 100_000.0, stop: Callable[[], bool] = lambda: False) -> None:
        """Run what is due, in order of time, until nothing is left, the time is reached, or `stop` says so."""
        while self._heap and self._heap[0][0] <= until and not stop():
            self.time, _, due = heapq.heappop(self._heap)
            if due.task is not None:
                due.task()

    def forget(self) -> None:
        """Lose everything that is due, as a process does that is killed."""
        self._heap.clear()


class Killed(BaseException):
    """The SMM dies at this moment."""


Answer = tuple[int, Any] | tuple[int, Any, str]
Handler = Callable[[Any, "re.Match[str]"], Answer]


@dataclass
class Exchange:
    to: str
    method: str
    path: str
    body: Any
    status: int | None

    @property
    def request(self) -> str:
        return f"{self.method} {self.path}"


class Wire(BaseAdapter):
    """Answers requests from handlers; `faults` strike first, each once."""

    def __init__(self) -> None:
        super().__init__()
        self.handlers: list[tuple[str, str, re.Pattern[str], Handler]] = []
        self.faults: list[tuple[str, Callable[[Callable[[], Answer]], Answer]]] = []
        self.exchanges: list[Exchange] = []

    def on(self, host: str, method: str, path: str, handler: Handler) -> None:
        self.handlers.insert(0, (host, method, re.compile(path + r"$"), handler))

    def strike(self, request: str, fault: Callable[[Callable[[], Answer]], Answer], times: int = 1) -> None:
        """The next requests that match "METHOD host/path" meet a fault; it gets the handler to call, or not."""
        self.faults += [(request, fault)] * times

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:
        parts = urlsplit(request.url or "")
        form = "urlencoded" in str(request.headers.get("Content-Type"))
        body = json.loads(request.body) if request.body and not form else request.body or None
        exchange = Exchange(parts.hostname or "", request.method or "", parts.path, body, None)
        self.exchanges.append(exchange)
        answer = self._answer(exchange)
        exchange.status = answer[0]
        return self._response(request, *answer)

    def close(self) -> None:
        pass

    def _answer(self, exchange: Exchange) -> Answer:
        def call() -> Answer:
            for host, method, pattern, handler in self.handlers:
                match = pattern.match(exchange.path)
                if host == exchange.to and method == exchange.method and match:
                    return handler(exchange.body, match)
            return 404, {"status": 404, "detail": f"{exchange.to} has no {exchange.request}"}

        for index, (pattern, fault) in enumerate(self.faults):
            if re.match(pattern + "$", f"{exchange.method} {exchange.to}{exchange.path}"):
                del self.faults[index]
                return fault(call)
        return call()

    def _response(
        self, request: requests.PreparedRequest, status: int, body: Any, location: str = ""
    ) -> requests.Response:
        response = requests.Response()
        response.status_code = status
        response.url = request.url or ""
        response.request = request
        response.raw = io.BytesIO(b"" if body is None else json.dumps(body).encode())
        if location:
            response.headers["Location"] = location
        return response


def lost(call: Callable[[], Answer]) -> Answer:
    """The request is carried out, its answer is lost."""
    call()
    raise requests.ConnectionError("the answer was lost")


def hang(_call: Callable[[], Answer]) -> Answer:
    """Nobody answers."""
    raise requests.ReadTimeout("no answer in time")


def refuse(status: int) -> Callable[[Callable[[], Answer]], Answer]:
    """The request is answered with an error."""
    return lambda _call: (status, {"status": status, "detail": f"scripted {status}"})


def die(_call: Callable[[], Answer]) -> Answer:
    """The SMM is killed before the request leaves."""
    raise Killed


def die_after(call: Callable[[], Answer]) -> Answer:
    """The SMM is killed when the request has been carried out."""
    call()
    raise Killed
