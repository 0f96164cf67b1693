"""What a subject under test is given: the world as it may see it, and nothing of the lab's inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import requests

from harness.clients.clock import Clock
from harness.clients.entities import Endpoint


@dataclass(frozen=True)
class Surroundings:
    """The world around one subject.

    `session` is authenticated as the subject; `inventory` holds the other actors by name; `own_url` is where the
    subject is reached; `folder` is where it may keep things (None: in memory only); `name` is what the others call it.
    """

    session: requests.Session
    clock: Clock
    inventory: Mapping[str, Endpoint]
    own_url: str
    folder: Path | None = None
    name: str = "smm"
