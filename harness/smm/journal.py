"""The journal of software modification processes: what was begun and what became of it, kept before anybody acts on it.

Beside it stands what else an SMM has to know after a kill: who is around, and who listens.

One file (SQLite, write-ahead log) holds all processes of an SMM; without a folder the journal lives in memory only.
Each entry is one commit. `synchronous NORMAL` survives the death of the process, not that of the machine.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Detail = Mapping[str, Any]

FILE = "journal.sqlite"
PROCESS = "process"
"""The pseudo-step of entries that concern the process as a whole."""


@dataclass(frozen=True)
class Entry:
    """One line of a journal.

    Events of steps: started, done, failed, retried, undone. Events of the process: launched, requested (an operator's
    suspend, resume, rollback, commit), noticed (an LCM or VRM operation arrived), assistance (the target suspended
    itself and says what it needs), ended.
    """

    step: str
    row: str | None
    event: str
    at: float
    detail: Detail = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {"step": self.step, "row": self.row, "event": self.event, "at": self.at, "detail": dict(self.detail)}


@dataclass
class Journal:
    """The entries of one process, in order; `append` keeps an entry before it returns."""

    process: str
    entries: list[Entry] = field(default_factory=list)
    store: Store | None = None
    reading: Any = field(default=None, repr=False, compare=False)
    """What `progress` made of the entries so far; never kept in a file."""

    def append(self, entry: Entry) -> None:
        if self.store is not None:
            self.store.write(self.process, len(self.entries), entry)
        self.entries.append(entry)


class Store:
    """Journals in a file. Opening a file that another SMM left behind gives its journals back."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / FILE
        file.touch(mode=0o600)  # the credentials of the SMM stand in it
        # Requests that launch a process write from a server's thread, everything else from the clock's.
        self._lock = threading.Lock()
        self._db = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        # While the file is made there is nothing in it to lose: two thirds of the time for that go into syncing.
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS entry (process TEXT, n INTEGER, step TEXT, row TEXT, event TEXT, at REAL,"
            " detail TEXT, PRIMARY KEY (process, n)) WITHOUT ROWID"
        )
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS kept (kind TEXT, id TEXT, value TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID"
        )
        self._db.execute("PRAGMA synchronous=NORMAL")

    def keep(self, kind: str, id: str, value: Any) -> None:
        """Keep a JSON value, in the place of the one before under this kind and id."""
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", (kind, id, json.dumps(value)))

    def drop(self, kind: str, id: str) -> None:
        with self._lock:
            self._db.execute("DELETE FROM kept WHERE kind = ? AND id = ?", (kind, id))

    def kept(self, kind: str) -> dict[str, Any]:
        """The values of a kind, by id."""
        with self._lock:
            rows = self._db.execute("SELECT id, value FROM kept WHERE kind = ?", (kind,)).fetchall()
        return {name: json.loads(value) for name, value in rows}

    def write(self, process: str, n: int, entry: Entry) -> None:
        values = (process, n, entry.step, entry.row, entry.event, entry.at, json.dumps(dict(entry.detail)))
        with self._lock:
            self._db.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def journals(self) -> list[Journal]:
        """Every journal in the file, the process that was launched first at the front."""
        found: dict[str, Journal] = {}
        with self._lock:
            query = "SELECT process, step, row, event, at, detail FROM entry ORDER BY process, n"
            rows = self._db.execute(query).fetchall()
        for process, step, row, event, at, detail in rows:
            journal = found.setdefault(process, Journal(process, store=self))
            journal.entries.append(Entry(step, row, event, at, json.loads(detail)))
        return sorted(found.values(), key=lambda journal: journal.entries[0].detail.get("number", 0))

    def close(self) -> None:
        with self._lock:
            self._db.close()


def latest(folder: Path) -> float:
    """The time of the last entry of any journal in the folder, 0 when there is none."""
    store = Store(folder)
    try:
        return max((entry.at for journal in store.journals() for entry in journal.entries), default=0.0)
    finally:
        store.close()


def forget(folder: Path) -> None:
    """Remove what an SMM that is closed left in its folder."""
    for path in folder.glob(f"{FILE}*"):
        path.unlink()
