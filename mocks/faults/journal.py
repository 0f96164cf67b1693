"""Where faults and holds write what they do: into the same history as the traffic."""

from __future__ import annotations

from typing import Any, Protocol


class Journal(Protocol):
    """One actor's lines in the recorded history."""

    def fault(self, name: str, event: str, detail: dict[str, Any]) -> str | None:
        """A fault was armed, struck or healed; returns how a strike is done for real, if it is."""
        ...

    def lab(self, event: str, detail: dict[str, Any]) -> None:
        """Work was held or released, or a fault is done in one way of several."""
        ...


class Unwritten:
    """A journal that keeps nothing."""

    def fault(self, name: str, event: str, detail: dict[str, Any]) -> str | None: ...

    def lab(self, event: str, detail: dict[str, Any]) -> None: ...
