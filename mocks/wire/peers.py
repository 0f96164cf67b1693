"""How a mock reaches the other actors: the entities' `Peers` port, over whichever transport the lab has."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import orjson
import requests

from mocks.entities.errors import StepFailed
from mocks.entities.ports import Body, Check

if TYPE_CHECKING:
    from mocks.wire.tokens import Tokens

TIMEOUT = 60.0
"""Lab seconds that a mock waits for an answer."""

DAILY_USE = {
    "NFVO": "/nslcm/v1/ns_instances",
    "VNFM": "/vnflcm/v1/vnf_instances",
    "VIM": "/vrm/v1/capacity",
    "NFVI": "/vrm/v1/capacity",
    "WIM": "/wan/v1/connections",
    "CISM": "/mcio/v1/apis/apps/v1/namespaces/default/deployments",
    "VNF_CISM": "/mcio/v1/apis/apps/v1/namespaces/default/deployments",
    "CIS": "/vrm/v1/capacity",
}
"""What a peer of this type is asked for when somebody makes sure that its service is there."""

LOCATED = (201, 202, 303)
"""Statuses whose answers may say where something is."""

OF_ITSELF = "/nfvmanocim/v2/mano_entity"


class Exchange(Protocol):
    """One request and its answer: status, headers, content. Raises requests' exceptions when none comes."""

    def __call__(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, timeout: float
    ) -> tuple[int, list[tuple[str, str]], bytes]: ...


@dataclass(frozen=True)
class Address:
    """Where an actor is found, and what it is."""

    type: str
    url: str

    @cached_property
    def netloc(self) -> str:
        """Host and port."""
        return urlsplit(self.url).netloc


class WirePeers:
    """The peers of one actor. Every call carries the actor's token, so the history says who spoke."""

    def __init__(
        self,
        name: str,
        tokens: Tokens,
        addresses: Mapping[str, Address],
        exchange: Exchange,
        real: Callable[[float], float],
    ) -> None:
        self._basic = "Basic " + base64.b64encode(f"{name}:{tokens.client_secret(name)}".encode()).decode()
        self._authorization = {"Authorization": f"Bearer {tokens.issue(name)}", "Accept": "application/json"}
        self._addresses = addresses
        self._exchange = exchange
        self._real = real
        self.cut_off: Callable[[], bool] = lambda: False
        self.lag: Callable[[], float] = lambda: 0.0
        """By how many lab seconds the message is late that is to be sent."""
        self.version: Callable[[], str] = lambda: ""
        """The software version that the actor runs, as its messages say."""
        self.skip: Callable[[float], None] = lambda _: None
        """Lets so many lab seconds pass."""

    def check(self, peer: str, root: str = "") -> Check:
        usual = DAILY_USE.get(self._addresses[peer].type, OF_ITSELF)
        path = f"{root}/{usual.split('/', 3)[3]}" if root else usual
        status, _ = self.request(peer, "GET", path)
        detail = "" if status == 200 else "no answer" if status is None else f"answered {status}"
        return Check(peer, status == 200, status, detail)

    def authenticate(self, peer: str) -> int | None:
        url = self._addresses[peer].url + "/oauth2/token"
        headers = {"Authorization": self._basic, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            status, _, _ = self._exchange("POST", url, headers, b"grant_type=client_credentials", self._real(TIMEOUT))
        except requests.RequestException:
            return None
        return status

    def ask_check(self, actor: str, peer: str) -> Check:
        status, body = self.request(actor, "POST", "/peer/v1/checks", {"peer": peer})
        if status != 200 or not isinstance(body, dict):
            return Check(peer, False, status, f"{actor} could not be asked")
        reached = str(body.get("peer", peer))
        return Check(reached, bool(body.get("reachable")), body.get("status"), str(body.get("detail", "")))

    def state_of(self, actor: str) -> Body | None:
        status, body = self.request(actor, "GET", OF_ITSELF)
        return body if status == 200 else None

    def allocate(self, provider: str, reservation_id: str, resources: Mapping[str, int]) -> str:
        path = f"/vrm/v1/reservations/{reservation_id}/allocations"
        status, body = self.request(provider, "POST", path, {"resources": dict(resources)})
        if status != 201 or not body:
            why = (body or {}).get("detail", "no answer")
            raise StepFailed(f"{provider} did not allocate from reservation {reservation_id}: {why}", transient=True)
        return str(body["id"])

    def release(self, provider: str, reservation_id: str, allocation_id: str) -> None:
        self.request(provider, "DELETE", f"/vrm/v1/reservations/{reservation_id}/allocations/{allocation_id}")

    def request(self, to: str, method: str, path: str, body: Body | None = None) -> tuple[int | None, Body | None]:
        status, _, answer = self.exchange(to, method, path, body)
        return status, answer

    def exchange(
        self, to: str, method: str, path: str, body: Body | None = None
    ) -> tuple[int | None, str | None, Body | None]:
        """As `request`, with the Location in the middle; KeyError when there is no such actor."""
        return self._send(method, self._addresses[to].url + path, body)

    def deliver(self, callback_uri: str, notification: Body) -> None:
        self._send("POST", callback_uri, notification)

    def answers(self, callback_uri: str) -> bool:
        return self._send("GET", callback_uri, None)[0] == 204

    def _send(self, method: str, url: str, body: Body | None) -> tuple[int | None, str | None, Body | None]:
        if self.cut_off():
            return None, None, None
        late = self.lag()
        if late:
            self.skip(min(late, TIMEOUT))
        if late >= TIMEOUT:
            return None, None, None  # given up before it got there
        headers = {**self._authorization, "User-Agent": f"manolab/{self.version()}"}
        content = b""
        if body is not None:
            headers = {**headers, "Content-Type": "application/json"}
            content = orjson.dumps(body)
        try:
            status, answered, received = self._exchange(method, url, headers, content, self._real(TIMEOUT - late))
        except (requests.RequestException, ValueError):
            return None, None, None
        return status, _location(answered) if status in LOCATED else None, _json(received)


def _location(headers: list[tuple[str, str]]) -> str | None:
    return next((value for name, value in headers if name.lower() == "location"), None)


def _json(content: bytes) -> Any:
    try:
        return orjson.loads(content) if content else None
    except orjson.JSONDecodeError:
        return None
