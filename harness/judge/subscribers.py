"""Who is owed a notification: whoever subscribed to it is told without asking."""

from __future__ import annotations

from collections.abc import Mapping

from harness.judge.case import Case

SUBSCRIPTIONS = "/*/*/subscriptions"


def listens(case: Case, who: str, to: str, state: str) -> bool:
    """Whether somebody has subscribed to the notifications of another that something is in this state."""
    made = [entry for entry in case.history.find("POST", SUBSCRIPTIONS, source=who, to=to) if entry.ok]
    wanted = [entry.asked("filter") for entry in made]
    return any(state in (one.get("states") or (state,)) if isinstance(one, Mapping) else True for one in wanted)
