"""Who in a lab waits for an answer over a socket, and until when in lab time.

So that who falls silent for good can let that time pass at once: nobody need wait in real time for nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mocks.wire.pace import PacedTime


class Call:
    """One exchange that is under way; `over` says that its caller's time is up."""

    def __init__(self, begun: float, end: float) -> None:
        self._begun = begun
        self._end = end
        self.over = False

    def sit_out(self, time: PacedTime, gone: Callable[[float], bool]) -> None:
        """Let time pass until the caller's is up, if the caller does not go before; `gone` waits for real seconds."""
        with time.waiting():  # the caller, who is at work, does nothing else
            while (left := self._end - time.now()) > 0:
                if gone(time.sleep(left)) or time.now() < self._begun:  # a fresh run
                    return
        self.over = True


class Calls:
    """The calls of a lab by the address that the called one sees; those of others are not among them."""

    def __init__(self, time: PacedTime) -> None:
        self._time = time
        self._under_way: dict[Any, Call] = {}

    def begin(self, address: Any, timeout: float) -> Call:
        """A caller at this address waits for so many real seconds, as `PacedTime.patience` gave them."""
        now = self._time.now()
        call = self._under_way[address] = Call(now, now + self._time.patient_for(timeout))
        return call

    def end(self, address: Any) -> None:
        self._under_way.pop(address, None)

    def of(self, address: Any) -> Call | None:
        return self._under_way.get(address)
