"""`manolab mutants`: the judge is judged. Which wrong entity, SMM or tester is caught, and at which rows."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import click

from harness.cli.failures import FAILED, MET, MISSING, Broken, UnknownWord

RESULTS = "mutants.json"
"""What the run of tests/mutants leaves in its --mutants-out: a list of objects with name, kind, lie, expected, failed,
caught and elsewhere; rows are references such as 5.2.2.5-1#3."""

MATRIX = "matrix.json"
"""What the run of tests/mutants/operators leaves: what reports/schemas/mutants.schema.json says, without mutants."""

OPERATORS = ("leave-out", "twice", "too-early", "wrong-actor", "goes-on-after-failure", "reports-without-doing")


@click.command("mutants", short_help="See that the suite catches what is wrong (in a checkout).")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Keep the records of the runs here.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON (reports/schemas/mutants.schema.json).")
@click.option("-n", "processes", default=0, show_default=True, help="Processes; 0 runs them in one.")
@click.option("--table", "tables", multiple=True, help="Only generated mutants of this flow table (repeatable).")
@click.option("--operator", "operators", multiple=True, help="Only mutants that this operator generates (repeatable).")
def command(
    out: Path | None, as_json: bool, processes: int, tables: tuple[str, ...], operators: tuple[str, ...]
) -> int:
    """Run the suite against each mutant, in a checkout, and print where each is caught.

    First the mutants written by hand, unless a table or an operator is chosen; then for each row of each flow table
    those that operators generate. Ends with 0 when each fails where it must and nowhere else, each that is not caught
    was reviewed, and each row is failed by somebody.
    """
    for name in operators:
        if name not in OPERATORS:
            raise UnknownWord("operator", name, OPERATORS)
    with tempfile.TemporaryDirectory(prefix="manolab-mutants-") as scratch:
        folder = (out or Path(scratch)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        found, code = _tried(folder, processes, tables, operators)
    if found is None:
        return code
    click.echo(json.dumps(found, indent=2) if as_json else "\n".join(_told(found, detailed=bool(tables or operators))))
    if not found["mutants"] and not found["tables"]:
        return MISSING
    return MET if code == MET and _right(found) else FAILED


def _tried(
    folder: Path, processes: int, tables: tuple[str, ...], operators: tuple[str, ...]
) -> tuple[dict[str, Any] | None, int]:
    """What was found, with the exit code of the mutants written by hand; None when a run broke."""
    from harness.cli import checkout

    for name in (RESULTS, MATRIX):
        (folder / name).unlink(missing_ok=True)
    code, by_hand = MET, []
    if not tables and not operators:
        code = checkout.run_tests(
            ("tests/mutants", "-q", "-n", str(processes), "--mutants-out", str(folder)), quiet=True
        )
        if code not in (MET, FAILED):
            return None, code
        by_hand = sorted(_read(folder / RESULTS), key=lambda mutant: (mutant["kind"], mutant["name"]))
    chosen = [word for table in tables for word in ("--table", table)]
    chosen += [word for name in operators for word in ("--operator", name)]
    broken = checkout.run_module("tests.mutants.operators", [str(folder / MATRIX), "-n", str(processes), *chosen])
    if broken:
        return None, broken
    found = _read(folder / MATRIX)
    known = found.pop("known")
    for name in tables:
        if name not in known:
            raise UnknownWord("flow table with a scenario", name, known)
    return {**found, "mutants": by_hand}, code


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Broken("the run of tests/mutants left no results", hint=f"expected {path}") from None


def _rows(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for table in found["tables"] for row in table["rows"]]


def _right(found: dict[str, Any]) -> bool:
    holes = [cell for row in _rows(found) for cell in row["cells"] if cell["verdict"] in ("MISSED", "misplaced")]
    wrong = [mutant for mutant in found["mutants"] if not mutant["caught"] or mutant["elsewhere"]]
    return (
        not holes
        and not wrong
        and not found["stale"]
        and not found["unsound"]
        and all(row["checked"] for row in _rows(found))
    )


def _told(found: dict[str, Any], detailed: bool) -> list[str]:
    from harness.cli.mutant_table import by_hand, matrix

    return [*by_hand(found["mutants"]), *matrix(found, detailed)]
