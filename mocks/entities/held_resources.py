"""Resources that work in progress holds: allocations out of the reservations it was pointed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mocks.entities.errors import StepFailed
from mocks.entities.ports import Body, Peers


class HeldResources:
    """Takes what is needed out of the first indicated reservation that has it, and gives it back.

    Calls the provider over the wire, so it belongs into steps on the clock.
    """

    def __init__(self, peers: Peers, indicated: Sequence[Body], needed: Mapping[str, int]) -> None:
        self._peers = peers
        self._indicated = tuple((each["provider"], each["reservationId"]) for each in indicated)
        self._needed = dict(needed)
        self.allocation: tuple[str, str, str] | None = None

    def point_to(self, indicated: Sequence[Body]) -> None:
        """Take from these reservations from now on; none given leaves it at those that were indicated before."""
        if indicated:
            self._indicated = tuple((each["provider"], each["reservationId"]) for each in indicated)

    def acquire(self) -> None:
        """Allocate, unless no resources were indicated; raise the StepFailed of the last provider that refused."""
        refusal: StepFailed | None = None
        for provider, reservation in self._indicated:
            try:
                allocated = self._peers.allocate(provider, reservation, self._needed)
            except StepFailed as error:
                refusal = error
                continue
            except KeyError:
                refusal = StepFailed(f"there is no provider {provider} of resources")
                continue
            self.allocation = (provider, reservation, allocated)
            return
        if refusal is not None:
            raise refusal

    def release(self) -> None:
        """Give back what is held; doing so again changes nothing."""
        if self.allocation is not None:
            self._peers.release(*self.allocation)
            self.allocation = None

    def snapshot(self) -> Body:
        return {"indicated": self._indicated, "needed": self._needed, "allocation": self.allocation}

    def revive(self, snapshot: Body) -> None:
        self._indicated = tuple((provider, reservation) for provider, reservation in snapshot["indicated"])
        self._needed = snapshot["needed"]
        self.allocation = tuple(snapshot["allocation"]) if snapshot["allocation"] else None

    def abandon(self) -> str:
        """Give back what can be given back; returns what could not, in words (empty: nothing is left)."""
        try:
            self.release()
        except StepFailed as error:
            provider, reservation, allocated = self.allocation or ("", "", "")
            return f"allocation {allocated} of reservation {reservation} at {provider} is still held: {error.detail}"
        return ""
