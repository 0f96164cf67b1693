"""The engine that these tests need; without one, or without the image, they are skipped with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mocks.lab import docker_engine
from mocks.lab.errors import EngineError
from mocks.lab.lab import Lab, open_lab
from mocks.lab.topology import ActorSpec, Limits, Topology

HERE = Path(__file__).parent
SMALL = Topology(
    {
        "vim": ActorSpec("VIM", {"peers": ["nfvi"]}, limits=Limits(cpus=0.5, memory_mib=192, processes=48)),
        "nfvi": ActorSpec("NFVI"),
    },
    {},
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that is in this folder needs an engine."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.docker)


@pytest.fixture(scope="session")
def api() -> Iterator[Any]:
    """The engine's API, when it has the image."""
    try:
        client = docker_engine.connect()
        with closing(client):
            docker_engine.check_image(client)
            yield client.api
    except EngineError as error:
        pytest.skip(" ".join(str(error).split()))


@pytest.fixture(scope="module")
def lab(api: Any) -> Iterator[Lab]:
    with open_lab(SMALL, backend="docker") as lab:
        yield lab
