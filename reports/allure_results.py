"""Allure results made from the records, so that replayed and parallel runs give what a live run gives."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from allure_commons.model2 import GlobalAttachment, GlobalError, Globals
from allure_commons.types import AttachmentType

from reports import allure_files, allure_scenario, exchanges, statement
from reports.allure_scenario import Piece
from reports.allure_store import Store, name_of, sweep
from reports.matrix import matrix
from reports.model import Report, Scenario
from reports.processes import Each


def write_allure(report: Report, out: Path, directory: Path, each: Each = map) -> Path:
    """Write the results of a report into a directory of its own; what else a run before left there goes.

    out: the report folder (its histories are attached); directory: where the results go; each: who does the work for
    each scenario. Raises ValueError when the directory holds something else than Allure results.
    """
    directory = Path(directory)
    allure_files.begin(directory, Path(out))
    shown = report.shown
    pieces = [Piece(scenario, shown[scenario.id].id, shown[scenario.id].title) for scenario in report.scenarios]
    written = set().union(*each(partial(allure_scenario.write, directory), pieces))
    store = Store(directory)
    _whole(report, store)
    sweep(directory, written | store.written)
    allure_files.write(report, store)
    return directory


def _whole(report: Report, store: Store) -> None:
    """What belongs to no single scenario: the matrix, the statement, and what left no record."""

    def picture(scenario: Scenario) -> str:
        return (store.directory / allure_scenario.picture_of(scenario.id)).read_text(encoding="utf-8")

    page = statement.as_page(report, picture)
    stamp = max((exchanges.instant(scenario.started) for scenario in report.scenarios), default=0)
    attachments = [
        _attached(store, "matrix", "Rows by entity", matrix(report), AttachmentType.SVG, stamp),
        _attached(store, "statement", "Conformance statement", page, AttachmentType.HTML, stamp),
    ]
    errors = [
        GlobalError(message=f"{name}: selected, but there is no record of it", timestamp=stamp)
        for name in report.missing
    ]
    store.item(Globals(attachments, errors), "globals")
    store.again(attachments[1].source, statement.PAGE)


def _attached(store: Store, key: str, name: str, body: str, kind: AttachmentType, stamp: int) -> GlobalAttachment:
    source = name_of(key, kind.extension)
    store.file(source, body)
    return GlobalAttachment(name, source, kind.mime_type, stamp)
