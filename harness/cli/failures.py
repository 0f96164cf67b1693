"""What a command may end with other than success, and how it is said.

    Failure                 one message, no traceback; `exit_code` says whose fault it is
      WrongUse 64           what was asked cannot be: a wrong file, key, value, path, or a port in use
        UnknownWord 64      a word that is none of those allowed, with the nearest of them
      Broken 70             the harness or the lab broke

Anything else that is raised is a defect of manolab: its traceback goes to a file, and the command ends with 70.
Exit codes of every command: 0 met, 1 a fail, 2 a verdict is missing, 64 wrong use, 70 broken, 130 ended by Ctrl-C.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

MET, FAILED, MISSING, WRONG_USE, BROKEN, ENDED = 0, 1, 2, 64, 70, 130
"""Exit codes; `MISSING` is for no fail, but a verdict is missing. Never a count."""


class Failure(Exception):
    """A command cannot go on: `what` happened, and the next step to take, if there is one."""

    exit_code = BROKEN

    def __init__(self, what: str, *, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what}\n  {self.hint}" if self.hint else self.what


class WrongUse(Failure):
    """The user asked for what cannot be."""

    exit_code = WRONG_USE


class UnknownWord(WrongUse):
    """`word` is no `kind` that exists; names what is allowed, the nearest first."""

    def __init__(self, kind: str, word: str, allowed: Iterable[str]) -> None:
        known = list(allowed)
        near = difflib.get_close_matches(word, known, n=3, cutoff=0.5)
        meant = f"did you mean {' or '.join(near)}? " if near else ""
        super().__init__(f"no {kind} {word!r}", hint=f"{meant}allowed: {', '.join(known) or 'nothing'}")


class Broken(Failure):
    """The harness or the lab broke; never the subject's fault."""
