"""The relay of a lab whose engine is on another machine: `python -m mocks.lab.relay`, told by `ROUTES`.

It forwards connections as they are and knows nothing of what is said. It stands beside the nodes on the management
network.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping

ROUTES = "MANOLAB_ROUTES"
"""The variable with a JSON object: the port to listen on, and the host and port that its connections go to."""

CALL = "MANOLAB_CALL"
"""The variable with the JSON array of the host and port where the lab waits for a first connection."""

CALL_WITHIN = 5.0
"""Real seconds in which the lab has to be reached when the relay starts."""

CHUNK = 65536
Forward = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def serve(routes: Mapping[int, tuple[str, int]], lab: tuple[str, int], host: str) -> None:
    """Listen, let the lab know by a connection, and forward until told to end; raises OSError for a lab not reached."""
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    servers = [await asyncio.start_server(_forwarder(*target), host, port) for port, target in routes.items()]
    async with asyncio.timeout(CALL_WITHIN):
        _, writer = await asyncio.open_connection(*lab)
    writer.close()
    await ended.wait()
    for server in servers:
        server.close()


def _forwarder(host: str, port: int) -> Forward:
    async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            # the name is looked up each time: a node has another address after each start
            there_reader, there_writer = await asyncio.open_connection(host, port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(_pour(reader, there_writer), _pour(there_reader, writer))

    return forward


async def _pour(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Pass on what comes until one side has nothing more; then the other side hears that too."""
    try:
        while chunk := await source.read(CHUNK):
            target.write(chunk)
            await target.drain()
    except OSError:
        return  # one side is gone; closing tells the other
    finally:
        target.close()


def main() -> None:
    """Forward until ended; ends with 1 and the reason when the lab is not reached."""
    routes = {int(port): (str(host), int(there)) for port, (host, there) in json.loads(os.environ[ROUTES]).items()}
    host, port = json.loads(os.environ[CALL])
    try:
        asyncio.run(serve(routes, (host, port), "0.0.0.0"))  # noqa: S104 - of its own network namespace
    except OSError as error:  # a time-out is one too
        sys.stdout.write(f"the lab's machine is not reached at {host}:{port} ({error or 'no answer'})\n")
        sys.stdout.flush()
        sys.exit(1)


if __name__ == "__main__":
    main()
