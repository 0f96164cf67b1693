"""How the engine is reached: by the environment or the Docker context, as every Docker tool does it.

DOCKER_HOST, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH are honoured, and where DOCKER_HOST says nothing, DOCKER_CONTEXT and
the current context of ~/.docker/config.json. The package `docker` is an extra and is imported only when it is needed.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from mocks.lab.errors import EngineError

PATIENCE = 60
"""Real seconds that the engine may take for an answer."""

KNOCK = 5.0
"""Real seconds in which the engine's port has to open."""

DEFAULT_HOST = "unix:///var/run/docker.sock"
BUNDLES = "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"
SAFE = "TLS", "SSL", "ssl", "certificate", "HTTPS server"
"""Words of errors that are about the safety of a connection."""


def endpoint() -> str:
    """The URL of the engine; raises EngineError when the context named is none."""
    return os.environ.get("DOCKER_HOST") or _of_context() or DEFAULT_HOST


def connect() -> Any:
    """A client of the engine that the environment names; raises EngineError with the next step."""
    try:
        import docker  # noqa: PLC0415 - an optional extra
        from docker.errors import DockerException  # noqa: PLC0415
        from requests.utils import get_environ_proxies  # noqa: PLC0415
    except ImportError:
        raise EngineError(
            "the docker backend needs the Python package docker\n  install it: pip install 'manolab[docker]'"
        ) from None
    host = endpoint()
    try:
        _knock(host)
        with _own_authorities():
            client = docker.from_env(timeout=PATIENCE)
            client.ping()
        client.api.proxies = get_environ_proxies(client.api.base_url)
        client.api.trust_env = False  # see _own_authorities
    except (DockerException, OSError, ImportError, ValueError) as error:
        raise EngineError(_unreachable(host, str(error))) from None
    return client


@contextmanager
def _own_authorities() -> Iterator[None]:
    """Without the variables by which requests would rather trust others than the engine's own CA."""
    kept = {name: os.environ.pop(name) for name in BUNDLES if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)


def _of_context() -> str:
    from docker.context import ContextAPI  # noqa: PLC0415
    from docker.errors import DockerException  # noqa: PLC0415

    name = os.environ.get("DOCKER_CONTEXT") or None
    try:
        context = ContextAPI.get_context(name)
    except (DockerException, OSError, ValueError, LookupError) as error:
        raise EngineError(f"the Docker context cannot be read: {error}\n  look at it: docker context ls") from None
    if context is None:
        known = ", ".join(sorted(one.Name for one in ContextAPI.contexts()))
        wrong = name or "that ~/.docker/config.json names"
        raise EngineError(f"there is no Docker context {wrong}; there are {known}\n  set DOCKER_CONTEXT to one of them")
    return str(context.Host or "")


def _knock(host: str) -> None:
    """Find out what is wrong with a socket before the package docker does: its clients leave theirs open."""
    if host.startswith("unix://"):
        with socket.socket(socket.AF_UNIX) as probe:
            probe.connect(host.removeprefix("unix://"))
    elif host.startswith(("tcp://", "http://", "https://")):
        parts = urlsplit(host)
        if not parts.hostname or not parts.port:
            raise ValueError("an address and a port are needed, as in tcp://engine.example:2376")
        socket.create_connection((parts.hostname, parts.port), KNOCK).close()


def _unreachable(host: str, said: str) -> str:
    if "Permission denied" in said:
        return f"no permission for the Docker engine at {host}\n  join the group docker, or run as root"
    if any(word in said for word in SAFE):
        next_step = "look at DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH (ca.pem, cert.pem, key.pem), or the context's TLS"
        return f"no safe connection to the Docker engine at {host}: {said}\n  {next_step}"
    return f"no Docker engine answers at {host}: {said}\n  start one (systemctl start docker), or set DOCKER_HOST"
