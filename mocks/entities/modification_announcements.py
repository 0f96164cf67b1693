"""The subscribers of nfvmanoswm/v1, shared by the powers that this API serves."""

from __future__ import annotations

from mocks.entities.announcements import Announcements
from mocks.entities.core import Core

ROOT = "/nfvmanoswm/v1"
FILTERS = {
    "notificationTypes": "notificationType",
    "operationStates": "operationState",
    "softwareModificationOpOccIds": "softwareModificationOpOccId",
}


class ModificationAnnouncements(Announcements):
    """What an entity tells about its software modifications and restorations."""

    def __init__(self, core: Core) -> None:
        super().__init__(core, ROOT, FILTERS)


def announcements_of(core: Core) -> ModificationAnnouncements:
    """Those of the entity, made when the first power asks for them."""
    return core.power(ModificationAnnouncements) or core.give(ModificationAnnouncements(core))
