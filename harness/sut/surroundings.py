"""What a subject under test is given: the world as it may see it, and nothing of the lab's inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import requests

from harness.clients.clock import Clock
from harness.clients.entities import Endpoint


class SubjectError(ValueError):
    """A subject that cannot be had; the message says what was given and what is possible."""


@dataclass(frozen=True)
class Credentials:
    """With which the subject gets an access token: the client credentials grant of OAuth 2.0 (RFC 6749 clause 4.4)."""

    token_endpoint: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True)
class Surroundings:
    """The world around one subject.

    `session` is authenticated as the subject; `inventory` holds the other actors by name; `own_url` is where the
    subject is reached; `folder` is where it may keep things (None: in memory only); `name` is what the others call it;
    `credentials` are for a subject that cannot be given a session.
    """

    session: requests.Session
    clock: Clock
    inventory: Mapping[str, Endpoint]
    own_url: str
    folder: Path | None = None
    name: str = "smm"
    credentials: Credentials | None = None
