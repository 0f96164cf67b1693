"""report.json (`manolab-report/1`), described by `schemas/report.schema.json`."""

from __future__ import annotations

import json
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson

from reports.files import write
from reports.model import Report, Scenario, Step

FORMAT = "manolab-report/1"


def schema() -> dict[str, Any]:
    """The published JSON Schema of report.json."""
    text = (files("reports") / "schemas" / "report.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def version(report: Report) -> str:
    """The manolab version that made the records, or the installed one."""
    recorded = report.environment.get("manolab")
    if recorded:
        return recorded
    try:
        return metadata.version("manolab")
    except metadata.PackageNotFoundError:
        return "unknown"


def as_data(report: Report) -> dict[str, Any]:
    """The report as plain data that the schema describes."""
    return {
        "format": FORMAT,
        "manolab": version(report),
        "verdict": report.verdict.value,
        "complete": report.complete,
        "missing": list(report.missing),
        "environment": dict(report.environment),
        "counts": {verdict.value: count for verdict, count in report.counts.items()},
        "rows": [
            {
                "ref": row.ref,
                "table": row.table,
                "row": row.row,
                "verdict": row.verdict.value,
                "entities": {name: verdict.value for name, verdict in row.entities.items()},
                "scenarios": list(row.scenarios),
            }
            for row in report.rows
        ],
        "entities": [
            {
                "name": entity.name,
                "verdict": entity.verdict.value,
                "counts": {verdict.value: count for verdict, count in entity.counts.items()},
            }
            for entity in report.entities
        ],
        "scenarios": [_scenario(scenario) for scenario in report.scenarios],
        "interpretations": interpretation_data(report),
    }


def interpretation_data(report: Report) -> list[dict[str, Any]]:
    """The interpretations that scenarios of the run rest on, as docs/interpretations.md calls them."""
    return [
        {"id": used.id, "title": used.title, "rows": list(used.rows), "scenarios": list(ids)}
        for used, ids in report.interpretations_used
    ]


def _scenario(scenario: Scenario) -> dict[str, Any]:
    return {
        "id": scenario.id,
        "feature": scenario.feature,
        "featureName": scenario.feature_name,
        "rule": scenario.rule,
        "name": scenario.name,
        "line": scenario.line,
        "tags": list(scenario.tags),
        "entity": scenario.entity,
        "tables": list(scenario.tables),
        "interpretations": list(scenario.interpretations),
        "notes": list(scenario.notes),
        "verdict": scenario.verdict.value,
        "reason": scenario.reason,
        "started": scenario.started,
        "durationSeconds": scenario.duration,
        "transport": scenario.transport,
        "history": f"runs/{scenario.history.parent.name}/{scenario.history.name}" if scenario.history else None,
        "steps": [_step(step) for step in scenario.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "keyword": step.keyword,
        "text": step.text,
        "ref": step.ref,
        "rule": step.rule,
        "verdict": step.verdict.value if step.verdict else None,
        "strength": step.strength,
        "reason": step.reason,
        "evidence": list(step.evidence),
    }


def write_json(report: Report, path: Path) -> Path:
    """Write report.json; the same records give the same file."""
    return write(Path(path), orjson.dumps(as_data(report), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
