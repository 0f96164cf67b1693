"""LCM and VRM operation occurrences of a functional entity, and subscriptions to any API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harness.clients.http import Body, Http, segment


@dataclass(frozen=True)
class OperationApi:
    """Where a type of operation lives, and what its notifications call it."""

    root: str
    occurrences: str
    notification: str
    id: str


OPERATIONS: Mapping[str, OperationApi] = {
    "NS_LCM": OperationApi("/nslcm/v1", "ns_lcm_op_occs", "NsLcmOperationOccurrenceNotification", "nsLcmOpOccId"),
    "VNF_LCM": OperationApi("/vnflcm/v1", "vnf_lcm_op_occs", "VnfLcmOperationOccurrenceNotification", "vnfLcmOpOccId"),
    "VRM": OperationApi("/vrm/v1", "vrm_op_occs", "VirtualisedResourceOperationOccurrenceNotification", "opOccId"),
}
ONGOING = frozenset({"STARTING", "PROCESSING", "ROLLING_BACK"})


class Operations:
    """The operations of one entity."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def ongoing(self, operation_type: str) -> list[Body]:
        """The operation occurrences of this type that are under way."""
        api = OPERATIONS[operation_type]
        found = self._http.all(
            f"{api.root}/{api.occurrences}", {"filter": f"(in,operationState,{','.join(sorted(ONGOING))})"}
        )
        return [occurrence for occurrence in found if occurrence.get("operationState") in ONGOING]

    def occurrence(self, operation_type: str, id: str) -> Body:
        api = OPERATIONS[operation_type]
        return self._http.get(f"{api.root}/{api.occurrences}/{segment(id)}").object


class Subscriptions:
    """Subscriptions at one entity; `root` is the API's, as "/vnflcm/v1"."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def subscribe(self, root: str, callback: str) -> str:
        """Subscribe and return the id; an equal subscription that exists (303) counts as made."""
        return self._http.post(f"{root}/subscriptions", {"callbackUri": callback}).created

    def unsubscribe(self, root: str, id: str) -> None:
        self._http.delete(f"{root}/subscriptions/{segment(id)}")
