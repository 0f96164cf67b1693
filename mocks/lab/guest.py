"""Somebody who is no mock, run as a process beside them: what the lab tells it, and the key that the two share.

It gets none of the lab's secret, for it may be the subject under test: only its own client credentials.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from mocks.lab.errors import LabError
from mocks.wire.authentication import TOKEN_PATH

if TYPE_CHECKING:
    from mocks.lab.backend import Ground
    from mocks.wire.peers import Exchange

INVENTORY = "/smm/v1/inventory"
ANSWER_WITHIN = 30.0


@dataclass(frozen=True)
class Guest:
    """One of them; `key` opens its door to the lab, and the lab's to it."""

    name: str
    key: str

    @property
    def authorization(self) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {self.key}"}


def introduce(ground: Ground, guest: Guest, url: str, exchange: Exchange) -> None:
    """Tell a guest at this URL who is in the lab and how it gets a token; raises LabError when it takes it not."""
    body = {
        "actors": {name: asdict(address) for name, address in ground.addresses.items()},
        "authorization": {
            "tokenEndpoint": ground.addresses[guest.name].url + TOKEN_PATH,
            "clientId": guest.name,
            "clientSecret": ground.tokens.client_secret(guest.name),
        },
    }
    headers = {"Content-Type": "application/json"}
    content = json.dumps(body).encode()
    status, _, said = exchange("PUT", url + INVENTORY, headers, content, ANSWER_WITHIN)
    if status != 204:
        raise LabError(f"{guest.name} did not take the lab's inventory: {status} {said.decode(errors='replace')}")
