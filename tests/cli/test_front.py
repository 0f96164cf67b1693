"""The shell front `./manolab`, with a Python that only pretends: no package is installed here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PRETENDER = f"""#!/bin/sh
# Does what the front asks a Python for, and notes it.
echo "$*" >>"$CALLS"
case "$*" in
    *version_info*) exit "${{TOO_OLD:-0}}" ;;
    --version) echo "Python 3.13.0" ;;
    *ensurepip*) exit "${{NO_VENV:-0}}" ;;
    "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && : >"$3/pyvenv.cfg" ;;
    "-m pip --version") ;;
    "-m pip install"*)
        [ -z "${{PIP_FAILS:-}}" ] || {{ echo "no network"; exit 1; }}
        printf '#!/bin/sh\\necho "ran: $*"\\n' >"$(dirname "$0")/manolab"
        chmod +x "$(dirname "$0")/manolab" ;;
    *) exec {sys.executable} "$@" ;;
esac
"""


class Front:
    """A checkout of the front alone, and what it asked of its Python."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "check out"  # a blank in the path must not matter
        self.folder.mkdir()
        shutil.copy(ROOT / "manolab", self.folder)
        (self.folder / "pyproject.toml").write_text("[project]\n")
        self.venv = self.folder / ".venv"
        self.python = folder / "python"
        self.python.write_text(PRETENDER)
        self.python.chmod(0o755)
        self._calls = folder / "calls"

    def run(
        self, *arguments: str, cwd: Path | None = None, link: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Nothing of the caller's environment is taken over: its MANOLAB_VENV would be that of these tests."""
        self._calls.write_text("")
        variables = {"PATH": os.environ["PATH"], "PYTHON": str(self.python), "CALLS": str(self._calls), **environment}
        command = [str(link or self.folder / "manolab"), *arguments]
        return subprocess.run(command, cwd=cwd, env=variables, capture_output=True, text=True, timeout=60, check=False)

    @property
    def calls(self) -> list[str]:
        return self._calls.read_text().splitlines()

    def asked(self, words: str) -> bool:
        return any(words in call for call in self.calls)


@pytest.fixture
def front(tmp_path: Path) -> Front:
    return Front(tmp_path)


def test_first_use_makes_the_environment_and_hands_over_the_arguments(front: Front) -> None:
    """The first use makes .venv, installs in editable form, and runs manolab with its arguments, from any folder."""
    done = front.run("run", "--entity", "a b", cwd=Path("/"))
    assert (done.returncode, done.stdout) == (0, "ran: run --entity a b\n")
    assert front.asked("-m venv")
    assert front.asked("--editable")
    assert "making" in done.stderr


def test_second_use_asks_python_for_nothing(front: Front) -> None:
    """An environment that fits is used as it is, without a word."""
    front.run("run")
    done = front.run("run")
    assert (done.stdout, done.stderr, front.calls) == ("ran: run\n", "", [])


def test_a_changed_pyproject_installs_again_into_the_same_environment(front: Front) -> None:
    """A change of pyproject.toml installs again and makes no new environment."""
    front.run("run")
    (front.folder / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    front.run("run")
    assert front.asked("pip install")
    assert not front.asked("-m venv")


def test_the_dev_tools_come_with_test_and_stay(front: Front) -> None:
    """`test` brings the dev extra; `run` after it needs nothing more."""
    front.run("run")
    front.run("test")
    assert front.asked("[dev]")
    front.run("run")
    assert front.calls == []


@pytest.mark.parametrize(("words", "extra"), [(("lab", "build"), "[docker]"), (("spec", "draw"), "[spec]")])
def test_what_only_some_commands_need_comes_with_them_and_stays(
    front: Front, words: tuple[str, ...], extra: str
) -> None:
    """A run needs no extra; one that was brought for another command is enough for it."""
    front.run("run")
    assert front.asked(f"--editable {front.folder}")
    assert not front.asked("[")
    front.run(*words)
    assert front.asked(f"{front.folder}{extra}")
    front.run("run")
    assert front.calls == []


def test_an_interrupted_installation_is_made_anew(front: Front) -> None:
    """An environment that was left half-made is thrown away."""
    front.run("run")
    (front.venv / "manolab.unfinished").touch()
    (front.venv / "left-over").touch()
    done = front.run("run")
    assert done.returncode == 0
    assert not (front.venv / "left-over").exists()


def test_a_moved_checkout_gets_a_new_environment(front: Front, tmp_path: Path) -> None:
    """An environment knows the path it was made for; after a move it is made anew."""
    front.run("run")
    front.folder = front.folder.rename(tmp_path / "elsewhere")
    assert front.run("run").stdout == "ran: run\n"
    assert front.asked("-m venv")


def test_a_link_to_the_front_works(front: Front, tmp_path: Path) -> None:
    """A symbolic link, as in ~/bin, finds the checkout."""
    front.run("run")
    (tmp_path / "bin").mkdir()
    link = tmp_path / "bin" / "manolab"
    link.symlink_to(front.folder / "manolab")
    assert front.run("lab", link=link).stdout == "ran: lab\n"


def test_an_old_python_is_named_with_what_to_do(front: Front) -> None:
    """Without Python 3.11 the message says what was found and what to install."""
    done = front.run("run", TOO_OLD="1")
    assert done.returncode == 70
    assert "Python 3.11 or newer is needed; found: Python 3.13.0" in done.stderr


def test_a_missing_venv_module_is_named_with_its_package(front: Front) -> None:
    """Debian's Python without python3-venv is told apart from a missing one."""
    done = front.run("run", NO_VENV="1")
    assert done.returncode == 70
    assert "apt install python3-venv" in done.stderr


def test_a_failed_installation_shows_pips_words_and_is_retried(front: Front) -> None:
    """When pip fails its last lines are shown, and the next use tries again."""
    done = front.run("run", PIP_FAILS="1")
    assert done.returncode == 70
    assert "no network" in done.stderr
    assert front.run("run").returncode == 0


def test_a_folder_of_somebody_elses_is_left_alone(front: Front, tmp_path: Path) -> None:
    """MANOLAB_VENV at a folder with other things in it is refused, not emptied."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter").touch()
    done = front.run("run", MANOLAB_VENV=str(tmp_path / "mine"))
    assert done.returncode == 70
    assert (tmp_path / "mine" / "letter").exists()
