"""The command line as a whole: help, exit codes, messages."""

from __future__ import annotations

import importlib
import subprocess
import sys

import click
import pytest

from harness.cli import entry
from harness.cli.failures import Broken, Failure, UnknownWord, WrongUse


def test_every_command_of_the_table_is_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    """The help lists each command with what it does, in the order of the table."""
    assert entry.outcome(["--help"]) == 0
    said = capsys.readouterr().out
    places = [said.index(f"\n  {name} ") for name in entry.COMMANDS]
    assert places == sorted(places)


@pytest.mark.parametrize("name", entry.COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    """Each command, and each below it, has a help text and one for every option."""
    command = importlib.import_module(entry.COMMANDS[name]).command
    for found in (command, *getattr(command, "commands", {}).values()):
        assert found.help
        assert [p.name for p in found.params if isinstance(p, click.Option) and not p.help] == []


def test_help_imports_nothing_heavy() -> None:
    """`manolab --help` must not pay for pytest, the lab or the reports."""
    heavy = ("pytest", "flask", "requests", "rich", "mocks", "reports", "harness.smm", "jsonschema", "yaml")
    code = (
        "import sys; from harness.cli import entry; entry.outcome(['--help']);"
        f"print([m for m in {heavy!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("arguments", [["run", "--nope"], ["lab", "up", "--transport", "pigeons"], ["smm", "run"]])
def test_wrong_use_ends_with_64(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What click refuses ends with 64, as wrong use does everywhere, with a message on stderr."""
    assert entry.outcome(arguments) == 64
    assert "Error" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("failure", "code"), [(WrongUse("a"), 64), (UnknownWord("a", "b", "c"), 64), (Broken("a"), 70)]
)
def test_a_failure_is_said_in_a_line_and_knows_its_code(
    failure: Failure, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A failure that a command raises becomes one message, without a traceback."""
    _replace(monkeypatch, failure)
    assert entry.outcome(["test"]) == code
    assert capsys.readouterr().err == f"manolab: {failure}\n"


def test_a_defect_of_ours_is_one_line_and_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unexpected exception ends with 70; its traceback stands in the file that the message names."""
    _replace(monkeypatch, ZeroDivisionError("oh"))
    assert entry.outcome(["test"]) == 70
    said = capsys.readouterr().err
    assert said.startswith("manolab: broke: ZeroDivisionError: oh\n")
    with open(said.rsplit("traceback: ")[-1].strip(), encoding="utf-8") as file:
        assert "Traceback" in file.read()


def test_ctrl_c_ends_with_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C is neither a verdict nor wrong use."""
    _replace(monkeypatch, KeyboardInterrupt())
    assert entry.outcome(["test"]) == 130
    assert capsys.readouterr().err.strip() == "manolab: ended"


def test_an_unknown_word_comes_with_the_nearest_and_with_all() -> None:
    """Whoever mistypes is told what is meant, and what is allowed."""
    said = str(UnknownWord("entity", "vnmf", ["nfvo", "vnfm", "vim"]))
    assert "no entity 'vnmf'" in said
    assert "did you mean vnfm" in said
    assert "allowed: nfvo, vnfm, vim" in said


def _replace(monkeypatch: pytest.MonkeyPatch, raised: BaseException) -> None:
    """Let the command `test` raise this."""

    def fail(**_: object) -> None:
        raise raised

    monkeypatch.setattr(importlib.import_module("harness.cli.test").command, "callback", fail)


def test_a_mistyped_command_is_answered_with_the_one_that_was_meant(capsys: pytest.CaptureFixture[str]) -> None:
    """Unknown words get "did you mean", commands too."""
    assert entry.outcome(["jugde"]) == 64
    assert "no command 'jugde'\n  did you mean judge? allowed: run, judge" in capsys.readouterr().err
