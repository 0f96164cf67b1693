from __future__ import annotations

import pytest

from harness.smm import create
from tests.smm.world import World


@pytest.fixture
def world() -> World:
    """A reference SMM with a scripted world around it."""
    return World(create)
