"""One scenario as it is judged: its history, its roles, its data, and how far the order of its rows has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from harness.judge.findings import Arrow, Finding, failed, inconclusive
from harness.judge.history import Entry, History
from harness.judge.roles import Roles

Which = Literal["source", "destination"]
PROCESSES = "/smm/v1/processes"
ENDED = ("COMPLETED", "ROLLED_BACK", "FAILED")


@dataclass(frozen=True)
class Case:
    """What every rule is given.

    `after` is the tick of the evidence of the row before: whatever belongs to this row was sent later. `facts` are the
    data of the scenario that rules of single notes look at (policy, handling, an existing restoration point).
    """

    history: History
    roles: Roles
    versions: Mapping[str, str]
    after: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, history: History, scenario: Mapping[str, Any]) -> Case:
        """The case of a scenario's data (the header's `scenario`); raises KeyError naming what is missing."""
        return cls(history, Roles.of(scenario["roles"]), scenario["versions"], 0, scenario.get("facts", {}))

    def moved_to(self, tick: int) -> Case:
        """The same case for the row after the evidence at this tick."""
        return replace(self, after=max(self.after, tick))

    def version(self, which: Which) -> str:
        return self.versions[which]

    @cached_property
    def launch(self) -> Entry | None:
        """The external manager's first accepted request to start a process."""
        asked = self.history.find("POST", PROCESSES, source=self.roles.observer, to=self.roles.smm)
        return next((entry for entry in asked if entry.ok), None)

    @cached_property
    def end_of_process(self) -> Entry | None:
        """The last entry in which the SMM says that a process has ended."""
        said = [
            entry
            for entry in self.history.find(to=self.roles.observer, source=self.roles.smm)
            if entry.asked("state") in ENDED
        ]
        read = self.history.find("GET", PROCESSES + "/*", source=self.roles.observer, to=self.roles.smm)
        said += [entry for entry in read if entry.told("state") in ENDED]
        return max(said, key=lambda entry: entry.sent, default=None)

    def arrow(self, source: str, to: str, label: str) -> Arrow:
        return Arrow(source, to, label)

    def missing(self, what: str, expected: Arrow | None = None, instead: Iterable[Entry] = ()) -> Finding:
        """Nothing of the kind was seen: a fail once the process has ended, and no verdict before."""
        if self.end_of_process is None:
            return inconclusive(
                f"{what}: not seen, and the SMM's process had not ended when the observation did", instead, expected
            )
        return failed(f"{what}: not seen, though the process has ended", instead, expected)

    def absent(self, what: str, earlier: Iterable[Entry], expected: Arrow | None = None) -> Finding:
        """Nothing after the row before; what came too early, if anything, is named."""
        too_early = list(earlier)
        if too_early:
            return failed(
                f"{what}: it came at n={too_early[-1].n}, before the row before it was done", too_early, expected
            )
        return self.missing(what, expected)
