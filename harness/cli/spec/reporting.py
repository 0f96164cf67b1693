"""`manolab spec report`: all that is found in a document, as one HTML page."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import click

from harness.cli.failures import MET, WrongUse
from harness.cli.spec.documents import FILE, opened


@click.command("report", short_help="Make one HTML page of all that is found in a document.")
@FILE
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to; default: FILE's name with the ending .report.html, in this folder.",
)
@click.option(
    "--ignore",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A YAML file of findings to leave alone, with reasons, as for `spec lint`.",
)
def command(file: Path, output: Path | None, ignore: Path | None) -> int:
    """Make a page of FILE: its findings by clause and in place, its flows drawn, what every failure does, its coverage.

    One file that works from disk and asks nothing of the network. It shows the document's own words: give it only to
    those who may have the document. Ends with 0 however much was found: `spec lint` is there to decide on.
    """
    from harness.cli import features
    from harness.spec import coverage
    from harness.spec.lint import lint
    from harness.spec.lint.ignoring import IgnoreError, load, parted
    from harness.spec.page import Desk, page
    from harness.spec.scenarios import scenarios

    try:
        ignores = load(ignore) if ignore else []
    except IgnoreError as error:
        raise WrongUse(str(error), hint="see the help of manolab spec lint") from None
    document = opened(file)
    left, ignored, _ = parted(lint(document), ignores)
    covered = coverage.compared(document, scenarios(features.root()))
    desk = Desk(document, tuple(left), covered, tuple(ignored), version("manolab"))
    path = output or Path(f"{file.stem}.report.html")
    try:
        path.write_text(page(desk), encoding="utf-8")
    except OSError as error:
        hint = "name a file in a folder that is there"
        raise WrongUse(f"{path}: cannot be written: {error.strerror}", hint=hint) from None
    click.echo(path)
    return MET
