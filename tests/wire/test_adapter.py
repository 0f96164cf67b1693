"""How sessions reach the lab."""

from __future__ import annotations

from mocks.wire.adapter import KeptHeaders


def test_kept_headers_follow_each_change() -> None:
    """What is kept for the next request is made anew when a header is set, removed or all are cleared."""
    headers = KeptHeaders({"Accept": "text/plain", "X-One": "1"})
    assert dict(headers.items()) == {"Accept": "text/plain", "X-One": "1"}
    headers["ACCEPT"] = "application/json"
    assert dict(headers.items()) == {"ACCEPT": "application/json", "X-One": "1"}
    del headers["x-one"]
    assert dict(headers.items()) == {"ACCEPT": "application/json"}
    headers.clear()
    assert dict(headers.items()) == {}
    assert headers.get("accept") is None


def test_a_copy_of_kept_headers_is_its_own() -> None:
    """A copy takes changes that its origin does not."""
    headers = KeptHeaders({"Accept": "text/plain"})
    copied = headers.copy()
    copied["Accept"] = "application/json"
    assert dict(headers.items()) == {"Accept": "text/plain"}
