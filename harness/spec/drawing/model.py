"""What is drawn, as plain data: a sequence of steps between lifelines, what was observed of it, a graph of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Lifeline:
    """Somebody who takes part. `declared` is whether the use case's actors table knows the role."""

    key: str
    name: str
    declared: bool = True


@dataclass(frozen=True)
class Arrow:
    """Who does it to whom, by the keys of lifelines.

    `kind` is message, peer (both ways) or effect: what the message brings about between others, or may bring about.
    """

    sender: str
    receiver: str
    kind: Literal["message", "peer", "effect"] = "message"


@dataclass(frozen=True)
class Step:
    """One row: its arrows, or, where it has none, the lifelines that it lies `over`.

    `label` is what the row says first, without what stands in brackets, `text` all that it says; `at` is the cell of
    the column "At #", `notes` the numbers of the notes it refers to ("0" where the table's only note has none).
    """

    ref: str
    number: str
    label: str
    text: str
    arrows: tuple[Arrow, ...] = ()
    over: tuple[str, ...] = ()
    at: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exchange:
    """A message of a run, or one that a row asked for and nobody sent (`missing`)."""

    sender: str
    receivers: tuple[str, ...]
    label: str
    answer: str = ""
    missing: bool = False

    def __str__(self) -> str:
        answer = " · missing" if self.missing else f" → {self.answer}" if self.answer else ""
        return f"{self.sender} → {', '.join(self.receivers)}:  {self.label}{answer}"


@dataclass(frozen=True)
class Evidence:
    """What a run says of a row: the verdict with its sign and colours, why, and the messages that prove it."""

    verdict: str
    sign: str
    ink: str
    paper: str
    reason: str = ""
    exchanges: tuple[Exchange, ...] = ()


@dataclass(frozen=True)
class Observation:
    """A run beside a flow: its name and verdict, and the evidence for each row's number."""

    name: str
    whole: Evidence
    rows: Mapping[str, Evidence]


@dataclass(frozen=True)
class Sequence:
    """A flow table as a sequence diagram; `observed` where a run is laid beside it."""

    table: str
    caption: str
    lifelines: tuple[Lifeline, ...]
    steps: tuple[Step, ...]
    observed: Observation | None = None


@dataclass(frozen=True)
class Node:
    """A row in a graph of flows.

    `hole` says why a forward row is one: "fails" where a note has its failure lead to the rollback and no entry of the
    column "At #" is for it, "open" where there is no entry and no such note; empty where there is an entry. Of a
    rollback's row, `at` is its cell of that column.
    """

    ref: str
    number: str
    label: str
    hole: Literal["", "fails", "open"] = ""
    at: str = ""


@dataclass(frozen=True)
class Graph:
    """A flow and its rollback. `entries` leads from the number of each forward row to that of the rollback's row.

    Without a column "At #" there are no entries: the rollback is begun at its begin, and `whole` is set. `counted` is
    the table whose rows that column counts where it is not this flow's own: its entries are then drawn as they stand.
    """

    flow: str
    caption: str
    forward: tuple[Node, ...]
    rollback: str = ""
    rollback_caption: str = ""
    back: tuple[Node, ...] = ()
    entries: Mapping[str, str] | None = None
    whole: bool = False
    counted: str = ""

    @property
    def holes(self) -> tuple[Node, ...]:
        """The forward rows for which the rollback has no entry."""
        return tuple(node for node in self.forward if node.hole)
