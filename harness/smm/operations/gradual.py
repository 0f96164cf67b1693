"""Operations that bring something about bit by bit: look, do the next thing that is missing, look again later."""

from __future__ import annotations

from typing import ClassVar

from harness.clients.http import Body
from harness.smm.operations.base import Absent, Context, Done, Failed, Operation, Outcome, Waiting


class Gradual(Operation):
    """Each turn says what is left to do; a turn that finds nothing left is the end."""

    period: ClassVar[float] = 0.5
    turns: ClassVar[int] = 40

    def turn(self, context: Context) -> Outcome | None:
        """Do the next thing; None when it is under way and has to be looked at again."""
        raise NotImplementedError

    def do(self, context: Context) -> Outcome:
        return self.turn(context) or Waiting(float(context.setting("period", self.period)))

    def hear(self, context: Context, notification: Body) -> Outcome | None:  # noqa: ARG002 - what is seen counts
        return None

    def look_up(self, context: Context) -> Outcome | Absent:
        turns = context.memory["turns"] = context.memory.get("turns", 0) + 1
        outcome = self.turn(context)
        if outcome is None and turns >= int(context.parameter("turns", self.turns)):
            return Failed("failed", self.complaint(context))
        return outcome or Waiting(float(context.setting("period", self.period)))

    def complaint(self, context: Context) -> str:
        """What to say when it comes to no end."""
        return f"{context.step.operation} comes to no end"

    def once(self, context: Context, what: str) -> bool:
        """Whether this is the first time that a step asks for something; what takes time is asked for once."""
        asked: list[str] = context.memory.setdefault("asked", [])
        if what in asked:
            return False
        asked.append(what)
        return True


def done_with(facts: Body | None) -> Done | None:
    """Done, where there is something to say."""
    return None if facts is None else Done(facts)
