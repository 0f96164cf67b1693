"""`manolab report`: the HTML report of a run, by the Allure 3 command from npm."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from harness.cli.failures import MET, WrongUse

HTML = "html"


@click.command("report", short_help="Build the HTML report of a run, and open it.")
@click.option(
    "--out", default="manolab-out", show_default=True, type=click.Path(path_type=Path), help="The folder of the run."
)
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
def command(out: Path, show: bool) -> int:
    """Build the HTML report of the run in --out, and say where it is.

    It needs Node and Allure 3 (npm install --global allure@3).
    """
    import reports
    from harness.cli import progress
    from harness.cli.records import load_report

    report = load_report(out)
    with tempfile.TemporaryDirectory(prefix="manolab-allure-") as scratch:
        results = reports.write_allure(report, out, Path(scratch) / "results", progress.watched(map, "writing results"))
        try:
            page = reports.generate_html(results, out / HTML, single_file=True)
        except reports.AllureMissing as error:
            raise WrongUse(f"no HTML report: {error.hint}") from None
        except OSError as error:
            raise WrongUse(f"no HTML report: {error}") from None
    reports.write_markdown(report, out / "summary.md")  # again: now it can link the page
    click.echo(f"HTML report: {page}")
    if show:
        click.launch(page.resolve().as_uri())
    return MET
