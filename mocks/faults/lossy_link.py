"""lossy-link: of the messages to and from an actor `percent` get lost, and are sent again as TCP does it.

Each loss costs a retransmission time-out, which doubles (RFC 6298); after so many tries the sender gives up and the
message never gets there. Which messages are lost is drawn from `seed`, where the loss is played; where an engine does
it for real, chance decides.
"""

from __future__ import annotations

import math
import random

from mocks.faults.effects import Data, Datum, Fault, answer_still, go_on

FIRST_TIMEOUT = 1.0
"""Lab seconds (RFC 6298 clause 2.1)."""

TRIES = 6
"""After the last of them as much time has passed as callers wait for an answer."""


def _lag(data: Data, message: int) -> float:
    draw = random.Random(f"{data['seed']}/{message}")  # noqa: S311 - losses that repeat are the point
    waited, timeout = 0.0, FIRST_TIMEOUT
    for _ in range(TRIES):
        if draw.random() * 100 >= data["percent"]:
            return waited
        waited, timeout = waited + timeout, 2 * timeout
    return math.inf


FAULT = Fault(
    "lossy-link",
    at_request=answer_still,
    at_point=go_on,
    data={"percent": Datum(float, 10.0, 0, 100), "seed": Datum(int, 1)},
    lasting="late",
    lag=_lag,
    physical=True,
)
