from __future__ import annotations

import pytest

from tests.fallback.world import World


@pytest.fixture
def world() -> World:
    """A reference Fallback Manager with a scripted world around it."""
    return World()
