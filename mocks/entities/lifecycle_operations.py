"""The lifecycle operations of NS and VNF as data: when each is possible, its steps, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mocks.entities.errors import Conflict, Unprocessable
from mocks.entities.lifecycle_instance import Instance
from mocks.entities.merge_patch import merged
from mocks.entities.ports import Body

TRANSITIONS = {
    ("STARTING", "begin"): "PROCESSING",
    ("STARTING", "give_back"): "ROLLED_BACK",
    ("STARTING", "cancel"): "ROLLED_BACK",
    ("PROCESSING", "finish"): "COMPLETED",
    ("PROCESSING", "break"): "FAILED_TEMP",
    ("PROCESSING", "cancel"): "FAILED_TEMP",
    ("FAILED_TEMP", "retry"): "PROCESSING",
    ("FAILED_TEMP", "rollback"): "ROLLING_BACK",
    ("FAILED_TEMP", "fail"): "FAILED",
    ("ROLLING_BACK", "undone"): "ROLLED_BACK",
    ("ROLLING_BACK", "break"): "FAILED_TEMP",
    ("ROLLING_BACK", "cancel"): "FAILED_TEMP",
}
"""SOL 003 clause 5.6.2; SOL 005 has the same states."""

NS_TRANSITIONS = {**TRANSITIONS, ("FAILED_TEMP", "continue"): "PROCESSING"}
ENDED = frozenset({"COMPLETED", "FAILED", "ROLLED_BACK"})
NEW_NSD = "ASSOC_NEW_NSD_VERSION"
"""The update of an NS by which it follows another NSD (SOL 005 clause 6.5.2.12)."""

GROWING = frozenset({"allocate", "vnfs"})
"""Steps that bring the members of an instance to the number the operation wants, if there are fewer."""
SHRINKING = frozenset({"release"})
"""Steps that do so if there are more."""

Effect = Callable[[Instance, Body], None]
Size = Callable[[Instance, Body, Mapping[str, Any]], int]


def no_effect(instance: Instance, params: Body) -> None:
    """The operation leaves the attributes of the instance as they are."""


def same_size(instance: Instance, _params: Body, _profile: Mapping[str, Any]) -> int:
    """The operation leaves the number of members as it is."""
    return instance.members.size


def one(_instance: Instance, _params: Body, _profile: Mapping[str, Any]) -> int:
    """One member, as a fresh instance has."""
    return 1


def none(_instance: Instance, _params: Body, _profile: Mapping[str, Any]) -> int:
    """No members, as an instance has that is no longer instantiated."""
    return 0


@dataclass(frozen=True)
class Operation:
    """`task` is its resource below an instance; `needs` the state of the instance (None: any).

    `size` says how many members the instance will have; it raises Unprocessable or Conflict for parameters that
    do not fit this instance.
    """

    name: str
    task: str
    needs: str | None
    steps: tuple[str, ...]
    effect: Effect = no_effect
    size: Size = same_size


def _instantiate_vnf(instance: Instance, params: Body) -> None:
    instance.instantiated = True
    instance.info = {"flavourId": params["flavourId"], "vnfState": "STARTED"}


def _terminate(instance: Instance, _params: Body) -> None:
    instance.instantiated = False
    instance.info = {}


def _associate(instance: Instance, params: Body) -> None:
    if params.get("updateType") == NEW_NSD:
        instance.identity["nsdId"] = params["assocNewNsdVersionData"]["newNsdId"]


def _operate(instance: Instance, params: Body) -> None:
    instance.info["vnfState"] = params["changeStateTo"]


def _change_flavour(instance: Instance, params: Body) -> None:
    instance.info["flavourId"] = params["newFlavourId"]


def _change_package(instance: Instance, params: Body) -> None:
    instance.identity["vnfdId"] = params["vnfdId"]


def _modify(instance: Instance, params: Body) -> None:
    instance.identity = merged(instance.identity, params)


def _scaled(instance: Instance, params: Body, profile: Mapping[str, Any]) -> int:
    steps = params.get("numberOfSteps", 1)
    level = instance.members.size - 1 + (steps if params["type"] == "SCALE_OUT" else -steps)
    return _size_at(params["aspectId"], level, profile)


def _scaled_to_level(instance: Instance, params: Body, profile: Mapping[str, Any]) -> int:
    size = instance.members.size
    for wanted in params.get("scaleInfo", []):
        size = _size_at(wanted["aspectId"], wanted["scaleLevel"], profile)
    return size


def _size_at(aspect: str, level: int, profile: Mapping[str, Any]) -> int:
    """How many members there are at a scale level: one, and one more for each level."""
    known, highest = profile.get("scaleAspect", "default"), profile.get("maxScaleLevel", 4)
    if aspect != known:
        raise Unprocessable(f"aspectId {aspect!r} is unknown; the VNFD has {known!r}")
    if not 0 <= level <= highest:
        raise Conflict(f"scale level {level} of aspect {aspect!r} is out of reach; possible: 0 to {highest}")
    return level + 1


def _instantiate_ns(instance: Instance, params: Body) -> None:
    instance.instantiated = True
    instance.info = {"flavourId": params["nsFlavourId"]}


NOT_YET, NOW = "NOT_INSTANTIATED", "INSTANTIATED"

VNF_OPERATIONS = (
    Operation("INSTANTIATE", "instantiate", NOT_YET, ("grant", "allocate", "configure"), _instantiate_vnf, one),
    Operation("SCALE", "scale", NOW, ("grant", "allocate", "configure", "release"), size=_scaled),
    Operation(
        "SCALE_TO_LEVEL", "scale_to_level", NOW, ("grant", "allocate", "configure", "release"), size=_scaled_to_level
    ),
    Operation("CHANGE_FLAVOUR", "change_flavour", NOW, ("grant", "configure"), _change_flavour),
    Operation("CHANGE_VNFPKG", "change_vnfpkg", NOW, ("grant", "change", "configure"), _change_package),
    Operation("OPERATE", "operate", NOW, ("grant", "operate"), _operate),
    Operation("HEAL", "heal", NOW, ("grant", "repair", "configure")),
    Operation("CHANGE_EXT_CONN", "change_ext_conn", NOW, ("grant", "connect")),
    Operation("TERMINATE", "terminate", NOW, ("grant", "stop", "release"), _terminate, none),
    Operation("MODIFY_INFO", "", None, ("modify",), _modify),
)

NS_OPERATIONS = (
    Operation("INSTANTIATE", "instantiate", NOT_YET, ("vnfs", "connect"), _instantiate_ns, one),
    Operation("SCALE", "scale", NOW, ("scale", "connect")),
    Operation("UPDATE", "update", NOW, ("update", "connect"), _associate),
    Operation("HEAL", "heal", NOW, ("heal", "connect")),
    Operation("TERMINATE", "terminate", NOW, ("disconnect", "release"), _terminate, none),
)
