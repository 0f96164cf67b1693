"""clock-skew: the actor's clock is `seconds` fast (negative: slow).

All its date-times are wrong by that, its timers are not.
"""

from __future__ import annotations

from mocks.faults.effects import Datum, Fault, answer_still, go_on

DECADE = 315_360_000
"""Seconds."""

FAULT = Fault(
    "clock-skew",
    at_request=answer_still,
    at_point=go_on,
    data={"seconds": Datum(float, 3600, -DECADE, DECADE)},
    lasting="skewed",
)
