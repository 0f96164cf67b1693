"""`manolab run`: the conformance suite, its verdicts row by row, and its reports."""

from __future__ import annotations

import difflib
import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.cli.columns import aligned, many
from harness.cli.failures import MET, Broken, UnknownWord, WrongUse
from harness.cli.labs import BACKENDS, TRANSPORTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.cli.records import Places
    from harness.cli.suite import Selected, Selection, Suite
    from reports import Report

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command("run", short_help="Run the conformance suite and judge the subject row by row.")
@click.argument("features", nargs=-1)
@click.option("--entity", "entities", multiple=True, help="Only scenarios with this target, e.g. vnfm (repeatable).")
@click.option("-k", "expression", default="", help="Only scenarios whose name matches, e.g. 'rollback and not retry'.")
@click.option("--list", "listed", is_flag=True, help="List the scenarios (entity, tables, id) and run nothing.")
@click.option("--failed", is_flag=True, help="Only what did not pass in the last run of --out.")
@click.option(
    "--subject",
    default="reference:",
    show_default=True,
    help="The SMM under test: reference:, adapter:MODULE:NAME or http:URL.",
)
@click.option(
    "--fallback-manager",
    default="reference:",
    show_default=True,
    help="The Fallback Manager under test (clause 5.9): reference: or adapter:MODULE:NAME.",
)
@click.option(
    "--transport",
    type=click.Choice(TRANSPORTS),
    help="How the actors reach each other; default: direct, and sockets where the mocks are processes.",
)
@click.option(
    "--backend", type=click.Choice(BACKENDS), default="embedded", show_default=True, help="Where the mocks live."
)
@click.option("--topology", type=FILE, help="A topology file; default: the lab as it comes.")
@click.option("--out", type=FOLDER, default="manolab-out", show_default=True, help="Where records and reports go.")
@click.option("--alluredir", type=FOLDER, help="Allure results go here instead of into --out.")
@click.option("--junitxml", type=FILE, help="The JUnit report goes here instead of into --out.")
@click.option("--json", "json_file", type=FILE, help="The JSON report goes here instead of into --out.")
@click.option("--markdown", type=FILE, help="The Markdown summary goes here instead of into --out.")
@click.option(
    "-n",
    "processes",
    type=click.IntRange(0, 64),
    default=0,
    show_default=True,
    help="Run in so many processes; 0 is this one.",
)
@click.option("-x", "stop", is_flag=True, help="Stop at the first scenario that does not pass.")
def command(  # noqa: PLR0913 - a command line has as many parameters as options
    features: tuple[str, ...],
    entities: tuple[str, ...],
    expression: str,
    listed: bool,
    failed: bool,
    subject: str,
    fallback_manager: str,
    transport: str | None,
    backend: str,
    topology: Path | None,
    out: Path,
    alluredir: Path | None,
    junitxml: Path | None,
    json_file: Path | None,
    markdown: Path | None,
    processes: int,
    stop: bool,
) -> int:
    """Run the conformance suite, or the FEATURES given, and judge the subject row by row.

    Prints a verdict for each table row, a line for each entity, and where the reports are. The exit code is 0 when all
    is met, 1 for a fail, 2 when a verdict is missing.
    """
    from harness.cli import features as feature_files
    from harness.cli.labs import check_backend, check_topology, transport_of
    from harness.cli.records import Places
    from harness.cli.subjects import check_fallback_manager, check_subject
    from harness.cli.suite import Suite

    transport = transport_of(transport, backend)
    suite = Suite(
        out,
        feature_files.resolved(features),
        entities,
        expression,
        transport,
        subject,
        topology,
        backend=backend,
        fallback_manager=fallback_manager,
    )
    if listed:
        return _list(suite)
    check_topology(topology)
    check_backend(backend)
    check_subject(subject, transport)
    check_fallback_manager(fallback_manager)
    if processes:
        _check_fork()
    again = _not_passed(out) if failed else None
    if again == frozenset():
        click.echo(f"everything passed in the last run of {out}; there is nothing to run again")
        return MET
    return _run(suite, again, Places(alluredir, junitxml, json_file, markdown), processes, stop)


