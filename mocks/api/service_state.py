"""Whether a service may be used now: what the state of its interface says, the interface does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from flask import request

from mocks.api.instances import INSTANCE
from mocks.api.slots import Slot
from mocks.entities.compatibility import check_version
from mocks.entities.errors import Forbidden, Unavailable
from mocks.entities.information import Information
from mocks.entities.instantiation import Instantiation
from mocks.entities.redundancy_units import RedundancyUnits
from mocks.entities.state_transfer import StateTransfer

ON_EMPTY_HOST = re.compile(
    r"/lab/|/nfvmanoswm/v1/(instance|instance_op_occs|subscriptions|restoration_points|restore_op_occs)(/|$)"
)
"""What a host answers for on which no entity is instantiated: instances that come and go, and what outlives them."""

AGENT = "manolab/"
"""How a mock begins its User-Agent, before the software version that it runs."""

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
        if interface and (transfer := slot().power(StateTransfer)):
            _refuse_who_is_not_served(slot().name, transfer)
        if asked and asked.startswith("/pair/"):
            sender, agent = str(request.environ.get("manolab.actor")), request.headers.get("User-Agent", "")
            check_version(slot(), sender, agent.partition("/")[2] if agent.startswith(AGENT) else "")
        units = slot().power(RedundancyUnits) if interface else None
        if units and not units.serves(request.environ.get("manolab.actor", "")):
            raise Unavailable(f"no redundancy unit of {slot().name} serves {interface}", retry_after=10)

    return refuse_what_is_not_at_work


def refuse_on_empty_host(slot: Slot) -> Callable[[], None]:
    """A check before each request: Unavailable where no entity is instantiated (GR clause 5.3.3)."""

    def refuse_what_is_not_there() -> None:
        instantiation = slot().power(Instantiation)
        if instantiation and not instantiation.instantiated and not ON_EMPTY_HOST.match(request.path):
            raise Unavailable(f"{slot().name} is {instantiation.state}: an empty host; instantiate an entity first")

    return refuse_what_is_not_there


def _refuse_who_is_not_served(name: str, transfer: StateTransfer) -> None:
    """An instance knows its peers by the keys that came with its state, and takes no orders once that went away."""
    sender = str(request.environ.get("manolab.actor"))
    if not transfer.knows(sender):
        raise Forbidden(f"{name} has no authentication key of {sender}: operational state data has not come with it")
    if transfer.handed_over and request.method not in ("GET", "HEAD"):
        raise Unavailable(f"{name} has handed its operational state over; ask again soon", retry_after=5)
