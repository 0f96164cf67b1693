"""What a node knows again after a kill: the run it is in, its faults and holds, and the state of its entity."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mocks.lab.state import StateFile

if TYPE_CHECKING:
    from mocks.lab.mock import Mock


DISK = "disk"
"""The part of a node's folder that holds the entity's state, where that is limited."""

SPARE = 64 * 1024
"""Bytes by which a state may grow at once, and that are kept free for it."""


class Memory:
    """Files in a node's folder, each replaced as a whole, so that a kill at any moment leaves one that can be read."""

    def __init__(self, folder: Path) -> None:
        self._run = folder / "run.json"
        self._faults = folder / "faults.json"
        disk = folder / DISK
        self.limited = disk.is_dir()
        """Whether the entity's state is on a disk of its own, of a limited size."""
        self._home = disk if self.limited else folder
        self._state = StateFile(self._home / "state.json")
        self._last = ""
        self._lock = threading.Lock()

    def begin(self, run: Mapping[str, Any], mock: Mock) -> None:
        """A new run: nothing of the one before is kept."""
        _replace(self._run, json.dumps(run))
        self.keep(mock)

    def keep(self, mock: Mock) -> None:
        """Write down what may have changed, before anybody hears of it; raises StateError when it cannot be kept.

        Where there is no room, the state stays as it was written last: nothing new is let in then, and work fails.
        """
        if not mock.faults.full:
            self._state.save(mock.core)
        text = json.dumps(mock.faults.kept())
        with self._lock:
            if text != self._last:
                _replace(self._faults, text)
                self._last = text

    def no_room(self) -> bool:
        """Whether the entity's own disk cannot take its state any more, with the old one beside the new."""
        if not self.limited:
            return False
        disk = os.statvfs(self._home)
        return disk.f_bavail * disk.f_frsize < len(self._state.text) + SPARE

    def put_back(self, mock: Mock) -> None:
        """Make the mock what is written down of it."""
        if self._state.kept is not None:
            mock.relive(self._state.kept)

    def load(self, mock: Mock) -> dict[str, Any] | None:
        """Bring the mock to where it was, and return the run it is in; None when there was none."""
        if not self._run.exists():
            return None
        run: dict[str, Any] = json.loads(self._run.read_text(encoding="utf-8"))
        mock.reset(run["seed"], run["profile"])
        mock.faults.restore(json.loads(self._faults.read_text(encoding="utf-8")))
        self._state.load(mock.core, room=not mock.faults.full)
        return run


def _replace(path: Path, text: str) -> None:
    fresh = path.with_suffix(".fresh")
    fresh.write_text(text, encoding="utf-8")
    os.replace(fresh, path)
