"""The service interface instances of an entity without seamless support (GR clauses 5.2.3 and 5.3.3).

Such an entity serves impacted functional entities and impacted entities over an instance each. The modification opens
new instances beside the old ones, locked; going back to the source version takes the new ones away. An entity without
any support of its own opens none: another instance of the entity, with its own interfaces, takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mocks.entities import compatibility
from mocks.entities.core import Core
from mocks.entities.offers import Offer
from mocks.entities.ports import Body

NON_SEAMLESS = "INTERNAL_NON_SEAMLESS"
NO_SUPPORT = "NONE"
VERSIONS = ("1.0.0", "2.0.0")
TOWARDS = {"IMPACTED_FE": "", "IMPACTED_ENTITY": "entities", "PEER": "pair"}
"""Whom an instance serves, and how its path begins."""


def is_non_seamless(core: Core) -> bool:
    """Whether the profile gives the entity non-seamless internal support."""
    return _support(core) == NON_SEAMLESS


def instances(core: Core, service: Offer) -> list[Offer]:
    """The instances of the entity's main service that belong to the software version it runs."""
    if _support(core) not in (NON_SEAMLESS, NO_SUPPORT):
        return [service]
    generations = _generation(core) + 1 if is_non_seamless(core) else 1
    return [_instance(service, generation, towards) for generation in range(generations) for towards in _users(core)]


def served(core: Core, service: Offer) -> Iterator[Body]:
    """Whom each instance of the entity's main service serves, where there is one for each."""
    if _support(core) == NO_SUPPORT:
        for towards in _users(core):
            yield {"id": _instance(service, 0, towards).id, "towards": towards}


def changes(core: Core, service: Offer) -> Iterator[Body]:
    """What the next version brings: which instance takes the place of which, and for whom."""
    if not is_non_seamless(core):
        return
    for towards in _users(core):
        old, new = (_instance(service, generation, towards) for generation in (0, 1))
        yield {"old": old.id, "new": new.id, "towards": towards, "stopOld": True}


def _users(core: Core) -> list[str]:
    """Whom it serves: a peer that is modified together with it has an instance of its own (GR clause 5.4.2)."""
    return [towards for towards in TOWARDS if towards != "PEER" or compatibility.is_paired(core)]


def _support(core: Core) -> str:
    return str(core.profile.get("capability", {}).get("support", ""))


def _generation(core: Core) -> int:
    versions = list(core.profile.get("softwareVersions", VERSIONS))
    return versions.index(core.software_version)


def _instance(service: Offer, generation: int, towards: str) -> Offer:
    first = int(service.major.removeprefix("v"))
    whole = replace(service, prefix=TOWARDS[towards])
    if not generation:
        return whole
    major = first + generation
    return replace(whole, major=f"v{major}", version=f"{major}.0.0", standard=f"{major + 1}.1.1")
