"""Whether a service may be used now: what the state of its interface says, the interface does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from mocks.api.instances import INSTANCE
from mocks.api.lean import asked
from mocks.api.slots import Slot
from mocks.api.versions import root_of
from mocks.entities.compatibility import check_version
from mocks.entities.core import Core
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
    services = {root: _named(root) for root in roots if root.split("/")[1] in SERVICES}

    def refuse_what_is_not_at_work() -> None:
        request = asked()
        instance = request.environ.get(INSTANCE, "")
        interface = _named(instance) if instance else services.get(root_of(request.path))
        if interface:
            _refuse_unless_served(slot(), interface, instance)

    return refuse_what_is_not_at_work


def refuse_on_empty_host(slot: Slot) -> Callable[[], None]:
    """A check before each request: Unavailable where no entity is instantiated (GR clause 5.3.3)."""

    def refuse_what_is_not_there() -> None:
        core = slot()
        instantiation = core.powers.get(Instantiation)
        if instantiation and not instantiation.instantiated and not ON_EMPTY_HOST.match(asked().path):
            raise Unavailable(f"{core.name} is {instantiation.state}: an empty host; instantiate an entity first")

    return refuse_what_is_not_there


def _named(root: str) -> str:
    """The service interface (instance) that is under a path."""
    return root.strip("/").replace("/", "-")


def _refuse_unless_served(core: Core, interface: str, instance: str) -> None:
    sender = str(asked().environ.get("manolab.actor") or "")
    information, transfer = core.power(Information), core.power(StateTransfer)
    if information and not information.at_work(interface):
        raise Unavailable(f"{interface} of {core.name} is not started and unlocked", retry_after=10)
    if transfer:
        _refuse_who_is_not_served(core.name, sender, transfer)
    if instance.startswith("/pair/"):
        agent = asked().headers.get("User-Agent", "")
        check_version(core, sender, agent.partition("/")[2] if agent.startswith(AGENT) else "")
    units = core.power(RedundancyUnits)
    if units and not units.serves(sender):
        raise Unavailable(f"no redundancy unit of {core.name} serves {interface}", retry_after=10)


def _refuse_who_is_not_served(name: str, sender: str, transfer: StateTransfer) -> None:
    """An instance knows its peers by the keys that came with its state, and takes no orders once that went away."""
    if not transfer.knows(sender):
        raise Forbidden(f"{name} has no authentication key of {sender}: operational state data has not come with it")
    if transfer.handed_over and asked().method not in ("GET", "HEAD"):
        raise Unavailable(f"{name} has handed its operational state over; ask again soon", retry_after=5)
