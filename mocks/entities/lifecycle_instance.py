"""One NS or VNF instance: what it is called, whether it is instantiated, and what it is made of then."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from mocks.entities.lifecycle_orders import Member, Members
from mocks.entities.ports import Body


@dataclass
class Instance:
    """`identity` are the attributes it was created with, `info` those that come with instantiation.

    `parts` are the pieces of an NS that has an NSD. `busy_with` is the id of the operation occurrence that has not
    ended yet.
    """

    id: str
    identity: Body
    members: Members
    instantiated: bool = False
    info: Body = field(default_factory=dict)
    parts: Body = field(default_factory=dict)
    busy_with: str | None = None

    @property
    def state(self) -> str:
        return "INSTANTIATED" if self.instantiated else "NOT_INSTANTIATED"

    def snapshot(self) -> Body:
        """Its state as plain data; who is busy with it is known from the operations."""
        return copy.deepcopy(
            {
                "identity": self.identity,
                "instantiated": self.instantiated,
                "info": self.info,
                "parts": self.parts,
                "members": [dict(vars(member)) for member in self.members.all],
            }
        )

    def revive(self, snapshot: Body) -> None:
        """Be as the snapshot says, busy with nothing."""
        kept = copy.deepcopy(snapshot)
        self.identity, self.instantiated, self.info = kept["identity"], kept["instantiated"], kept["info"]
        self.parts = kept["parts"]
        self.members.all = [Member(**member) for member in kept["members"]]
        self.busy_with = None

    def restore(self, captured: Body) -> None:
        """Back to what was captured, without what a broken attempt had left behind."""
        self.revive(captured)
        self.members.all = [member for member in self.members.all if member.ready]
