"""vrm/v1 of a resource provider: capacity and reservations."""

from __future__ import annotations

from collections.abc import Mapping

from harness.clients.http import Body, Http, segment

API = "/vrm/v1"
Amount = Mapping[str, int]


class Resources:
    """What a resource provider (a VIM) gives and takes back."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def capacity(self) -> Body:
        """Total and available resources."""
        return self._http.get(f"{API}/capacity").object

    def reserve(self, purpose: str, amount: Amount) -> str:
        return self._http.post(f"{API}/reservations", {"purpose": purpose, "resources": dict(amount)}).created

    def reservations(self) -> list[Body]:
        return self._http.all(f"{API}/reservations")

    def reservation(self, id: str) -> Body:
        return self._http.get(f"{API}/reservations/{segment(id)}").object

    def release(self, id: str) -> None:
        self._http.delete(f"{API}/reservations/{segment(id)}")
