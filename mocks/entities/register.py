"""Things an entity keeps under an id, found again or refused by name."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from mocks.entities.errors import NotFound

Thing = TypeVar("Thing")


class Register(Generic[Thing]):
    """Things by id in the order they came; `what` is what one of them is called when it is missing."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._lock = threading.Lock()
        self._things: dict[str, Thing] = {}

    def __contains__(self, id: object) -> bool:
        return id in self._things

    def __len__(self) -> int:
        return len(self._things)

    def add(self, id: str, thing: Thing) -> Thing:
        with self._lock:
            self._things[id] = thing
        return thing

    def get(self, id: str) -> Thing:
        """The thing of this id; raise NotFound when there is none."""
        with self._lock:
            if id not in self._things:
                raise NotFound(f"there is no {self._what} {id}")
            return self._things[id]

    def take(self, id: str) -> Thing:
        """Remove and return it, so that of two who ask at once one gets it and the other a NotFound."""
        with self._lock:
            if id not in self._things:
                raise NotFound(f"there is no {self._what} {id}")
            return self._things.pop(id)

    def take_all(self, wanted: Callable[[Thing], bool]) -> list[Thing]:
        """Remove and return all that are wanted, in the order they came."""
        with self._lock:
            chosen = [each for each, thing in self._things.items() if wanted(thing)]
            return [self._things.pop(each) for each in chosen]

    def clear(self) -> None:
        with self._lock:
            self._things.clear()

    def items(self) -> list[tuple[str, Thing]]:
        with self._lock:
            return list(self._things.items())

    def all(self) -> list[Thing]:
        with self._lock:
            return list(self._things.values())
