"""Who a lab on an engine belongs to, so that what is at work can be told from what was left behind."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Self

AT_WORK, DEAD, ELSEWHERE = "at work", "dead", "elsewhere"


@dataclass(frozen=True)
class Owner:
    """A process of a machine; `began` is when it started in the machine's own count, as its number may come again."""

    host: str
    process: int
    began: str

    @classmethod
    def here(cls) -> Self:
        return cls(socket.gethostname(), os.getpid(), _began(os.getpid()))

    @classmethod
    def read(cls, text: str) -> Self:
        """Of the text of another; whoever wrote nothing readable is elsewhere."""
        host, _, rest = text.rpartition("/")
        process, _, began = rest.partition("@")
        return cls(host, int(process) if process.isdecimal() else 0, began)

    def text(self) -> str:
        return f"{self.host}/{self.process}@{self.began}"

    @property
    def fate(self) -> str:
        """`at work`, `dead`, or `elsewhere`: of processes of other machines nothing is known here."""
        if self.host != socket.gethostname() or not self.process:
            return ELSEWHERE
        try:
            os.kill(self.process, 0)
        except ProcessLookupError:
            return DEAD
        except PermissionError:
            pass  # it is there, and somebody else's
        return AT_WORK if _began(self.process) == self.began else DEAD


def _began(process: int) -> str:
    """Clock ticks from the start of the machine to that of the process; nothing where the system does not tell."""
    try:
        words = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return words.rpartition(")")[2].split()[19]
