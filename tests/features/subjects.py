"""Subjects for tests of the suite itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from harness.sut import Surroundings


def mute(_surroundings: Surroundings) -> Any:
    """An SMM that answers nothing but 503."""

    def app(_environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        start("503 Service Unavailable", [("Content-Length", "0")])
        return [b""]

    return app


def boaster(_surroundings: Surroundings) -> Any:
    """An SMM that takes every process up, says that it is completed, and does nothing."""

    def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        body = b'{"id": "1", "state": "COMPLETED", "outcome": "DESTINATION_COMMITTED"}'
        made = environ["REQUEST_METHOD"] == "POST"
        location = [("Location", "/smm/v1/processes/1")] if made else []
        start("202 Accepted" if made else "200 OK", [("Content-Type", "application/json"), *location])
        return [b"" if made else body]

    return app
