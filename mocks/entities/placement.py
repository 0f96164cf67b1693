"""Where the CISM functionality is, by the profile's "cism": the placements of GR clauses 5.6.2.2 to 5.6.2.7.

A CISM has two functions: MCIO management, and management of container-specific virtual resources (clause 5.6.1). An
entity of type CISM has both, and so has a VNF that embeds one. A VIM has both when it embeds a CISM ("embedded"); where
the functions are distributed the VNFM has the first ("mcio") and the VIM the second ("resources").
"""

from __future__ import annotations

from mocks.entities.core import Core

OWN = ("CISM", "VNF_CISM")
"""Types that have the functionality wherever they are."""


def manages_mcios(core: Core) -> bool:
    """Whether the entity has the first function of a CISM."""
    return core.type in OWN or core.profile.get("cism") in ("embedded", "mcio")


def manages_resources(core: Core) -> bool:
    """Whether the entity has the second function of a CISM."""
    return core.type in OWN or core.profile.get("cism") in ("embedded", "resources")


def is_shared(core: Core) -> bool:
    """Whether a CISM that a VNF embeds serves others too (GR figure A.3-3): then NFV-MANO knows of it."""
    return bool(core.profile.get("shared", True))
