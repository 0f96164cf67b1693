"""Reading the records of a run: `<out>/runs/<scenario-id>/{findings.json,history.jsonl}`.

A record that cannot be read is never skipped in silence: all of them are named at once in `BadRecords`.
`<out>/selection.json` (`{"format": "manolab-selection/1", "scenarios": [ids]}`) tells which scenarios were selected;
a run folder without findings is a selected scenario without a record.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Set
from pathlib import Path
from typing import Any

import orjson

from harness.judge.history import HistoryError, check_whole
from harness.judge.verdicts import Verdict
from reports import histories
from reports.model import BadRecords, Entry, Expected, Report, Scenario, Step
from reports.rollup import entities_of, rows_of

FINDINGS_FORMAT = "manolab-findings/1"
SELECTION_FORMAT = "manolab-selection/1"
_VERDICTS = {str(verdict.value): verdict for verdict in Verdict}
# a verdict that only a conversation can prove
_PROVEN = (Verdict.PASS, Verdict.FAIL)


def load(out: Path, selected: Iterable[str] | None = None) -> Report:
    """Read all records below a report folder.

    out: the folder that holds `runs/`; selected: ids of the scenarios that were to run (default: `selection.json`).
    Raises BadRecords naming each unreadable record, FileNotFoundError when there is no `runs/` folder.
    """
    runs = Path(out) / "runs"
    if not runs.is_dir():
        raise FileNotFoundError(f"{runs}: no such folder; expected the records of a run, made by 'manolab run'")
    problems: list[str] = []
    wanted = list(selected) if selected is not None else _selection(Path(out), problems)
    folders = {folder.name: folder for folder in sorted(runs.iterdir()) if folder.is_dir()}
    judged = {name: folder for name, folder in folders.items() if (folder / "findings.json").is_file()}
    scenarios = [found for folder in judged.values() if (found := _scenario(folder, problems))]
    problems += _repeated(scenarios)
    if problems:
        raise BadRecords(problems)
    scenarios.sort(key=lambda scenario: (scenario.feature, scenario.line, scenario.entity or "", scenario.id))
    expected = {*(wanted or []), *(folders.keys() - judged.keys())}
    missing = sorted(expected - {scenario.id for scenario in scenarios})
    rows = rows_of(scenarios)
    return Report(
        tuple(scenarios), rows, entities_of(scenarios), tuple(missing), wanted is not None, _environment(scenarios)
    )


def load_one(folder: Path) -> Scenario:
    """Read the record of one scenario, the folder with its `findings.json` and `history.jsonl`.

    Raises BadRecords when it cannot be read, FileNotFoundError when there is none.
    """
    if not (folder / "findings.json").is_file():
        raise FileNotFoundError(
            f"{folder}: no findings.json in it; expected <out>/runs/<scenario>, made by 'manolab run'"
        )
    problems: list[str] = []
    scenario = _scenario(folder, problems)
    if scenario is None:
        raise BadRecords(problems)
    return scenario


def _selection(out: Path, problems: list[str]) -> list[str] | None:
    path = out / "selection.json"
    if not path.is_file():
        return None
    try:
        selection = json.loads(path.read_text(encoding="utf-8"))
        if selection["format"] != SELECTION_FORMAT:
            raise ValueError(f"format is {selection['format']!r}, expected {SELECTION_FORMAT!r}")
        return [str(name) for name in selection["scenarios"]]
    except (ValueError, KeyError, TypeError) as error:
        problems.append(f"{path}: {_said(error)}")
        return None


def _repeated(scenarios: list[Scenario]) -> list[str]:
    seen: dict[str, Scenario] = {}
    problems = []
    for scenario in scenarios:
        if scenario.id in seen:
            problems.append(f"scenario id {scenario.id!r} stands in two records; ids are unique in a run")
        seen[scenario.id] = scenario
    return problems


def _scenario(folder: Path, problems: list[str]) -> Scenario | None:
    path = folder / "findings.json"
    try:
        record = orjson.loads(path.read_bytes())
        if record.get("format") != FINDINGS_FORMAT:
            raise ValueError(f"format is {record.get('format')!r}, expected {FINDINGS_FORMAT!r}")
        verdict = _verdict(record["verdict"])
        history = folder / record["history"] if record.get("history") else None
        header, numbers = _history(history, verdict)
        scenario = _made(record, verdict, history if numbers else None, header, len(numbers))
        _check_evidence(scenario, numbers)
        return scenario
    except (ValueError, KeyError, TypeError, AttributeError, OSError, HistoryError) as error:
        problems.append(f"{path}: {_said(error)}")
        return None


def _made(record: dict[str, Any], verdict: Verdict, history: Path | None, header: Entry, recorded: int) -> Scenario:
    about = record["scenario"]
    return Scenario(
        id=about["id"],
        feature=about["feature"],
        feature_name=about["featureName"],
        rule=about.get("rule"),
        name=about["name"],
        line=int(about.get("line") or 0),
        tags=tuple(about.get("tags") or ()),
        entity=about.get("entity"),
        tables=tuple(about.get("tables") or ()),
        interpretations=tuple(about.get("interpretations") or ()),
        notes=tuple(str(note) for note in about.get("notes") or ()),
        verdict=verdict,
        started=record["started"],
        duration=float(record["durationSeconds"]),
        transport=record.get("transport") or "",
        steps=tuple(_step(step) for step in record["steps"]),
        error=record.get("error"),
        history=history,
        header=header,
        recorded=recorded,
    )


def _check_evidence(scenario: Scenario, known: Set[int]) -> None:
    """Raise ValueError when a finding cites an entry that its conversation does not have."""
    for step in scenario.steps:
        unknown = [str(number) for number in step.evidence if number not in known]
        if unknown:
            raise ValueError(f"{step.title!r} cites entries {', '.join(unknown)}, which its conversation does not have")


def _step(step: dict[str, Any]) -> Step:
    expected = step.get("expected")
    return Step(
        keyword=str(step["keyword"]).strip(),
        text=step["text"],
        ref=step.get("ref"),
        line=int(step.get("line") or 0),
        rule=step.get("rule"),
        verdict=None if step.get("verdict") is None else _verdict(step["verdict"]),
        strength=step.get("strength"),
        reason=step.get("reason"),
        evidence=tuple(int(number) for number in step.get("evidence") or ()),
        expected=Expected(expected["from"], expected["to"], expected["label"]) if expected else None,
    )


def _verdict(word: object) -> Verdict:
    if word not in _VERDICTS:
        raise ValueError(f"verdict is {word!r}, expected one of {', '.join(_VERDICTS)}")
    return _VERDICTS[str(word)]


def _history(path: Path | None, verdict: Verdict) -> tuple[Entry, Set[int]]:
    """The header of a conversation, and the numbers of its entries."""
    if path is None or not path.is_file():
        if verdict in _PROVEN:
            raise ValueError(f"verdict {verdict.value!r} without its conversation; expected {path or 'history.jsonl'}")
        return {}, frozenset()
    header, numbers, footer = histories.frame(path)
    if verdict is not Verdict.ERROR:  # what the harness broke may well have been cut off
        check_whole(header, numbers, footer)
    return header, frozenset(numbers)


def _environment(scenarios: list[Scenario]) -> dict[str, str]:
    """What the records say about the run, and what machine made the report; no host or user names."""
    headers = [scenario.header for scenario in scenarios if scenario.header]
    about_runs = [header.get("scenario") or {} for header in headers]

    def said(key: str) -> str:
        return ", ".join(sorted({str(header[key]) for header in headers if header.get(key)}))

    subjects = ", ".join(sorted({str(about["subject"]) for about in about_runs if about.get("subject")}))
    transports = ", ".join(sorted({scenario.transport for scenario in scenarios if scenario.transport}))
    facts = {
        "manolab": said("manolab"),
        "transport": transports or said("transport"),
        "backend": said("backend"),
        "subject": subjects,
        "actors": ", ".join(dict.fromkeys(name for header in headers for name in header.get("actors", {}))),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }
    return {name: fact for name, fact in facts.items() if fact}


def _said(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]!r} is missing"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON at line {error.lineno}: {error.msg}"
    return str(error)
