"""Which software version an entity runs, and what follows from it."""

from __future__ import annotations

from mocks.entities.core import Core
from mocks.entities.information import Information


def run_version(core: Core, version: str) -> None:
    """Let this version run, with the service interfaces that it has."""
    core.software_version = version
    if information := core.power(Information):
        information.version_changed()
