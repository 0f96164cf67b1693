"""What stands before a node that is a process of its own, and is all that callers ever reach of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mocks.entities.ports import Task
from mocks.faults.effects import NoAnswer
from mocks.faults.refusal import Problem, refusal
from mocks.wire.proxy import ReverseProxy
from mocks.wire.recorder import CONTROL
from mocks.wire.tokens import ADMIN

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ANSWER_WITHIN = 30.0
"""Real seconds in which a node has to answer the lab itself."""


class Front:
    """What the lab serves for a node: a proxy to it, or the silence that a real fault makes of it.

    `struck` is the id of the fault that afflicts the whole node, `undo` what ends that.
    """

    def __init__(self, name: str, patience: float) -> None:
        self._name = name
        self.proxy = ReverseProxy(patience)
        self.control = ReverseProxy(ANSWER_WITHIN)
        self.struck = ""
        self.undo: Task | None = None
        self.pending: Task | None = None
        """A strike while the fault is being armed waits until the node has answered that it is."""
        self.wounds: dict[str, Task] = {}
        """What ends each fault that is real and leaves the node at work, by the fault's id."""
        self.patience = patience
        self.killed = False
        self.deaf = False
        """Whether not even the lab can talk to the node."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(CONTROL):
            return self._steer(environ, start_response)
        if self.killed:
            raise NoAnswer("refused")
        return self.proxy(environ, start_response)

    def recover(self) -> None:
        """End what a real fault did to the node; nothing to do when none has."""
        undo, self.undo = self.undo, None
        if undo:
            undo()
        self.struck, self.killed, self.deaf = "", False, False

    def mend(self, id: str) -> None:
        """End what was done for real to a node at work."""
        mend = self.wounds.pop(id, None)
        if mend:
            mend()

    def make_whole(self) -> None:
        """End all that was done to the node."""
        self.recover()
        for fault in list(self.wounds):
            self.mend(fault)

    def close(self) -> None:
        self.proxy.close()
        self.control.close()

    def _steer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked = (environ["REQUEST_METHOD"], environ["PATH_INFO"])
        healing = asked in (("DELETE", f"{CONTROL}v1/faults/{self.struck}"), ("POST", f"{CONTROL}v1/reset"))
        if healing and environ.get("manolab.actor") == ADMIN:
            self.make_whole() if asked[0] == "POST" else self.recover()
        if self.deaf:
            detail = f"{self._name} is down since {self.struck} struck; heal that first, or reset {self._name}"
            return refusal(environ, start_response, Problem(409, "Conflict", detail))
        answer = self.control(environ, start_response)
        strike, self.pending = self.pending, None
        if strike:
            strike()
        return answer
