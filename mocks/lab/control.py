"""The lab's hand on a mock: faults, holds, triggers and resets, over the wire on every backend (lab/v1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from mocks.lab.errors import LabError
from mocks.wire.peers import Exchange

TIMEOUT = 30.0
"""Real seconds; a control call never waits for the lab's time."""


class Control:
    """The control API of one mock."""

    def __init__(self, actor: str, url: str, token: str, exchange: Exchange) -> None:
        self._actor = actor
        self._url = f"{url}/lab/v1"
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._exchange = exchange

    def reset(self, seed: int, profile: Mapping[str, Any] | None = None) -> None:
        """A fresh entity, with this seed for its identifiers and the profile merged over the topology's."""
        self._call("POST", "/reset", {"seed": seed, "profile": dict(profile or {})})

    def arm(self, spec: Mapping[str, Any]) -> str:
        """Arm a fault (see mocks/faults); returns the id to heal it by."""
        return str(self._call("POST", "/faults", dict(spec))["id"])

    def heal(self, id: str) -> None:
        self._call("DELETE", f"/faults/{id}")

    def hold(self, point: str) -> str:
        """Hold the actor's work when it reaches the point; returns the id to release it by."""
        return str(self._call("POST", "/holds", {"point": point})["id"])

    def release(self, id: str) -> None:
        self._call("DELETE", f"/holds/{id}")

    def trigger(self, to: str, method: str, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Have the actor send a request, as itself; returns status, location and body of the answer."""
        wanted = {"to": to, "method": method, "path": path, "body": None if body is None else dict(body)}
        answer: dict[str, Any] = self._call("POST", "/triggers", wanted)
        return answer

    def _call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        content = b"" if body is None else json.dumps(body).encode()
        status, _, received = self._exchange(method, self._url + path, self._headers, content, TIMEOUT)
        answer = json.loads(received) if received else {}
        if status >= 400:
            raise LabError(f"{self._actor} refused {method} /lab/v1{path}: {answer.get('detail', status)}")
        return answer
