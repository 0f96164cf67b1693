"""Traffic within an NS: a VNF that sends requests along the paths it was told, and whoever steers it (GR 5.5.2, row 9).

A request opens sessions at the VNF that serves it, and ends them some periods later. What was asked for and not served,
or lost when its server stopped, is counted; all of it are messages between VNFs.
"""

from __future__ import annotations

import threading
from typing import Any

from mocks.entities.core import Core
from mocks.entities.errors import Unprocessable
from mocks.entities.ports import Body

SESSIONS = "/traffic/v1/sessions"
WHOLE = 100
LONGEST = 2000
"""Periods after which a generator that nobody stops falls silent: a lab has to come to rest some time."""


def check_routes(routes: list[Body]) -> None:
    """Unprocessable unless the shares of different VNFs make a whole."""
    shares = sum(route["share"] for route in routes)
    if shares != WHOLE or len({route["vnf"] for route in routes}) < len(routes):
        raise Unprocessable(f"the shares of different VNFs have to make {WHOLE}, these make {shares}")


class TrafficSource:
    """Sends requests in periods, shared between VNFs as its routes say."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._lock = threading.Lock()
        self._routes: list[Body] = []
        self._settings: Body = {"state": "STOPPED", "period": 0.5, "sessions": 4, "lasting": 3}
        self._life = 0
        self._periods = 0
        self._open: list[Body] = []
        self._counts = {"sent": 0, "served": 0, "lost": 0}

    def routes(self) -> Body:
        return {"routes": list(self._routes)}

    def route(self, routes: list[Body]) -> Body:
        """Share what comes from now on as said; sessions that are open stay where they are."""
        check_routes(routes)
        self._routes = list(routes)
        return self.routes()

    def generator(self) -> Body:
        with self._lock:
            return {**self._settings, "counts": dict(self._counts)}

    def generate(self, request: Body) -> Body:
        """Start or stop; whoever stops ends its open sessions first, period by period."""
        with self._lock:
            self._settings |= request
            self._life += 1
            life = self._life
        self._core.clock.call_later(0, lambda: self._period(life))
        return self.generator()

    def interrupt(self, reason: str) -> None:  # noqa: ARG002
        """After a crash nothing is sent any more, and nobody waits for what was sent."""
        with self._lock:
            self._settings["state"] = "STOPPED"
            self._life += 1
            self._open = []

    def snapshot(self) -> Body:
        with self._lock:
            return {
                "routes": list(self._routes),
                "settings": dict(self._settings),
                "counts": dict(self._counts),
                "periods": self._periods,
                "open": [dict(each) for each in self._open],
            }

    def revive(self, snapshot: Body) -> None:
        self._routes, self._settings = list(snapshot["routes"]), dict(snapshot["settings"])
        self._counts, self._periods = dict(snapshot["counts"]), snapshot["periods"]
        self._open = [dict(each) for each in snapshot["open"]]

    def _period(self, life: int) -> None:
        """End what has lasted long enough, send what is due, and come back."""
        if life != self._life:
            return
        self._periods += 1
        running = self._settings["state"] == "RUNNING" and self._periods < LONGEST
        due = [each for each in self._open if not running or each["until"] <= self._periods]
        for each in due:
            self._open.remove(each)
            self._count("served" if self._ask(each["vnf"], "DELETE", f"{SESSIONS}/{each['id']}") else "lost", each)
        if not running:
            return
        for vnf, sessions in _shared(self._routes, self._settings["sessions"], self._periods).items():
            self._send(vnf, sessions)
        self._core.clock.call_later(self._settings["period"], lambda: self._period(life))

    def _send(self, vnf: str, sessions: int) -> None:
        asked = {"vnf": vnf, "sessions": sessions, "until": self._periods + self._settings["lasting"]}
        self._count("sent", asked)
        made = self._ask(vnf, "POST", SESSIONS, {"sessions": sessions})
        if made:
            self._open.append({**asked, "id": made["id"]})
        else:
            self._count("lost", asked)

    def _ask(self, vnf: str, method: str, path: str, body: Body | None = None) -> Any:
        """What was answered when it went well (at least something true), else nothing."""
        status, answer = self._core.peers.request(vnf, method, path, body)
        return (answer or {"status": status}) if status is not None and status < 300 else None

    def _count(self, what: str, sessions: Body) -> None:
        with self._lock:
            self._counts[what] += sessions["sessions"]


def _shared(routes: list[Body], sessions: int, period: int) -> dict[str, int]:
    """How many of the sessions of a period go where; what a share leaves over is made up for in later periods."""
    found: dict[str, int] = {}
    begun = 0
    for route in routes:
        ended = begun + route["share"]
        number = [((period * sessions + each) * 61) % WHOLE for each in range(sessions)]
        mine = sum(begun <= each < ended for each in number)
        if mine:
            found[route["vnf"]] = mine
        begun = ended
    return found


class TrafficSteering:
    """Steers the traffic of an NS: an EM's, or an SDN controller's; the profile's "steers" is who is told."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._routes: list[Body] = [dict(each) for each in core.profile.get("routes", ())]
        self._state = "APPLIED"
        self._turns = 0

    def routes(self) -> Body:
        """The shares, and whether whoever sends knows of them."""
        return {"routes": list(self._routes), "state": self._state}

    def steer(self, routes: list[Body]) -> Body:
        """Have traffic shared like this; the sender is told after the answer."""
        check_routes(routes)
        self._routes, self._state = list(routes), "PENDING"
        self._turns += 1
        turn = self._turns
        self._core.clock.call_later(0, lambda: self._tell(turn))
        return self.routes()

    def snapshot(self) -> Body:
        return {"routes": list(self._routes), "state": self._state, "turns": self._turns}

    def revive(self, snapshot: Body) -> None:
        self._routes, self._state, self._turns = list(snapshot["routes"]), snapshot["state"], snapshot["turns"]

    def _tell(self, turn: int) -> None:
        source = self._core.profile.get("steers")
        if source is None or turn != self._turns:
            return
        status, _ = self._core.peers.request(str(source), "PUT", "/traffic/v1/routes", {"routes": list(self._routes)})
        self._state = "APPLIED" if status == 200 else "FAILED"
