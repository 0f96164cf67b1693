"""Topology files: what is right is read, what is wrong is named with its line, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from mocks.lab import topology


def _problems(tmp_path: Path, text: str) -> str:
    path = tmp_path / "lab.yaml"
    path.write_text(text)
    with pytest.raises(topology.TopologyError) as caught:
        topology.load(path)
    return str(caught.value).replace(str(path), "lab.yaml")


def test_the_default_topology_has_every_actor_of_the_clause() -> None:
    """Tables 5.2.4-1 to 5.2.6-1 name these types, and each target's impacted actors are there."""
    default = topology.load()
    assert {spec.type for spec in default.actors.values()} == {
        "NFVO", "VNFM", "VIM", "TESTER", "OSS", "EM", "VNF", "NFVI", "WIM", "CISM", "VNF_CISM", "CIS", "MCIO",
    }  # fmt: skip
    assert default.targets["vim"].provider == "nfvi"


def test_all_problems_come_at_once_with_their_lines_and_a_guess(tmp_path: Path) -> None:
    """One reading names each wrong type and key, its line, and what was probably meant."""
    said = _problems(
        tmp_path,
        "topology: manolab-topology/1\nactors:\n  vnfm:\n    type: VNFMM\n  vim:\n    type: VIM\n    profil: {}\n",
    )
    assert "lab.yaml:4: actors.vnfm.type: unknown value 'VNFMM': did you mean 'VNFM'?" in said
    assert "lab.yaml:7: actors.vim.profil: unknown key 'profil': did you mean 'profile'?" in said
    assert len(said.splitlines()) == 2


def test_a_name_that_stands_for_no_actor_is_refused(tmp_path: Path) -> None:
    """Targets, impacted actors and peers must be actors of the lab."""
    said = _problems(
        tmp_path,
        "topology: manolab-topology/1\n"
        "actors:\n  vim: {type: VIM, profile: {peers: [nfvo]}}\n"
        "targets:\n  vim: {impacted: [vimm], provider: nfvi}\n",
    )
    assert "lab.yaml:3: actors.vim.profile.peers.0: unknown actor 'nfvo'" in said
    assert "unknown actor 'vimm': did you mean 'vim'?" in said
    assert "targets.vim.provider: unknown actor 'nfvi'" in said


def test_a_port_given_twice_is_refused(tmp_path: Path) -> None:
    """Two actors cannot have one port."""
    said = _problems(
        tmp_path,
        "topology: manolab-topology/1\nactors:\n  a: {type: VIM, port: 9001}\n  b: {type: VIM, port: 9001}\n",
    )
    assert "actors.b.port: 9001 is already the port of a" in said


@pytest.mark.parametrize("text", ["", "[1", "- 1\n", "topology: other/9\nactors: {a: {type: VIM}}\n"])
def test_what_is_no_topology_at_all_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    """Empty files, broken YAML, lists and other formats end in a message, not in a traceback."""
    assert _problems(tmp_path, text).startswith("lab.yaml:1: ")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The message names the path that could not be read."""
    with pytest.raises(topology.TopologyError, match=r"nowhere\.yaml: cannot be read"):
        topology.load(tmp_path / "nowhere.yaml")


def test_the_size_of_a_disk_is_one_of_the_limits(tmp_path: Path) -> None:
    """Given in MiB it limits the actor's disk; left out nothing does; none at all is refused."""
    text = "topology: manolab-topology/1\nactors:\n  a: {{type: VIM, limits: {{diskMiB: {}}}}}\n  b: {{type: VIM}}\n"
    file = tmp_path / "lab.yaml"
    file.write_text(text.format(8))
    actors = topology.load(file).actors
    assert (actors["a"].limits.disk_mib, actors["b"].limits.disk_mib) == (8, None)
    assert "actors.a.limits.diskMiB: 0 is less than the minimum of 1" in _problems(tmp_path, text.format(0))
