"""`manolab mutants`: the judge is judged. Which wrong entity, SMM or tester is caught, and at which rows."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import click

from harness.cli.failures import FAILED, MET, MISSING, Broken

RESULTS = "mutants.json"
"""What the run of tests/mutants leaves in its --mutants-out: a list of objects with name, kind, lie, expected, failed,
caught and elsewhere; rows are references such as 5.2.2.5-1#3."""


@click.command("mutants", short_help="See that the suite catches what is wrong (in a checkout).")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Keep the records of the runs here.")
@click.option("--json", "as_json", is_flag=True, help="Print the table as JSON.")
@click.option("-n", "processes", default=0, show_default=True, help="Processes; 0 runs them in one.")
def command(out: Path | None, as_json: bool, processes: int) -> int:
    """Run the suite against each mutant, in a checkout, and print where each is caught.

    Ends with 0 when each mutant fails at the rows it must, and nowhere else.
    """
    from harness.cli.checkout import run_tests

    with tempfile.TemporaryDirectory(prefix="manolab-mutants-") as scratch:
        folder = (out or Path(scratch)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / RESULTS).unlink(missing_ok=True)
        code = run_tests(("tests/mutants", "-q", "-n", str(processes), "--mutants-out", str(folder)), quiet=True)
        if code not in (MET, FAILED):
            return code
        mutants = _read(folder / RESULTS)
    click.echo(json.dumps(mutants, indent=2) if as_json else "\n".join(_table(mutants)))
    if not mutants:
        return MISSING
    right = all(mutant["caught"] and not mutant["elsewhere"] for mutant in mutants)
    return MET if right and code == MET else FAILED


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Broken("the run of tests/mutants left no results", hint=f"expected {path}") from None
    return sorted(found, key=lambda mutant: (mutant["kind"], mutant["name"]))


def _table(mutants: list[dict[str, Any]]) -> list[str]:
    width = max((len(mutant["name"]) for mutant in mutants), default=0)
    lines = []
    for mutant in mutants:
        verdict = click.style("caught", fg="green") if mutant["caught"] else click.style("MISSED", fg="red", bold=True)
        lines.append(f"{verdict}  {mutant['kind']:<7} {mutant['name']:<{width}}  {' '.join(mutant['expected'])}")
        lines.append(f"        {'':<7} {'':<{width}}  {click.style(mutant['lie'], dim=True)}")
        if mutant["elsewhere"]:
            lines.append(
                click.style(f"        also fails at {' '.join(mutant['elsewhere'])}, where it should not", fg="red")
            )
    caught = sum(mutant["caught"] and not mutant["elsewhere"] for mutant in mutants)
    return [*lines, "", f"{caught} of {len(mutants)} mutants fail where they must, and nowhere else"]
