"""An engine on another machine: reached by TLS, and what the lab can do there is what it can do here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from mocks.lab import docker_engine
from mocks.lab.lab import Lab, open_lab
from tests.docker.conftest import SMALL, own_runs
from tests.docker.elsewhere import Machine
from tests.docker.test_containers import (  # noqa: F401 - the same facts, with the engine of this module
    ask,
    inspected,
    run_of,
    test_a_crash_is_a_kill_and_the_state_outlives_it,
    test_a_hang_is_a_pause,
    test_a_partition_unplugs_the_reference_network,
    test_the_labs_secret_is_neither_in_image_nor_labels,
    test_two_labs_live_on_one_engine_and_leave_nothing,
)


@pytest.fixture(scope="module")
def there(elsewhere: Machine) -> Iterator[Machine]:
    """The other machine, as the one that the environment names."""
    with pytest.MonkeyPatch.context() as patch:
        elsewhere.use(patch)
        yield elsewhere


@pytest.fixture(scope="module")
def api(there: Machine) -> Iterator[Any]:
    with closing(docker_engine.connect()) as client:
        yield client.api


@pytest.fixture(scope="module")
def lab(there: Machine) -> Iterator[Lab]:
    with open_lab(SMALL, backend="docker") as lab:
        yield lab


def test_ports_are_published_on_the_engines_address_only(api: Any, lab: Lab, there: Machine) -> None:
    """Whoever is not on the cable between the two machines reaches no node."""
    ports = inspected(api, lab, "vim")["NetworkSettings"]["Ports"]["8000/tcp"]
    assert [port["HostIp"] for port in ports] == [there.address]
    assert {actor.url.split("/")[2].split(":")[0] for actor in lab.actors.values()} == {there.ours}


def test_the_management_network_leads_nowhere(api: Any, lab: Lab) -> None:
    """Only the reference network has a way to the lab's machine."""
    internal = {
        kind: api.inspect_network(f"manolab-{run_of(lab)}-{kind}")["Internal"] for kind in ("reference", "management")
    }
    assert internal == {"reference": False, "management": True}


def test_a_lab_that_is_not_reached_from_there_says_so(
    api: Any, there: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address that the other machine has no way to is named, with the setting, and nothing is left."""
    monkeypatch.setenv("MANOLAB_ADDRESS", "127.0.0.1")
    before = own_runs(api)
    with pytest.raises(docker_engine.EngineError, match=r"not reached at 127\.0\.0\.1:(.|\n)*set MANOLAB_ADDRESS"):
        open_lab(SMALL, backend="docker")
    assert own_runs(api) == before
