"""What people look at: reports made from the finished records of a run.

Everything here reads `<out>/runs/<scenario>/{findings.json,history.jsonl}` and nothing else, so a replayed, a parallel
and a live run give the same reports. Names are resolved when they are first used: importing `reports` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reports.allure_html import AllureMissing, generate_html
    from reports.allure_results import write_allure
    from reports.json_report import write_json
    from reports.junit import write_junit
    from reports.markdown import write_markdown
    from reports.model import BadRecords, Report
    from reports.processes import CrewLost, crew
    from reports.records import load, load_one
    from reports.statement import write_statement

__all__ = [
    "AllureMissing",
    "BadRecords",
    "CrewLost",
    "Report",
    "crew",
    "generate_html",
    "load",
    "load_one",
    "write_allure",
    "write_json",
    "write_junit",
    "write_markdown",
    "write_statement",
]

_HOMES = {
    "AllureMissing": "reports.allure_html",
    "BadRecords": "reports.model",
    "CrewLost": "reports.processes",
    "Report": "reports.model",
    "crew": "reports.processes",
    "generate_html": "reports.allure_html",
    "load": "reports.records",
    "load_one": "reports.records",
    "write_allure": "reports.allure_results",
    "write_json": "reports.json_report",
    "write_junit": "reports.junit",
    "write_markdown": "reports.markdown",
    "write_statement": "reports.statement",
}


def __getattr__(name: str) -> Any:
    """Import the module that holds a public name, at its first use."""
    if name not in _HOMES:
        raise AttributeError(f"module 'reports' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
