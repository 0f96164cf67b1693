"""An SMM as a vendor runs one: a process of its own on a loopback port, told of the lab by PUT /smm/v1/inventory.

Run as a script it prints its URL, and ends when its standard input does.
"""

from __future__ import annotations

import sys
import threading
from typing import Any

import requests
from cheroot.wsgi import Server

from harness.clients.clock import SystemClock
from harness.smm import create
from harness.sut import Surroundings


def factory(surroundings: Surroundings) -> Any:
    """The same SMM as an adapter makes it, in the process of the lab."""
    return create(surroundings)


def main() -> None:
    """Serve the reference SMM until standard input ends."""
    server = Server(("127.0.0.1", 0), None, numthreads=8)
    server.prepare()
    url = f"http://127.0.0.1:{server.bind_addr[1]}"
    clock = SystemClock()
    server.wsgi_app = create(Surroundings(requests.Session(), clock, {}, url))
    serving = threading.Thread(target=server.serve)
    serving.start()
    sys.stdout.write(url + "\n")
    sys.stdout.flush()
    sys.stdin.read()
    server.stop()
    serving.join()
    clock.close()


if __name__ == "__main__":
    main()
