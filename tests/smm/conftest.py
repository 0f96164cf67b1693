from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.smm import create
from tests.smm.world import STARTED, World


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """No SMM of a world keeps its journal's file open."""
    yield
    while STARTED:
        STARTED.pop().close()


@pytest.fixture
def world() -> World:
    """A reference SMM with a scripted world around it."""
    return World(create)
