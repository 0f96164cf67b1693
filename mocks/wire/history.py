"""The history of a run as the lab writes it: format `manolab-history/1`, JSON Lines.

A header, then one line for each exchange, notification, fault or lab event, then a footer that says how many. The
judge reads the same format with code of its own.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from mocks.wire.bodies import Body

FORMAT = "manolab-history/1"
Entry = dict[str, Any]
NO_BODIES: Mapping[str, Body] = {}


class History:
    """Collects the entries of one run, in memory and (given a path) in a file, each before its effect is seen.

    `sent` and `answered` are ticks of one counter, which `tick` gives: they order everything that happened in the lab.
    """

    def __init__(self, header: Entry, path: Path | None, appended: Callable[[], None]) -> None:
        self.header: Entry = {"kind": "header", "format": FORMAT, "startedAt": _today(), **header}
        self.entries: list[Entry] = []
        self.footer: Entry | None = None
        self._appended = appended
        self.tick: Callable[[], int] = itertools.count(1).__next__
        self._lock = threading.Lock()
        self._file: BinaryIO | None = None
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("wb", buffering=0)
            self._write(self.header)

    def append(self, entry: Entry, bodies: Mapping[str, Body] = NO_BODIES) -> None:
        """Number the entry, write it, and only then let anybody see it; nothing is added after the footer.

        `bodies` are those of its members that are JSON text already.
        """
        with self._lock:
            if self.footer is not None:
                return
            entry["n"] = len(self.entries) + 1
            self._write(entry, bodies)
            self.entries.append(entry)
        self._appended()

    def close(self) -> None:
        """Write the footer: from here on the history is complete."""
        with self._lock:
            if self.footer is not None:
                return
            self.footer = {"kind": "footer", "entries": len(self.entries), "endedAt": _today(), "complete": True}
            self._write(self.footer)
            if self._file is not None:
                self._file.close()

    def abandon(self) -> None:
        """Leave the history as it is, without a footer: the run did not end."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def lines(self) -> list[str]:
        """The history as it stands in the file."""
        return [
            orjson.dumps(line).decode()
            for line in (self.header, *self.entries, *([self.footer] if self.footer else []))
        ]

    def _write(self, line: Entry, bodies: Mapping[str, Body] = NO_BODIES) -> None:
        if self._file is not None:
            written = (
                {**line, **{name: orjson.Fragment(body.text) for name, body in bodies.items()}} if bodies else line
            )
            self._file.write(orjson.dumps(written, option=orjson.OPT_APPEND_NEWLINE))


def _today() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
