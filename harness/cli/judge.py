"""`manolab judge`: the findings of a stored run made again, from its histories alone."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from harness.cli.failures import WrongUse

TIMES = ("started", "durationSeconds")
"""What of a record tells when it was judged, and so differs each time."""


@click.command("judge", short_help="Judge a stored run again, offline.")
@click.argument("folder", metavar="RUN-FOLDER", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def command(folder: Path, as_json: bool) -> int:
    """Judge a stored run again: the --out of a run, or the folder of one scenario in it. No lab is started.

    Prints the same table as the run did, and whether the findings equal the stored ones. The exit code is that of the
    verdicts; a history without its footer is refused with 64.
    """
    from harness.cli import features, progress, suite, terminal
    from harness.cli.records import begin, exit_code, load_report
    from harness.cli.verdict_table import verdict_lines
    from reports.json_report import as_data

    stored = _stored(folder)
    with tempfile.TemporaryDirectory(prefix="manolab-judge-") as scratch:
        out = Path(scratch)
        replay = suite.Suite(out, features.resolved(()), replay=folder.resolve())

        def choose(selection: suite.Selection) -> Sequence[suite.Selected]:
            known = [scenario.id for scenario in selection.selected]
            _check_known(stored, known)
            begin(out, known)
            return selection.selected

        with progress.view(quiet=not terminal.moves(sys.stderr)) as view:
            suite.run(replay, choose, view)
        report = load_report(out)
        changes = [change for name, path in stored.items() for change in _changes(name, path, out / "runs" / name)]
    lines = [json.dumps(as_data(report), indent=1, ensure_ascii=False)] if as_json else [*verdict_lines(report), ""]
    click.echo("\n".join(lines))
    equal = f"the findings equal the stored ones ({len(stored)} judged again)"
    click.echo(
        "\n".join([f"{len(changes)} findings differ from the stored ones:", *changes]) if changes else equal,
        err=as_json,
    )
    return exit_code(report)


def _stored(folder: Path) -> dict[str, Path]:
    """The run folders below, by scenario; raises WrongUse naming every history that cannot be judged."""
    found = [folder] if (folder / "history.jsonl").is_file() else sorted(folder.glob("runs/*"))
    runs = {path.resolve().name: path for path in found if path.is_dir()}
    if not runs:
        raise WrongUse(
            f"{folder}: no stored run",
            hint="expected the --out of a run, or a folder in its runs/ with a history.jsonl",
        )
    problems = [problem for path in runs.values() for problem in _incomplete(path / "history.jsonl")]
    if problems:
        raise WrongUse("\n".join(problems))
    return runs


def _incomplete(history: Path) -> Iterator[str]:
    try:
        lines = history.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        yield f"{history}: cannot be read: {getattr(error, 'strerror', None) or 'not a UTF-8 text file'}"
        return
    last: dict[str, Any] = {}
    for number, line in enumerate(lines, 1):
        try:
            last = dict(json.loads(line))
        except (ValueError, TypeError):
            yield f"{history}:{number}: not an entry of a history: {line[:60]!r}"
            return
    there = len(lines) - 2  # without header and footer
    if last.get("kind") != "footer":
        yield f"{history}:{len(lines)}: no footer: the recording was cut off, so no verdict on it would stand"
    elif last.get("entries") != there:
        yield f"{history}:{len(lines)}: the footer counts {last.get('entries')} entries, {there} are there"


def _check_known(stored: dict[str, Path], known: Collection[str]) -> None:
    strangers = [name for name in stored if name not in known]
    if strangers:
        raise WrongUse(
            f"no scenario in features/ has the id {', '.join(strangers)}",
            hint="the run folder was renamed, or the run was made with other features than these",
        )


def _changes(name: str, before: Path, after: Path) -> Iterator[str]:
    """What the new findings of a scenario have otherwise than the stored ones, a line each."""
    old, new = _record(before), _record(after)
    if old is None or new is None:
        yield f"  {name}: no stored findings to compare with" if old is None else f"  {name}: no new findings"
        return
    for earlier, later in zip(old.pop("steps"), new.pop("steps"), strict=False):
        if earlier != later:
            where = later["ref"] or later["text"]
            yield f"  {name}: {where}: was {_said(earlier)}, is {_said(later)}"
    if old != new:
        differing = sorted(key for key in {*old, *new} if old.get(key) != new.get(key))
        yield f"  {name}: {', '.join(differing)} differ"


def _record(folder: Path) -> dict[str, Any] | None:
    try:
        record: dict[str, Any] = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return {key: value for key, value in record.items() if key not in TIMES}


def _said(step: dict[str, Any]) -> str:
    return f"{step['verdict']} ({step['reason'] or 'no reason'}; messages {step['evidence']})"
