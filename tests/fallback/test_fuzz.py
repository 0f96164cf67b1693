"""Whatever fallback/v1 describes, and much that it does not, is sent to the manager: no 5xx, nothing undescribed."""

from __future__ import annotations

from tests.fallback.world import CALLBACK, REQUEST, World
from tests.sut.fuzzing import Northbound, fuzz

API = Northbound(
    root="/fallback/v1",
    client="fm",
    callback=CALLBACK,
    orders=(("subscriptions", {"callbackUri": CALLBACK}), ("fallbacks", REQUEST)),
    order=REQUEST,
    mark="tester",
    least=3,
)


def test_manager_answers_whatever_comes_as_described() -> None:
    """No server error, no answer and no notification outside of the description, whatever is sent in whatever order."""
    fuzz(World, API)
