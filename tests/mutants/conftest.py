"""Where the trials keep their records, and the table that they leave behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

OPTION = "--mutants-out"
PARTS = "mutants"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Pytest takes the option when it is pointed at this folder."""
    parser.addoption(OPTION, default=None, help="folder for mutants.json and the records of the runs")


def folder_of(config: pytest.Config) -> Path | None:
    """The folder that was asked for, if one was."""
    given = config.getoption(OPTION, default=None)
    return Path(given) if given else None


@pytest.fixture(scope="session")
def records(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for what is left of each trial."""
    folder = (folder_of(pytestconfig) or tmp_path_factory.mktemp("zoo")) / PARTS
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def pytest_sessionstart(session: pytest.Session) -> None:
    """What an earlier session left is not of this one."""
    folder = folder_of(session.config)
    if folder and not hasattr(session.config, "workerinput"):
        for part in (folder / PARTS).glob("*.json"):
            part.unlink()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """One table of what the trials, in whichever process, have found."""
    folder = folder_of(session.config)
    if folder and not hasattr(session.config, "workerinput"):
        parts = [json.loads(part.read_text(encoding="utf-8")) for part in sorted((folder / PARTS).glob("*.json"))]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "mutants.json").write_text(json.dumps(parts, indent=1) + "\n", encoding="utf-8")
