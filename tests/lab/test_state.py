"""The file of an entity's state: whole or not at all, and of nobody else."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mocks.entities.actors import POWERS, equip
from mocks.entities.core import Core
from mocks.entities.persistence import snapshot
from mocks.entities.restoration import RestorationPoints
from mocks.entities.software_modification import SoftwareModification
from mocks.entities.virtualised_resources import VirtualisedResources
from mocks.lab.errors import StateError
from mocks.lab.state import StateFile
from mocks.wire.ids import Ids
from tests.fakes import World, make_core

ROOT = Path(__file__).parents[2]
SOME = {"purpose": "OTHER", "resources": {}}


def entity(type: str = "VIM", name: str | None = None) -> Core:
    world = World(ids=Ids(f"1/{type}"))  # type: ignore[arg-type]
    return equip(make_core(type, name=name, world=world), POWERS[type])


def reserve(core: Core) -> str:
    return str(core.power(VirtualisedResources).reserve(SOME, "smm")["id"])


def reservations(core: Core) -> list[str]:
    return [each["id"] for each in core.power(VirtualisedResources).list_reservations()]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vim.state"


@pytest.fixture
def kept(path: Path) -> list[str]:
    """What the entity of the file had reserved."""
    core = entity()
    made = [reserve(core), reserve(core)]
    StateFile(path).save(core)
    return made


def test_first_life_finds_nothing(path):
    """Without a file the entity begins anew, and asking leaves none."""
    assert StateFile(path).load(entity()) is False
    assert not path.exists()


def test_next_life_finds_what_was_saved(path, kept):
    """All that was saved is there, and what comes then gets identifiers of its own."""
    core = entity()
    assert StateFile(path).load(core) is True
    assert reservations(core) == kept
    assert reserve(core) not in kept


def test_lives_that_save_nothing_do_not_repeat_identifiers(path, kept):
    """Each life draws identifiers of its own, even when the one before was killed before it saved any."""
    drawn = []
    for _ in range(3):
        core = entity()
        StateFile(path).load(core)
        drawn.append(core.ids.uuid())
    assert len({*drawn, *kept}) == 5


def test_modification_goes_on_in_another_process_s_hands(path):
    """Software version, occurrence and restoration point come back together."""
    core, file = entity(), StateFile(path)
    point = core.power(RestorationPoints).create({"description": "before"})["id"]
    core.gate.closed.add("software-modification/clean")
    made = core.power(SoftwareModification).create({"destinationSoftwareVersion": "2.0.0"}, "smm")["id"]
    while core.clock.step():
        file.save(core)
    core = entity()
    StateFile(path).load(core)
    assert (core.software_version, core.power(SoftwareModification).get(made)["currentStep"]) == ("2.0.0", "clean")
    core.power(RestorationPoints).restore(point, "smm")
    core.clock.run()
    assert core.software_version == "1.0.0"


def test_only_what_has_changed_is_written(path):
    """The file is touched when there is something new, by a life that loaded it too."""
    core, file = entity(), StateFile(path)
    file.save(core)
    written = path.stat().st_ino, path.stat().st_mtime_ns
    file.save(core)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == written
    reserve(core)
    file.save(core)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) != written
    assert os.listdir(path.parent) == [path.name]


def test_full_disk_leaves_the_state_before(path, kept, monkeypatch):
    """What cannot be written is said with the file and the cause; the file is what it was, and the next save works."""
    core, file = entity(), StateFile(path)
    file.load(core)
    late = reserve(core)

    def no_space(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", no_space)
        with pytest.raises(StateError, match=r"vim\.state: No space left on device"):
            file.save(core)
    assert os.listdir(path.parent) == [path.name]
    before = entity()
    StateFile(path).load(before)
    assert reservations(before) == kept
    file.save(core)
    after = entity()
    StateFile(path).load(after)
    assert reservations(after) == [*kept, late]


def test_what_a_kill_left_half_written_does_no_harm(path, kept):
    """The file beside it is no state; it goes with the next save."""
    path.with_name("vim.state.new").write_text('{"format":"manolab-st')
    core = entity()
    StateFile(path).load(core)
    assert reservations(core) == kept
    assert os.listdir(path.parent) == [path.name]


def rewritten(path: Path, **header: str) -> str:
    first, _, rest = path.read_text().partition("\n")
    return json.dumps({**json.loads(first), **header}) + "\n" + rest


BROKEN = {
    "empty": (lambda path: "", "does not begin with a manolab-state/1 header"),
    "no JSON": (lambda path: "hello\n", "does not begin with"),
    "no object": (lambda path: "[]\n{}\n", "does not begin with"),
    "cut short": (lambda path: path.read_text()[:-40], "is damaged"),
    "changed": (lambda path: path.read_text().replace('"1.0.0"', '"2.0.0"'), "is damaged"),
    "only a header": (lambda path: path.read_text().partition("\n")[0], "is damaged"),
    "of another format": (lambda path: rewritten(path, format="manolab-state/9"), "is manolab-state/9 of vim"),
    "of another entity": (lambda path: rewritten(path, entity="vim-2"), r"of vim-2 \(VIM\), not .* of vim \(VIM\)"),
    "of another type": (lambda path: rewritten(path, type="NFVI"), r"of vim \(NFVI\), not"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_file_that_is_not_this_entity_s_is_refused(path, kept, how):
    """One error names the file, what is wrong, and what to do; the entity is as fresh as before, the file untouched."""
    spoil, why = BROKEN[how]
    spoilt = spoil(path)
    path.write_text(spoilt)
    core = entity()
    with pytest.raises(StateError, match=rf"vim\.state.*{why}.*; put the state of vim there, or move"):
        StateFile(path).load(core)
    assert reservations(core) == []
    assert path.read_text() == spoilt


def test_state_that_breaks_off_half_way_leaves_nothing_behind(path, monkeypatch):
    """A state that this version cannot read to its end is taken back as a whole."""
    core = entity()
    reserve(core)
    core.power(SoftwareModification).create({"destinationSoftwareVersion": "2.0.0"}, "smm")
    honest = SoftwareModification.snapshot
    with monkeypatch.context() as other_version:
        other_version.setattr(SoftwareModification, "snapshot", lambda power: {"works": honest(power)})
        core.software_version = "2.0.0"
        StateFile(path).save(core)
    fresh = entity()
    before = snapshot(fresh)["powers"]
    with pytest.raises(StateError, match=r"no state this version knows.*KeyError: 'operations'"):
        StateFile(path).load(fresh)
    assert (snapshot(fresh)["powers"], fresh.software_version) == (before, "1.0.0")


def test_place_that_cannot_be_used_is_named(tmp_path):
    """No folder to write in, or a folder where the file should be: one error with the path."""
    with pytest.raises(StateError, match=r"cannot be kept in .*nowhere.*No such file or directory"):
        StateFile(tmp_path / "nowhere" / "vim.state").save(entity())
    with pytest.raises(StateError, match="cannot be read: Is a directory"):
        StateFile(tmp_path).load(entity())


BUSY = """
import sys
from pathlib import Path
from tests.lab.test_state import StateFile, entity, reserve

core, file = entity(), StateFile(Path(sys.argv[1]))
while True:
    made = reserve(core)
    file.save(core)
    print(made, flush=True)
"""


def test_killed_while_it_writes(path):
    """kill -9 in the midst of endless saving: the file is whole, and has what was told before the kill."""
    command = [sys.executable, "-c", BUSY, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline().strip() for _ in range(50)]
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    core = entity()
    assert StateFile(path).load(core) is True
    assert reservations(core)[:50] == told
    assert reserve(core) not in reservations(core)[:-1]
