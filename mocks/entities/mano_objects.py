"""How SOL 009 points at things: links, references to managed objects, and filters of subscriptions on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mocks.entities.ports import Body

CIM = "/nfvmanocim/v2"
LOGM = "/nfvmanologm/v1"


def link(path: str) -> Body:
    """A Link or NotificationLink."""
    return {"href": path}


def entity_reference(entity_id: str) -> Body:
    """A ManoManagedObjectReference to a functional entity."""
    return {"type": "MANO_ENTITY", "objectId": entity_id}


def interface_reference(entity_id: str, interface_id: str) -> Body:
    """A ManoManagedObjectReference to one of its service interfaces."""
    return {"type": "MANO_SERVICE_IF", "objectId": entity_id, "subObjectId": interface_id}


def path_of(reference: Mapping[str, Any]) -> str:
    """Where the object that a reference names is found."""
    if reference["type"] == "MANO_SERVICE_IF" and "subObjectId" in reference:
        return f"{CIM}/mano_entity/mano_interfaces/{reference['subObjectId']}"
    return f"{CIM}/mano_entity"


def lets_through(filter: Mapping[str, Any], notification_type: str, reference: Mapping[str, Any]) -> bool:
    """Whether a CimNotificationsFilter or LogmNotificationsFilter lets a notification about an object pass.

    What a filter leaves out does not restrict. Of the object filter the lab heeds the entity and the interfaces.
    """
    types = filter.get("notificationTypes", [notification_type])
    if notification_type not in types:
        return False
    objects = filter.get("manoEntitySubscriptionFilter") or filter.get("objectInstanceFilter") or {}
    if objects.get("manoEntityId", reference["objectId"]) != reference["objectId"]:
        return False
    interfaces = objects.get("manoServiceInterfaceIds")
    return not interfaces or reference.get("subObjectId") in interfaces
