"""`python -m mocks.lab.health`: the health check of the image; 0 when the node answers."""

from __future__ import annotations

import http.client
import sys

from mocks.lab.engine import NODE_PORT

HEALTH = "/node/v1/health"


def main() -> None:
    """Ask once; no answer is an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", NODE_PORT, timeout=3)
    try:
        connection.request("GET", HEALTH)
        sys.exit(0 if connection.getresponse().status == 204 else 1)
    except OSError:
        sys.exit(1)


if __name__ == "__main__":
    main()
