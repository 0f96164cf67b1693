"""Whether a service may be used now: what the state of its interface says, the interface does."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flask import request

from mocks.api.instances import INSTANCE
from mocks.api.slots import Slot
from mocks.entities.errors import Unavailable
from mocks.entities.information import Information

SERVICES = frozenset({"nslcm", "vnflcm", "vrm", "mcio", "wan"})
"""The APIs whose service has to survive; management of the entity itself stays reachable in any state."""


def guard(slot: Slot, roots: Iterable[str]) -> Callable[[], None]:
    """A check before each request to a service: Unavailable unless application and interface are at work."""
    interfaces = {root: root.strip("/").replace("/", "-") for root in roots if root.split("/")[1] in SERVICES}

    def refuse_what_is_not_at_work() -> None:
        asked = request.environ.get(INSTANCE)
        interface = next((name for root, name in interfaces.items() if request.path.startswith(root + "/")), None)
        if asked:
            interface = asked.strip("/").replace("/", "-")
        information = slot().power(Information) if interface else None
        if interface and information and not information.at_work(interface):
            raise Unavailable(f"{interface} of {slot().name} is not started and unlocked", retry_after=10)

    return refuse_what_is_not_at_work