def _run(suite: Suite, again: frozenset[str] | None, places: Places, processes: int, stop: bool) -> int:
    from harness.cli import progress
    from harness.cli import suite as suites
    from harness.cli.records import begin, exit_code, prepare

    prepare(suite.out)

    def choose(selection: Selection) -> Sequence[Selected]:
        chosen = _chosen(selection, suite, again)
        begin(suite.out, [scenario.id for scenario in chosen])
        return chosen

    with progress.view() as view:
        broke = suites.run(suite, choose, view, processes, stop)
    report = _report(suite.out, places, processes)
    if broke:
        total = len(report.scenarios) + len(report.missing)
        raise Broken(f"the run is incomplete; {len(report.missing)} of {total} scenarios have no record: {broke}")
    return exit_code(report)


def _report(out: Path, places: Places, processes: int) -> Report:
    """Show what the records of a run say, and write its reports."""
    import reports
    from harness.cli import progress
    from harness.cli.records import load_report, write_reports
    from harness.cli.verdict_table import verdict_lines

    with reports.crew(processes) as each:
        report = load_report(out)
        for line in verdict_lines(report, out):
            click.echo(line)
        click.echo("")
        for what, path in write_reports(report, out, places, progress.watched(each, "writing reports")):
            click.echo(f"{what:<15} {path}")
    click.echo(f"{'HTML':<15} built by: manolab report --open --out {out}")
    return report


def _list(suite: Suite) -> int:
    from harness.cli import suite as suites

    with tempfile.TemporaryDirectory(prefix="manolab-list-") as scratch:
        selected = _chosen(suites.collect(replace(suite, out=Path(scratch))), suite, None)
    for line in aligned((scenario.entity, " ".join(scenario.tables), scenario.id) for scenario in selected):
        click.echo(line)
    click.echo(many(len(selected), "scenario"), err=True)
    return MET


def _chosen(selection: Selection, suite: Suite, again: frozenset[str] | None) -> Sequence[Selected]:
    """The scenarios to run; raises WrongUse, saying which of the arguments left none."""
    known = sorted({scenario.entity for scenario in selection.everything if scenario.entity})
    for entity in suite.entities:
        if entity not in known:
            raise UnknownWord("entity", entity, known)
    if not selection.everything:
        raise WrongUse(f"{', '.join(map(str, suite.features))}: no scenario in there")
    if not selection.selected:
        words = {word for scenario in selection.everything for word in re.findall(r"[a-z]+", scenario.name.lower())}
        near = difflib.get_close_matches(suite.expression.lower(), words, n=3)
        meant = f"did you mean {' or '.join(near)}? " if near else ""
        raise WrongUse(
            f"-k {suite.expression!r} and the entities given leave none of {len(selection.everything)} scenarios",
            hint=f"{meant}'manolab run --list' names them all",
        )
    if again is None:
        return selection.selected
    chosen = [scenario for scenario in selection.selected if scenario.id in again]
    if not chosen:
        raise WrongUse("--failed: none of those that did not pass is among the scenarios selected")
    return chosen


def _not_passed(out: Path) -> frozenset[str]:
    """Ids of the scenarios of the last run that did not pass, those without a record included."""
    from harness.cli.records import load_report
    from harness.judge.verdicts import Verdict

    report = load_report(out)
    fine = (Verdict.PASS, Verdict.NOT_APPLICABLE)
    return frozenset([*(s.id for s in report.scenarios if s.verdict not in fine), *report.missing])


def _check_fork() -> None:
    from harness.cli.workers import can_fork

    if not can_fork():
        raise WrongUse("-n needs a system that can fork processes, which this one cannot", hint="leave -n away")
