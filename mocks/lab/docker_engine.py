"""The Docker engine as the lab uses it: reached, asked what is there, rid of what labs left, its errors said plainly.

The package `docker` is an extra and is imported only here, when a command needs it. DOCKER_HOST, DOCKER_TLS_VERIFY and
DOCKER_CERT_PATH are honoured.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from mocks.lab.errors import EngineError
from mocks.lab.image import IMAGE, SOURCE, source_digest

LABEL = "manolab"
"""The label on everything that a lab makes; its value is the lab's run."""

PATIENCE = 60
DEFAULT_HOST = "unix:///var/run/docker.sock"


def connect() -> Any:
    """A client of the engine that the environment names; raises EngineError with the next step."""
    try:
        import docker  # noqa: PLC0415 - an optional extra
        from docker.errors import DockerException  # noqa: PLC0415
    except ImportError:
        raise EngineError(
            "the docker backend needs the Python package docker\n  install it: pip install 'manolab[docker]'"
        ) from None
    host = os.environ.get("DOCKER_HOST") or DEFAULT_HOST
    try:
        if host.startswith("unix://"):
            _knock(host.removeprefix("unix://"))
        client = docker.from_env(timeout=PATIENCE)
        client.ping()
    except (DockerException, OSError) as error:
        raise EngineError(_unreachable(host, str(error))) from None
    return client


def check_image(client: Any) -> None:
    """Raise EngineError when the image of the mocks is missing, or was built from other sources than these."""
    with said_plainly(f"look for the image {IMAGE}"):
        found = client.images.list(IMAGE)
    if not found:
        raise EngineError(f"the engine has no image {IMAGE}\n  build it: manolab lab build")
    if found[0].labels.get(SOURCE) != source_digest():
        raise EngineError(f"the image {IMAGE} was built from other sources than these\n  build it: manolab lab build")


def volume(name: str, target: str, labels: dict[str, str]) -> Any:
    """A labelled volume to mount."""
    from docker.types import Mount  # noqa: PLC0415

    return Mount(target, name, type="volume", labels=labels)


def containers(api: Any, run: str | None = None) -> list[dict[str, Any]]:
    """The containers of a lab, or of all labs, running or not."""
    with said_plainly("list the labs' containers"):
        found: list[dict[str, Any]] = api.containers(all=True, filters=_labelled(run))
    return found


def runs(api: Any) -> list[str]:
    """Every lab that has left anything on the engine."""
    with said_plainly("list what labs left"):
        things = [*api.containers(all=True, filters=_labelled(None)), *api.networks(filters=_labelled(None))]
        things += api.volumes(filters=_labelled(None))["Volumes"] or []
    return sorted({thing["Labels"][LABEL] for thing in things})


def remove(api: Any, run: str, side_by_side: Callable[[Callable[[Any], Any], Iterable[Any]], Any]) -> None:
    """Remove the containers, volumes and networks of one lab; nothing without its label is touched."""
    with said_plainly("clean up after the lab", run):
        found = api.containers(all=True, filters=_labelled(run))
        side_by_side(lambda one: _gone(api.remove_container, one["Id"], force=True, v=True), found)
        kept = api.volumes(filters=_labelled(run))["Volumes"] or []
        side_by_side(lambda one: _gone(api.remove_volume, one["Name"]), kept)
        for network in api.networks(filters=_labelled(run)):  # one by one: they are few
            _gone(api.remove_network, network["Id"])


@contextmanager
def said_plainly(doing: str, run: str | None = None) -> Iterator[None]:
    """Turn what the engine, or its absence, says into one EngineError; `run` is the lab that may leave something."""
    from docker.errors import DockerException  # noqa: PLC0415
    from requests import RequestException  # noqa: PLC0415

    rest = f"\n  to clean up what may be left: manolab lab down {run}" if run else ""
    try:
        yield
    except RequestException:
        raise EngineError(f"the Docker engine answers no more; could not {doing}{rest}") from None
    except DockerException as error:
        said = str(getattr(error, "explanation", None) or error)
        if "no space left" in said:
            rest = f"\n  make room: docker system df{rest}"
        raise EngineError(f"the Docker engine could not {doing}: {said}{rest}") from None


def _knock(path: str) -> None:
    """Find out what is wrong with a socket before the package docker does: its clients leave theirs open."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.connect(path)


def _gone(remove: Callable[..., Any], id: str, **how: Any) -> None:
    from docker.errors import NotFound  # noqa: PLC0415

    try:
        remove(id, **how)
    except NotFound:
        return  # somebody else was quicker


def _labelled(run: str | None) -> dict[str, str]:
    return {"label": f"{LABEL}={run}" if run else LABEL}


def _unreachable(host: str, said: str) -> str:
    if "Permission denied" in said:
        return f"no permission for the Docker engine at {host}\n  join the group docker, or run as root"
    if "TLS" in said or "certificate" in said or "SSL" in said:
        return (
            f"no safe connection to the Docker engine at {host}: {said}\n  look at DOCKER_TLS_VERIFY, DOCKER_CERT_PATH"
        )
    return f"no Docker engine answers at {host}\n  start one (systemctl start docker), or set DOCKER_HOST"
