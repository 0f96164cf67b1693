"""One HTTP exchange with an entity: JSON in, JSON out, errors typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

import orjson
import requests
from requests.structures import CaseInsensitiveDict

from harness.clients.clock import Clock
from harness.clients.errors import Malformed, NoAnswer, error_of

Body = dict[str, Any]
TIMEOUT = 60.0
PAGES = 100


class Answer(NamedTuple):
    """What came back, with a status below 400."""

    request: str
    body: Any
    received: Received

    @property
    def status(self) -> int:
        return self.received.status

    @property
    def next(self) -> str | None:
        """Where the next page of a list is (RFC 8288)."""
        link = self.received.header("Link")
        links = requests.utils.parse_header_links(link) if link else []
        return next((one["url"] for one in links if one.get("rel") == "next"), None)

    @property
    def object(self) -> Body:
        """The body as a JSON object; raises Malformed when it is none."""
        if not isinstance(self.body, dict):
            raise Malformed(f"{self.request} was answered {self.status} without a JSON object")
        return self.body

    @property
    def created(self) -> str:
        """The identifier at the end of the Location header; raises Malformed when there is none."""
        created = self.received.created
        if not created:
            raise Malformed(f"{self.request} was answered {self.status} without a Location")
        return created


class Http:
    """Speaks to one entity at `url` over a shared Session; time-outs are given in lab seconds."""

    def __init__(self, session: requests.Session, url: str, clock: Clock, timeout: float = TIMEOUT) -> None:
        self._session = session
        self.url = url.rstrip("/")
        self._clock = clock
        self._timeout = timeout

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Answer:
        return self._send("GET", path + ("?" + urlencode(query) if query else ""))

    def post(self, path: str, body: Body | None = None) -> Answer:
        return self._send("POST", path, body)

    def put(self, path: str, body: Body) -> Answer:
        return self._send("PUT", path, body)

    def delete(self, path: str) -> Answer:
        return self._send("DELETE", path)

    def all(self, path: str, query: Mapping[str, str] | None = None) -> list[Body]:
        """Every item of a list, following its pages; raises Malformed when it is no list."""
        items: list[Body] = []
        answer = self.get(path, query)
        for _ in range(PAGES):
            if not isinstance(answer.body, list):
                raise Malformed(f"{answer.request} was answered {answer.status} without a JSON list")
            items += answer.body
            following = answer.next
            if following is None:
                break
            parts = urlsplit(following)
            answer = self.get(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        return items

    def _send(self, method: str, path: str, body: Body | None = None) -> Answer:
        url = path if path.startswith(("http://", "https://")) else self.url + path
        data = None if body is None else orjson.dumps(body)
        request = f"{method} {url}"
        try:
            received = exchange(self._session, method, url, data, self._clock.real(self._timeout))
        except requests.RequestException as error:
            raise NoAnswer(f"{request} got no answer: {error}") from error
        parsed = _parse(request, received.status, received.content)
        if received.status >= 400:
            raise error_of(request, received.status, parsed if isinstance(parsed, dict) else {})
        return Answer(request, parsed, received)


class Received(NamedTuple):
    """What came back, whatever its status."""

    status: int
    headers: Sequence[tuple[str, str]]
    content: bytes

    def header(self, name: str) -> str | None:
        """The header of this name, in whatever case it was sent."""
        wanted = name.lower()
        return next((value for one, value in self.headers if one.lower() == wanted), None)

    @property
    def created(self) -> str:
        """The identifier at the end of the Location; empty without one."""
        return _last_segment(self.header("Location") or "")

    @property
    def json(self) -> Any:
        """The JSON value of the body, None without a body; raises ValueError for what is no JSON."""
        return orjson.loads(self.content) if self.content else None


def exchange(session: requests.Session, method: str, url: str, body: bytes | None, timeout: float) -> Received:
    """Send JSON as this session, straight to its adapter; raises requests.RequestException when no answer comes.

    A session's own way works out redirects, cookies and proxies for each request, and costs more than the exchange. An
    adapter that has an `exchange` of the same kind as this is spared the objects that `requests` hands around.
    """
    headers = {name: str(value) for name, value in session.headers.items()}
    if body is not None:
        headers["Content-Type"] = "application/json"
    adapter = session.get_adapter(url)
    short = getattr(adapter, "exchange", None)
    if short is not None:
        return Received(*short(method, url, headers, body or b"", timeout))
    if body is not None or method == "POST":
        headers["Content-Length"] = str(len(body or b""))
    prepared = requests.PreparedRequest()
    prepared.method, prepared.url, prepared.body = method, url, body
    prepared.headers = CaseInsensitiveDict(headers)
    trusted = session.verify is None or session.verify
    answer = adapter.send(prepared, timeout=timeout, verify=trusted, cert=session.cert)
    return Received(answer.status_code, list(answer.headers.items()), answer.content)


def _last_segment(url: str) -> str:
    return urlsplit(url).path.rstrip("/").rpartition("/")[2]


def _parse(request: str, status: int, content: bytes) -> Any:
    if not content:
        return None
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        if status >= 400:
            return None
        raise Malformed(f"{request} was answered {status} with a body that is not JSON") from None


def segment(value: str) -> str:
    """An identifier as one segment of a path."""
    return quote(value, safe="")
