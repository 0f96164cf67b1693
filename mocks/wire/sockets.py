"""The transport with sockets, on the caller's side: one HTTP exchange at a time over connections that are kept open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import requests
from urllib3 import HTTPConnectionPool, connection_from_url
from urllib3.exceptions import HTTPError, ReadTimeoutError

if TYPE_CHECKING:
    from urllib3 import HTTPSConnectionPool

KEPT = 8
"""Connections to one host that are kept; more are opened while more exchanges are under way."""


class SocketExchange:
    """An Exchange over sockets; may be used from any thread.

    It stands on what `requests` stands on: a session of its would work out redirects, cookies and proxies each time.
    """

    def __init__(self) -> None:
        self._pools: dict[str, HTTPConnectionPool | HTTPSConnectionPool] = {}

    def __call__(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, timeout: float
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        """Status, headers and body of the answer; raises what `requests` raises when none comes."""
        parts = urlsplit(url)
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        try:
            answer = self._pool(f"{parts.scheme}://{parts.netloc}").urlopen(
                method, target, body or None, dict(headers), retries=False, redirect=False, timeout=timeout
            )
        except ReadTimeoutError as error:
            raise requests.ReadTimeout(str(error)) from error
        except HTTPError as error:
            raise requests.ConnectionError(str(error)) from error
        return answer.status, list(answer.headers.items()), answer.data

    def close(self) -> None:
        for pool in self._pools.values():
            pool.close()

    def _pool(self, origin: str) -> HTTPConnectionPool | HTTPSConnectionPool:
        found = self._pools.get(origin)
        if found is None:
            # two threads may make it at once: the first one stays
            found = self._pools.setdefault(origin, connection_from_url(origin, maxsize=KEPT))
        return found
