"""What a fault is: the ways it can show at a request and at a step of work, and the silence it may cause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from mocks.entities.ports import Task

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Silence = Literal["refused", "hang", "lost"]
Condition = Literal["dead", "still", "cut", "late", "full", "skewed"]
"""What a whole actor may be: killed, its work lost; standing still, to go on later; out of everybody's reach; behind a
bad link; without room for its state; with a clock that is wrong."""

Data = Mapping[str, Any]


LATE = "manolab.late"
"""In the environ of a request: by how many lab seconds its answer comes late. For the transport, which is the one that
can wait: it offers under `WAIT` a function of these seconds that waits, and says whether the caller is still there."""

WAIT = "manolab.wait"

GONE = "manolab.gone"
"""In the environ of a request that came by a socket: a function that waits for so many real seconds, or until the
caller hangs up; returns whether that is so."""

CALLER = "manolab.caller"
"""In the environ of a request that came by a socket: the address that it came from, as sockets have it."""

PLAYED = "played"
"""How a fault is done that no engine does for real."""


class NoAnswer(Exception):  # an outcome for the transport, not an error
    """No answer goes out to this request; each transport turns it into what a caller would see.

    `kind` is "refused" (connection refused), "hang" (the caller's time-out passes) or "lost" (the request was
    carried out, its answer is thrown away).
    """

    def __init__(self, kind: Silence) -> None:
        super().__init__(kind)
        self.kind: Silence = kind


@dataclass(frozen=True)
class Passing:
    """A step of work that has come to a point where a fault strikes, and what can become of it."""

    point: str
    proceed: Task
    fail: Callable[[Exception], None]
    park: Callable[[Task], None]
    """Keep the work until the fault heals."""


RequestEffect = Callable[[Data, "WSGIApplication", "WSGIEnvironment", "StartResponse"], Iterable[bytes]]
PointEffect = Callable[[Data, Passing], None]
Lag = Callable[[Data, int], float]
"""By how many lab seconds the n-th message since the strike comes late; infinitely: it never gets there."""


@dataclass(frozen=True)
class Datum:
    """One attribute of a fault's data: its type, its default, and the range of a number."""

    type: type
    default: Any
    minimum: int = 0
    maximum: int = 2**31


@dataclass(frozen=True)
class Fault:
    """One way to go wrong; how often and where is not its business.

    A `lasting` fault leaves the actor in a condition from the strike until it heals; one that is lasting `everywhere`
    does so only when it is armed without a place. A `physical` one may be done for real by an engine; the history says
    which way it was.
    """

    name: str
    at_request: RequestEffect | None = None
    at_point: PointEffect | None = None
    default_point: str | None = None
    data: Mapping[str, Datum] = field(default_factory=dict)
    lasting: Condition | None = None
    everywhere: Condition | None = None
    lag: Lag | None = None
    physical: bool = False


def answer_still(_data: Data, app: WSGIApplication, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """A fault begins with this request, and does nothing to it."""
    return app(environ, start)


def go_on(_data: Data, passing: Passing) -> None:
    """A fault begins with this step, and does nothing to it."""
    passing.proceed()
