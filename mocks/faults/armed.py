"""One armed fault: how often it was passed and has struck, and the work that waits for it to heal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mocks.entities.ports import Task, Timer
from mocks.faults.effects import Condition, Data
from mocks.faults.spec import ALWAYS, KEYS, Spec, load


@dataclass
class Armed:
    """A specification in force; its collection does the counting of strikes and the healing."""

    id: str
    spec: Spec
    passed: int = 0
    struck: int = 0
    carried: int = 0
    """How many messages have passed since the strike."""
    elsewhere: bool = False
    """Whether an engine does it for real, so that it is not to be played."""
    healing: Timer | None = None
    heals_at: float | None = None
    parked: list[Task] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.spec.fault.name

    @property
    def data(self) -> Data:
        return self.spec.data

    @property
    def condition(self) -> Condition | None:
        """What this fault makes of the whole actor at present."""
        fault = self.spec.fault
        if not self.struck:
            return None
        return fault.lasting or (None if self.spec.where() else fault.everywhere)

    @property
    def state(self) -> str:
        if self.condition:
            return "ACTIVE"
        return "SPENT" if self._spent else "ARMED"

    def meets(self) -> bool:
        """Count one more match, and say whether the fault strikes at it."""
        if self._spent:
            return False
        self.passed += 1
        return self.passed > self.spec.after

    def lag(self) -> float:
        """By how many lab seconds the message that passes now is late."""
        if self.spec.fault.lag is None or self.elsewhere:
            return 0.0
        self.carried += 1
        return self.spec.fault.lag(self.data, self.carried)

    def facts(self) -> dict[str, Any]:
        """What the control API and the history tell of it."""
        spec = self.spec
        heals: Any = "manually" if spec.heals else "never"
        return {
            "id": self.id,
            "at": spec.where(),
            "times": ALWAYS if spec.times is None else spec.times,
            "after": spec.after,
            "heals": heals if spec.heals_after is None else {"after": spec.heals_after},
            "data": dict(spec.data),
        }

    def kept(self) -> dict[str, Any]:
        """What brings this fault back in another process, see `Faults.restore`."""
        facts = self.facts()
        raw = {"fault": self.name, **{key: facts[key] for key in KEYS if facts.get(key)}}
        counts = {"passed": self.passed, "struck": self.struck, "carried": self.carried}
        return {"id": self.id, "spec": raw, **counts, "elsewhere": self.elsewhere, "heals_at": self.heals_at}

    @classmethod
    def revived(cls, kept: Mapping[str, Any]) -> Armed:
        """The fault that `kept` told of."""
        counts = {key: kept[key] for key in ("passed", "struck", "carried", "elsewhere", "heals_at")}
        return cls(kept["id"], load(kept["spec"]), **counts)

    @property
    def _spent(self) -> bool:
        return self.spec.times is not None and self.struck >= self.spec.times
