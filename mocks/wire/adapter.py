"""How a `requests` session reaches the lab, whatever its transport: by one exchange after the other."""

from __future__ import annotations

from collections.abc import ItemsView
from typing import TYPE_CHECKING, Any

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

if TYPE_CHECKING:
    from mocks.wire.peers import Exchange

_BLANK = vars(requests.Response())
"""What every answer begins as. To make it anew, with a jar for cookies, costs as much as the rest of an answer."""


class ExchangeAdapter(BaseAdapter):
    """Lets a `requests` session speak by an Exchange, which knows no redirects, cookies and proxies."""

    def __init__(self, exchange: Exchange) -> None:
        super().__init__()
        self.exchange = exchange

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002 - the signature is requests'
        timeout: Any = None,
        verify: Any = True,  # noqa: ARG002
        cert: Any = None,  # noqa: ARG002
        proxies: Any = None,  # noqa: ARG002
    ) -> requests.Response:
        body = request.body or b""
        status, headers, content = self.exchange(
            request.method or "GET",
            request.url or "",
            request.headers,
            body.encode() if isinstance(body, str) else body,
            _read_timeout(timeout),
        )
        response = requests.Response.__new__(requests.Response)
        vars(response).update(_BLANK)
        response.status_code = status
        response.headers = CaseInsensitiveDict(headers)
        response.url = request.url or ""
        response.request = request
        response._content = content
        response.encoding = "utf-8"
        return response

    def close(self) -> None:
        """Nothing is held open."""


class KeptHeaders(CaseInsensitiveDict[str | bytes]):
    """Headers of a session: they are asked for at each request, change hardly ever, and are slow to walk through."""

    _kept: dict[str, str | bytes] | None = None

    def __setitem__(self, name: str, value: str | bytes) -> None:
        self._kept = None
        super().__setitem__(name, value)

    def __delitem__(self, name: str) -> None:
        self._kept = None
        super().__delitem__(name)

    def items(self) -> ItemsView[str, str | bytes]:
        """Names as they were given, and values."""
        kept = self._kept
        if kept is None:
            self._kept = kept = dict(super().items())
        return kept.items()


def _read_timeout(timeout: Any) -> float:
    value = timeout[1] if isinstance(timeout, tuple) else timeout
    return float(value) if value is not None else 60.0
