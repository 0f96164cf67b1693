"""A process of an SMM as a person watches it: row by row in a terminal, a line a step elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import click

if TYPE_CHECKING:
    from rich.table import Table

ENDS = ("COMPLETED", "ROLLED_BACK", "FAILED")
STYLES = {"done": "green", "started": "cyan", "failed": "red", "undone": "yellow", "retried": "yellow"}
WHOLE = "process"
"""What stands for a step where an event is about the process itself."""
PAUSE = 0.08
"""Real seconds between two events in a terminal; a lab on a virtual clock is over before an eye has moved."""


@dataclass
class RowState:
    """One row of a flow table and how far its steps are."""

    ref: str
    steps: dict[str, str] = field(default_factory=dict)
    at: float | None = None

    @property
    def state(self) -> str:
        """The worst of its steps' events; done only when all are."""
        events = set(self.steps.values())
        known = (event for event in ("failed", "undone", "retried", "started") if event in events)
        return next(known, "done" if events == {"done"} else "started" if "done" in events else "")


class Rows:
    """The rows of a plan, and those that a process reaches besides, in the order of the tables they stand in."""

    def __init__(self, steps: Iterable[tuple[str, str]]) -> None:
        self.rows: dict[str, RowState] = {}
        for ref, step in steps:
            self.rows.setdefault(ref, RowState(ref)).steps[step] = ""

    def heard(self, at: float, notification: Mapping[str, Any]) -> None:
        ref, step, event = (notification.get(key) for key in ("currentRow", "currentStep", "event"))
        if ref and step and event and step != WHOLE:
            row = self.rows.setdefault(ref, RowState(ref))
            row.steps[step] = event
            row.at = at


class View(Protocol):
    """Hears of each notification of the process, at its lab time."""

    def heard(self, at: float, notification: Mapping[str, Any]) -> None: ...


class Lines:
    """One line for each step that came to an end, and for each change of state."""

    def __init__(self) -> None:
        self._state = ""

    def heard(self, at: float, notification: Mapping[str, Any]) -> None:
        state, event = str(notification.get("state", "")), notification.get("event")
        if event and event != "started":
            where = f"{notification.get('currentRow') or '':<15}  {notification.get('currentStep') or '':<26}"
            click.echo(f"{at:8.2f} s  {where} {click.style(str(event), fg=STYLES.get(str(event)))}")
        if state != self._state:
            self._state = state
            click.echo(f"{at:8.2f} s  {click.style(state, bold=True)}")


class LiveTable:
    """A table of the rows that is redrawn in place."""

    def __init__(self, rows: Rows, title: str, live: Any) -> None:
        self._rows = rows
        self._title = title
        self._live = live
        self._state = ""

    def heard(self, at: float, notification: Mapping[str, Any]) -> None:
        self._rows.heard(at, notification)
        self._state = str(notification.get("state", ""))
        self._live.update(self.table(), refresh=True)
        threading.Event().wait(PAUSE)

    def table(self) -> Table:
        from rich.table import Table
        from rich.text import Text

        table = Table(title=f"{self._title}  {self._state}", title_justify="left", box=None, pad_edge=False)
        for heading in ("lab time", "row", "", "steps"):
            table.add_column(heading, justify="right" if heading == "lab time" else "left")
        for row in self._rows.rows.values():
            steps = Text(" ").join(Text(name, style=STYLES.get(event, "dim")) for name, event in row.steps.items())
            time = "" if row.at is None else f"{row.at:.2f} s"
            table.add_row(time, row.ref, Text(row.state, style=STYLES.get(row.state, "dim")), steps)
        return table


@contextmanager
def view(steps: Iterable[tuple[str, str]], title: str, terminal: bool) -> Iterator[View]:
    """The view that suits where the output goes; `steps` are (row, step) of the plan in order."""
    if not terminal:
        click.echo(title)
        yield Lines()
        return
    from rich.live import Live

    with Live(auto_refresh=False) as live:
        table = LiveTable(Rows(steps), title, live)
        live.update(table.table(), refresh=True)
        yield table
