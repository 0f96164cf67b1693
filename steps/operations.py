"""LCM and VRM operations as stimuli: what the consumer of the target asks of it, and where such work can be held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mocks.lab.control import Control

RESOURCES = {"vcpu": 1, "memoryMiB": 1024, "storageGiB": 10}


@dataclass(frozen=True)
class Stimulus:
    """An operation: its API, what has to exist first, the request that starts it, and the point of its work to hold.

    `{subject}` in the path is the location of what was made first.
    """

    api: str
    path: str
    body: Mapping[str, Any]
    point: str
    first: str | None = None
    first_body: Mapping[str, Any] | None = None
    last_body: Mapping[str, Any] = field(default_factory=dict)
    """What the request says that takes the instance down again."""


STIMULI = {
    "NS_LCM": Stimulus(
        api="nslcm/v1",
        first="/nslcm/v1/ns_instances",
        first_body={"nsdId": "nsd-1", "nsName": "ns under judgement", "nsDescription": "made by its consumer"},
        path="{subject}/instantiate",
        body={"nsFlavourId": "default"},
        point="ns-lcm-operation/*",
    ),
    "VNF_LCM": Stimulus(
        api="vnflcm/v1",
        first="/vnflcm/v1/vnf_instances",
        first_body={"vnfdId": "vnfd-1", "vnfInstanceName": "vnf under judgement"},
        path="{subject}/instantiate",
        body={"flavourId": "default"},
        point="vnf-lcm-operation/*",
        last_body={"terminationType": "FORCEFUL"},
    ),
    "VRM": Stimulus(
        api="vrm/v1",
        path="/vrm/v1/compute_resources",
        body={"name": "resource under judgement", "resources": RESOURCES},
        point="vrm-operation/*",
    ),
}

NOTHING = Stimulus(api="", path="", body={}, point="")
"""Of a target that offers no operations to handle."""


class Consumer:
    """The target's consumer, which triggers one operation."""

    def __init__(self, control: Control, target: str, kind: str) -> None:
        self._control = control
        self._target = target
        self.stimulus = STIMULI.get(kind, NOTHING)
        self._subject = ""

    def prepare(self) -> None:
        """Make what the operation works on."""
        if self.stimulus.first:
            answer = self._control.trigger(self._target, "POST", self.stimulus.first, self.stimulus.first_body)
            self._subject = str(answer["location"])

    def trigger(self) -> None:
        """Start the operation."""
        path = self.stimulus.path.format(subject=self._subject)
        self._control.trigger(self._target, "POST", path, self.stimulus.body)

    def end(self) -> None:
        """Take down again what the operation brought up."""
        if self._subject:
            self._control.trigger(self._target, "POST", f"{self._subject}/terminate", self.stimulus.last_body)
            return
        made = self._control.trigger(self._target, "GET", self.stimulus.path)["body"]
        self._control.trigger(self._target, "DELETE", f"{self.stimulus.path}/{made[0]['id']}")

    def note_down(self) -> None:
        """Have the target enter something into its books that nothing else knows of."""
        if self.stimulus.first:
            self.prepare()
        else:
            reservation = {"purpose": "OTHER", "resources": RESOURCES}
            self._control.trigger(self._target, "POST", "/vrm/v1/reservations", reservation)
