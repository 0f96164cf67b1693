"""Two functional entities whose interface with each other is not compatible between versions (GR clause 5.4.2).

The profile says `paired: true` of an entity that has such a peer. It serves that peer over an interface of its own, and
lets nobody in there who runs another version than itself.
"""

from __future__ import annotations

from mocks.entities.core import Core
from mocks.entities.errors import Conflict


def is_paired(core: Core) -> bool:
    """Whether the entity has a peer that it only understands in its own version."""
    return bool(core.profile.get("paired", False))


def check_version(core: Core, sender: str, version: str) -> None:
    """Conflict for a sender that runs a version whose messages this one does not understand."""
    if version != core.software_version:
        said = version or "no version at all"
        raise Conflict(f"{core.name} speaks the interface of {core.software_version}, {sender} that of {said}")
