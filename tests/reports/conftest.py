"""Finished records for the tests of the reports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import reports
from reports.model import Report
from tests.reports.by_hand import Talk, record, write_run


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report folder with the five records; nobody writes to its `runs`."""
    return write_run(tmp_path_factory.mktemp("finished"))


@pytest.fixture(scope="session")
def report(finished: Path) -> Report:
    return reports.load(finished)


@pytest.fixture
def recorded(tmp_path: Path) -> Callable[..., Path]:
    """Write one record: `recorded(name, verdict, steps, talk)` gives the report folder."""

    def write(name: str, verdict: str, steps: list[dict[str, Any]], talk: Talk | None, **more: Any) -> Path:
        record(tmp_path, name, verdict, steps, talk, **more)
        return tmp_path

    return write
