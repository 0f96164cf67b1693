"""The file in which an entity finds its state again after its process was killed.

Two lines of JSON: a header that says whose state it is, with a digest, and the state. The file is replaced as a whole
or not at all, so that a kill at any moment leaves the state before or the state after.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mocks.entities.core import Core
from mocks.entities.errors import EntityError
from mocks.entities.persistence import revive, snapshot
from mocks.lab.errors import StateError

FORMAT = "manolab-state/1"


class StateFile:
    """Keeps the state of one entity: saved before anybody hears of a change, it is what everybody has heard of.

    May be used from any thread that holds no lock of a power: each power is asked for its snapshot.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._kept = ""

    def save(self, core: Core) -> None:
        """Write the state down if it has changed; raise StateError when it cannot be, and leave the file as it was."""
        with self._lock:
            state = json.dumps(snapshot(core), separators=(",", ":"))
            if state != self._kept:
                self._replace(f"{json.dumps(_header(core, state))}\n{state}\n")
                self._kept = state

    @property
    def text(self) -> str:
        """The state that is in the file, as it is written there."""
        return self._kept

    @property
    def kept(self) -> dict[str, Any] | None:
        """The state that is in the file, as far as this life knows."""
        state: dict[str, Any] | None = json.loads(self._kept) if self._kept else None
        return state

    def load(self, core: Core, room: bool = True) -> bool:
        """Bring a fresh entity to the state of the file; False when there is no file.

        Without `room` nothing is written: an identifier of this life may be given again in the next, should it end so.

        Raises StateError for a file that is not whole, or not of this entity; the entity is as fresh as before then.
        """
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise StateError(f"the state of {core.name} in {self.path} cannot be read: {error.strerror}") from None
        state = self._checked(core, content)
        fresh = snapshot(core)
        try:
            revive(core, json.loads(state))
        except (LookupError, TypeError, ValueError, AttributeError, StopIteration, EntityError) as error:
            revive(core, fresh)
            raise self._unfit(core, f"is no state this version knows ({type(error).__name__}: {error})") from None
        # At once: should this life end before anything happens in it, the next is another one (see wire/ids.py).
        if room:
            self.save(core)
        else:
            self._kept = state.decode()
        return True

    def _checked(self, core: Core, content: bytes) -> bytes:
        first, _, state = content.removesuffix(b"\n").partition(b"\n")
        try:
            header = json.loads(first)
            found = header["format"], header["entity"], header["type"]
        except (ValueError, KeyError, TypeError):
            raise self._unfit(core, f"does not begin with a {FORMAT} header") from None
        if found != (FORMAT, core.name, core.type):
            expected = f"{FORMAT} of {core.name} ({core.type})"
            raise self._unfit(core, f"is {found[0]} of {found[1]} ({found[2]}), not {expected}")
        if header.get("sha256") != hashlib.sha256(state).hexdigest():
            raise self._unfit(core, "is damaged: its digest does not fit")
        return state

    def _unfit(self, core: Core, why: str) -> StateError:
        return StateError(f"{self.path} {why}; put the state of {core.name} there, or move the file away to begin anew")

    def _replace(self, content: str) -> None:
        # One name for all attempts: what a kill left half written is overwritten by the next.
        new = self.path.with_name(f"{self.path.name}.new")
        try:
            with new.open("wb") as file:
                file.write(content.encode())
                file.flush()
                os.fsync(file.fileno())
            new.replace(self.path)
        except OSError as error:
            with contextlib.suppress(OSError):
                new.unlink()
            raise StateError(f"state cannot be kept in {self.path}: {error.strerror}; make room or mend it") from None


def _header(core: Core, state: str) -> Mapping[str, str]:
    digest = hashlib.sha256(state.encode()).hexdigest()
    return {"format": FORMAT, "entity": core.name, "type": core.type, "sha256": digest}
