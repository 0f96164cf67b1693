"""How SOL 003 and SOL 005 call the parts of their one mechanism of lifecycle management."""

from __future__ import annotations

from dataclasses import dataclass

from mocks.entities.errors import NotFound
from mocks.entities.lifecycle_operations import (
    NS_OPERATIONS,
    NS_TRANSITIONS,
    TRANSITIONS,
    VNF_OPERATIONS,
    Operation,
)
from mocks.entities.machine import Transitions


@dataclass(frozen=True)
class Dialect:
    """How one of the two APIs calls things: paths, attributes, links, kinds of work and notifications."""

    root: str
    instances: str
    occurrences: str
    instance_id: str
    occurrence_id: str
    instance_link: str
    occurrence_link: str
    kind: str
    type: str
    prefix: str
    transitions: Transitions
    operations: tuple[Operation, ...]

    @property
    def tasks_after_failure(self) -> tuple[str, ...]:
        """What may be asked for in FAILED_TEMP that takes time."""
        return tuple(event for state, event in self.transitions if state == "FAILED_TEMP" and event != "fail")

    def operation(self, task: str) -> Operation:
        """The operation of a task resource; NotFound when there is none."""
        for operation in self.operations:
            if operation.task == task:
                return operation
        raise NotFound(f"there is no operation {task!r} on {self.instances}")


VNF = Dialect(
    root="/vnflcm/v1",
    instances="vnf_instances",
    occurrences="vnf_lcm_op_occs",
    instance_id="vnfInstanceId",
    occurrence_id="vnfLcmOpOccId",
    instance_link="vnfInstance",
    occurrence_link="vnfLcmOpOcc",
    kind="vnf-lcm-operation",
    type="VNF_LCM",
    prefix="Vnf",
    transitions=TRANSITIONS,
    operations=VNF_OPERATIONS,
)

NS = Dialect(
    root="/nslcm/v1",
    instances="ns_instances",
    occurrences="ns_lcm_op_occs",
    instance_id="nsInstanceId",
    occurrence_id="nsLcmOpOccId",
    instance_link="nsInstance",
    occurrence_link="nsLcmOpOcc",
    kind="ns-lcm-operation",
    type="NS_LCM",
    prefix="Ns",
    transitions=NS_TRANSITIONS,
    operations=NS_OPERATIONS,
)
