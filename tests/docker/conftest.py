"""The engine that these tests need; without one, or without the image, they are skipped with the reason."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mocks.lab import docker_engine
from mocks.lab.errors import EngineError
from mocks.lab.image import IMAGE
from mocks.lab.lab import Lab, open_lab
from mocks.lab.owner import Owner
from mocks.lab.topology import ActorSpec, Limits, Topology
from tests.docker.elsewhere import Machine, bring, machine, missing

HERE = Path(__file__).parent
SMALL = Topology(
    {
        "vim": ActorSpec("VIM", {"peers": ["nfvi"]}, limits=Limits(cpus=0.5, memory_mib=192, processes=48)),
        "nfvi": ActorSpec("NFVI"),
    },
    {},
)


def own_runs(api: Any) -> list[str]:
    """What labs of this very process have on the engine: others may come and go meanwhile."""
    return [lab.run for lab in docker_engine.left(api) if lab.owner == Owner.here()]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that is in this folder needs an engine."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.docker)


WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
"""Which of several processes runs these tests: each has other machines of its own."""


@pytest.fixture(scope="session")
def api_here() -> Iterator[Any]:
    """The API of the usual engine, when it has the image."""
    try:
        client = docker_engine.connect()
        with closing(client):
            docker_engine.check_image(client)
            yield client.api
    except EngineError as error:
        pytest.skip(" ".join(str(error).split()))


@pytest.fixture(scope="module")
def api(api_here: Any) -> Any:
    """The API of the engine that a module is about: the usual one, unless it says otherwise."""
    return api_here


@pytest.fixture(scope="module")
def lab(api: Any) -> Iterator[Lab]:
    with open_lab(SMALL, backend="docker") as lab:
        yield lab


@pytest.fixture(scope="session")
def elsewhere(api_here: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A second engine on another machine, with the image."""
    yield from _machine(api_here, tmp_path_factory.mktemp("elsewhere"), 77 + 2 * WORKER)


@pytest.fixture(scope="module")
def small_machine(api_here: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine of the module's own, which it may hurt: a small disk, and addresses for four networks."""
    folder = tmp_path_factory.mktemp("small")
    yield from _machine(api_here, folder, 78 + 2 * WORKER, size="640m", networks="10.213.0.0/24,size=26")


def _machine(api: Any, folder: Path, number: int, **how: str) -> Iterator[Machine]:
    if why := missing():
        pytest.skip(why)
    with machine(folder, number, **how) as there:
        with pytest.MonkeyPatch.context() as patch:
            there.use(patch)
            with closing(docker_engine.connect()) as client:
                bring(IMAGE, api, client.api, folder / "image.tar")
        yield there
