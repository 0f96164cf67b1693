"""What an entity needs from the world around it, as small protocols; the lab plugs them in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Body = dict[str, Any]
Task = Callable[[], None]


class Timer(Protocol):
    """A task that was put off, and can be called off."""

    def cancel(self) -> None: ...


class Clock(Protocol):
    """Time in lab seconds since the lab began; never the wall's."""

    def now(self) -> float: ...

    def call_later(self, delay: float, task: Task) -> Timer:
        """Run the task after `delay` lab seconds; a delay of 0 means after the present request was answered."""
        ...


class DatedClock(Clock, Protocol):
    """A clock that also shows the time of day; that may be wrong, while what is put off still comes in time."""

    def date(self) -> float:
        """The time of day in lab seconds since the lab's epoch, for date-times only."""
        ...


class Ids(Protocol):
    """Where identifiers come from: one seeded source for each actor."""

    def uuid(self) -> str: ...

    def snapshot(self) -> Body:
        """What it takes to go on in another life without giving an identifier twice."""
        ...

    def revive(self, snapshot: Body) -> None: ...


class Gate(Protocol):
    """Every step of work that takes time passes here, so that it can be held, failed or never come back."""

    def enter(self, point: str, proceed: Task, fail: Callable[[Exception], None]) -> None:
        """Call `proceed` now or later, or `fail` with a StepFailed, or neither (a crash).

        `point` is "<kind of work>/<step>", for example "software-modification/deploy".
        """
        ...


@dataclass(frozen=True)
class Check:
    """What an entity found when it used a service of a peer: `status` is None when no answer came."""

    peer: str
    reachable: bool
    status: int | None
    detail: str = ""


class Peers(Protocol):
    """The other actors, by name. Calls go over the wire, as this entity, and are recorded there.

    Only work on the clock may call these, never the handling of a request (but for `check`, `authenticate`, `answers`).
    """

    def check(self, peer: str, root: str = "") -> Check:
        """Use a service of the peer the way this entity does in daily life, over the instance at `root` if given."""
        ...

    def authenticate(self, peer: str) -> int | None:
        """Get a token from the peer, as its client; the HTTP status, None when no answer came."""
        ...

    def ask_check(self, actor: str, peer: str) -> Check:
        """Ask another actor to check a peer and return what it found; the peer is the actor it went to."""
        ...

    def state_of(self, actor: str) -> Body | None:
        """The ManoEntity that an actor reports of itself (SOL 009 clause 5), or None when no answer came."""
        ...

    def allocate(self, provider: str, reservation_id: str, resources: Mapping[str, int]) -> str:
        """Take resources out of a reservation and return the allocation's id; raise StepFailed when refused."""
        ...

    def release(self, provider: str, reservation_id: str, allocation_id: str) -> None: ...

    def request(self, to: str, method: str, path: str, body: Body | None = None) -> tuple[int | None, Body | None]:
        """Send a request to an actor as this entity; status None when no answer came."""
        ...

    def deliver(self, callback_uri: str, notification: Body) -> None:
        """Send a notification; what becomes of it is the receiver's affair."""
        ...

    def answers(self, callback_uri: str) -> bool:
        """Whether the callback answers a GET with 204 (the test of SOL 013 before a subscription is made)."""
        ...
