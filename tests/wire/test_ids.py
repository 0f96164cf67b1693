"""Identifiers: UUIDs that come again with their seed."""

from __future__ import annotations

import random
from uuid import UUID

from mocks.wire.ids import Ids


def test_an_identifier_is_a_uuid_of_version_4_drawn_from_the_seed():
    """Digit for digit what Python's own UUID makes of the same draw."""
    ids, draws = Ids(7), random.Random(7)
    for _ in range(100):
        assert ids.uuid() == str(UUID(int=draws.getrandbits(128), version=4))


def test_a_new_life_gives_out_nothing_that_the_one_before_did():
    """Whatever was given out last before a crash."""
    first = Ids("vnfm")
    second = Ids("vnfm")
    second.revive(first.snapshot())
    assert {first.uuid() for _ in range(50)}.isdisjoint(second.uuid() for _ in range(50))
