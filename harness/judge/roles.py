"""Who plays which role of table 5.2.2-1 in a scenario, and the roles of the other actors tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Roles:
    """Actors by role: the GR's five (the target's resource provider besides), and the harness' own observer.

    `consumer` is whoever uses the target's operations (LCM or VRM) in this scenario. Where a functional entity is
    replaced by another instance of itself, `target` is the source and `destination` the instance that takes its place.
    `others` are roles that only one use case has, by name.
    """

    target: str
    impacted_fes: tuple[str, ...]
    impacted_entities: tuple[str, ...]
    provider: str
    consumer: str
    smm: str = "smm"
    tester: str = "tester"
    observer: str = "observer"
    destination: str = ""
    others: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Roles:
        """Roles from the data of a scenario; raises KeyError naming what is missing."""
        return cls(
            **{
                **data,
                "impacted_fes": tuple(data["impacted_fes"]),
                "impacted_entities": tuple(data["impacted_entities"]),
            }
        )

    @property
    def impacted(self) -> tuple[str, ...]:
        """Everybody concerned, each once: a VNF that embeds a CISM may be so in both ways (clause 5.6.2.6)."""
        return tuple(dict.fromkeys((*self.impacted_fes, *self.impacted_entities)))

    @property
    def instances(self) -> tuple[str, ...]:
        """The target, and the instance that takes its place if there is one; of two targets (5.4.2) of both."""
        second = (self.others.get("target_2", ""), self.others.get("destination_2", ""))
        return tuple(actor for actor in (self.target, self.destination, *second) if actor)

    def data(self) -> dict[str, Any]:
        """The roles as JSON carries them."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}
