"""The SMM in a container of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from mocks.lab.lab import Lab, open_lab
from tests.docker.test_containers import inspected, run_of
from tests.lab.guest import bring_smm, kill_in_mid_process


@pytest.fixture(scope="module")
def with_smm(api: Any) -> Iterator[Lab]:
    with open_lab(backend="docker") as lab:
        bring_smm(lab)
        yield lab


def test_the_smm_is_a_container_without_rights(api: Any, with_smm: Lab) -> None:
    """Locked down, limited and labelled like a mock; and the lab's secret is not told to it."""
    facts = inspected(api, with_smm, "smm")
    host = facts["HostConfig"]
    assert (host["ReadonlyRootfs"], host["CapDrop"], host["SecurityOpt"]) == (True, ["ALL"], ["no-new-privileges"])
    assert host["NanoCpus"] > 0
    assert host["Memory"] > 0
    assert facts["Config"]["User"] == "65532:65532"
    assert facts["Config"]["Labels"]["manolab"] == run_of(with_smm)
    assert with_smm._backend._ground.secret not in str(facts["Config"])  # type: ignore[attr-defined]


def test_a_container_killed_in_mid_process_picks_it_up(api: Any, with_smm: Lab) -> None:
    """Status 137, started again on its volume: the process goes on and ends with the destination committed."""

    def is_dead() -> None:
        state = inspected(api, with_smm, "smm")["State"]
        assert (state["Running"], state["ExitCode"]) == (False, 137)

    assert kill_in_mid_process(with_smm, is_dead) == "DESTINATION_COMMITTED"
