"""What labs have on a Docker engine: listed, told apart, removed by their label; and its errors said plainly.

The package `docker` is an extra and is imported only when a command needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from mocks.lab import docker_client
from mocks.lab.errors import EngineError
from mocks.lab.image import IMAGE, SOURCE, source_digest
from mocks.lab.owner import Owner

LABEL = "manolab"
"""The label on everything that a lab makes; its value is the lab's run."""

ACTOR, OWNER, SINCE = "manolab.actor", "manolab.owner", "manolab.since"
connect = docker_client.connect

AT_ONCE = 4
"""So many containers are started or removed side by side."""


NEXT_STEPS = {
    "no space left": "make room on the engine's disk: docker system df",
    "address pool": "remove networks that nobody needs: manolab lab ls, docker network ls",
    "is already in use by container": "see what has the name: docker ps --all",
    "already exists": "see what has the name: docker network ls",
    "requested address": "set MANOLAB_ENGINE_ADDRESS to an address that the engine's machine has",
}
"""What to do about it, by a word of what an engine says."""


@dataclass(frozen=True)
class Left:
    """What is there of a lab: since when, whose it is, and its containers' state by actor."""

    run: str
    since: str
    owner: Owner
    containers: Mapping[str, str]

    @property
    def age(self) -> float:
        """Seconds; of a lab whose time cannot be read, 0."""
        try:
            return (datetime.now(UTC) - datetime.fromisoformat(self.since)).total_seconds()
        except ValueError:
            return 0.0


def labels(run: str) -> dict[str, str]:
    """What everything of a lab is labelled with."""
    return {LABEL: run, OWNER: Owner.here().text(), SINCE: datetime.now(UTC).isoformat(timespec="seconds")}


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


def left(api: Any) -> list[Left]:
    """All that labs have on the engine, those at work included."""
    with said_plainly("list what labs left"):
        containers = api.containers(all=True, filters=_labelled(None))
        things = [*containers, *api.networks(filters=_labelled(None)), *_volumes(api, None)]
    found: dict[str, Mapping[str, str]] = {}
    for thing in things:
        found.setdefault(thing["Labels"][LABEL], thing["Labels"])
    return [
        Left(
            run,
            said.get(SINCE, ""),
            Owner.read(said.get(OWNER, "")),
            {_actor(one): one["Status"] for one in containers if one["Labels"][LABEL] == run},
        )
        for run, said in sorted(found.items())
    ]


def runs(api: Any) -> list[str]:
    """Every lab that has anything on the engine."""
    return [lab.run for lab in left(api)]


def remove(api: Any, run: str) -> None:
    """Remove the containers, volumes and networks of one lab; nothing without its label is touched."""
    with said_plainly("clean up after the lab", run), ThreadPoolExecutor(AT_ONCE, "manolab-removal") as pool:
        found = api.containers(all=True, filters=_labelled(run))
        list(pool.map(lambda one: _gone(api.remove_container, one["Id"], force=True, v=True), found))
        list(pool.map(lambda one: _gone(api.remove_volume, one["Name"]), _volumes(api, run)))
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
    except DockerException as error:  # first: what the engine refuses is a RequestException too
        said = str(getattr(error, "explanation", None) or error)
        step = next((f"\n  {step}" for word, step in NEXT_STEPS.items() if word in said), "")
        raise EngineError(f"the Docker engine could not {doing}: {said}{step}{rest}") from None
    except RequestException:
        raise EngineError(f"the Docker engine answers no more; could not {doing}{rest}") from None


def _gone(remove: Callable[..., Any], id: str, **how: Any) -> None:
    from docker.errors import NotFound  # noqa: PLC0415

    try:
        remove(id, **how)
    except NotFound:
        return  # somebody else was quicker


def _labelled(run: str | None) -> dict[str, str]:
    return {"label": f"{LABEL}={run}" if run else LABEL}


def _volumes(api: Any, run: str | None) -> list[Any]:
    return api.volumes(filters=_labelled(run))["Volumes"] or []


def _actor(container: Mapping[str, Any]) -> str:
    return str(container["Labels"].get(ACTOR) or container["Names"][0].removeprefix("/"))
