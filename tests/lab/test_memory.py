"""What a node keeps in its folder, and what becomes of what cannot be kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mocks.entities.virtualised_resources import VirtualisedResources
from mocks.lab.errors import StateError
from mocks.lab.memory import DISK, Memory
from mocks.lab.mock import Mock
from mocks.lab.topology import ActorSpec
from mocks.wire.clock import VirtualClock
from mocks.wire.peers import WirePeers
from mocks.wire.recorder import Recording
from mocks.wire.tokens import Tokens

SOME = {"purpose": "OTHER", "resources": {}}


class NoExchange:
    def __call__(self, *_: Any) -> Any:
        raise AssertionError("nobody is spoken to")


@pytest.fixture
def mock() -> Mock:
    clock, tokens = VirtualClock(), Tokens("secret")
    peers = WirePeers("vim", tokens, {}, NoExchange(), clock.real)
    return Mock("vim", ActorSpec("VIM"), clock, Recording(clock), tokens, peers)


def reserve(mock: Mock) -> None:
    power = mock.core.power(VirtualisedResources)
    assert power
    power.reserve(SOME, "smm")


def reserved(mock: Mock) -> int:
    power = mock.core.power(VirtualisedResources)
    assert power
    return len(power.list_reservations())


def test_the_state_has_a_disk_of_its_own_where_there_is_one(tmp_path: Path, mock: Mock) -> None:
    """What the lab must know of a node is kept beside the disk: it does not run out of room with it."""
    (tmp_path / DISK).mkdir()
    memory = Memory(tmp_path)
    memory.begin({"seed": 1}, mock)
    assert sorted(path.name for path in tmp_path.iterdir()) == [DISK, "faults.json", "run.json"]
    assert [path.name for path in (tmp_path / DISK).iterdir()] == ["state.json"]
    assert not memory.no_room()


def test_what_could_not_be_kept_never_was(tmp_path: Path, mock: Mock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put back, the entity is what was written last, and work that was under way is lost as in a crash."""
    memory = Memory(tmp_path)
    reserve(mock)
    memory.begin({"seed": 1}, mock)
    reserve(mock)
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(StateError, match="No space left on device"):
        memory.keep(mock)
    done: list[int] = []
    mock.core.clock.call_later(1, lambda: done.append(1))
    memory.put_back(mock)
    assert reserved(mock) == 1
    mock._clock.wait_until(lambda: False, 5)
    assert done == []


def test_while_the_disk_is_full_the_file_stays_as_it_was(tmp_path: Path, mock: Mock) -> None:
    """Played or not: the next life finds what was written before, and is without room as the one before it."""
    memory = Memory(tmp_path)
    memory.begin({"seed": 1, "profile": {}}, mock)
    mock.faults.arm({"fault": "disk-full"})
    reserve(mock)
    memory.keep(mock)
    Memory(tmp_path).load(mock)
    assert reserved(mock) == 0
    assert mock.faults.full
