"""How `manolab mutants` looks: the mutants written by hand, then rows by operators, a matrix for each flow table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from harness.cli.columns import folded, many

Data = dict[str, Any]

SHORT = {"goes-on-after-failure": "goes-on", "reports-without-doing": "reports"}
COLOURS = {
    "caught": "green",
    "MISSED": "red",
    "misplaced": "red",
    "later": "cyan",
    "undecided": "cyan",
}
WIDTH = 11
TEXT = 54
"""Columns for a verdict, and for what a row says."""
INDENT = " " * 6


def by_hand(mutants: list[Data]) -> list[str]:
    """A line for each mutant, its lie below, and how many fail as they must."""
    if not mutants:
        return []
    width = max(len(mutant["name"]) for mutant in mutants)
    lines = []
    for mutant in mutants:
        verdict = click.style("caught", fg="green") if mutant["caught"] else click.style("MISSED", fg="red", bold=True)
        lines.append(f"{verdict}  {mutant['kind']:<7} {mutant['name']:<{width}}  {' '.join(mutant['expected'])}")
        lines.append(f"        {'':<7} {'':<{width}}  {click.style(mutant['lie'], dim=True)}")
        if mutant["elsewhere"]:
            places = " ".join(mutant["elsewhere"])
            lines.append(click.style(f"        also fails at {places}, where it should not", fg="red"))
    caught = sum(mutant["caught"] and not mutant["elsewhere"] for mutant in mutants)
    return [*lines, "", f"{caught} of {len(mutants)} mutants fail where they must, and nowhere else", ""]


def matrix(found: Data, detailed: bool) -> list[str]:
    """Rows by operators; in detail, also by whom a row is failed, and why something is not caught."""
    names = list(found["operators"])
    lines: list[str] = []
    for table in found["tables"]:
        heads = "".join(f"{SHORT.get(name, name):<{WIDTH}} " for name in names)
        lines.append(click.style(f"{table['table']:<{TEXT + 6}} by hand  {heads}".rstrip(), bold=True))
        for row in table["rows"]:
            lines.append(_line(row, names))
            lines += _details(row) if detailed else []
        lines.append("")
    return [*lines, *_holes(found), *_summary(found, names)]


def _line(row: Data, names: list[str]) -> str:
    verdicts = {cell["operator"]: cell["verdict"] for cell in row["cells"]}
    cells = " ".join(_cell(verdicts.get(name, "")) for name in names)
    text = row["text"] if len(row["text"]) <= TEXT else row["text"][: TEXT - 1] + "…"
    return f"{row['row']:>5} {text:<{TEXT}} {len(row['byHand']):>7}  {cells}"


def _cell(verdict: str) -> str:
    return click.style(f"{verdict:<{WIDTH}}", fg=COLOURS.get(verdict), dim=verdict in ("n.a.", "equivalent"))


def _details(row: Data) -> Iterator[str]:
    if row["byHand"]:
        yield _detail(f"failed by {', '.join(row['byHand'])}")
    for cell in row["cells"]:
        for part in cell["parts"]:
            if part["reason"]:
                yield _detail(f"{cell['operator']}, {part['by']} {part['what']}: {part['verdict']}: {part['reason']}")


def _detail(text: str) -> str:
    return click.style(folded(text, INDENT), dim=True)


def _holes(found: Data) -> list[str]:
    """What has to be mended, each with what was seen of it."""
    lines = [f"left out, because correct parts do not pass it: {scenario}" for scenario in found["unsound"]]
    lines += [f"stale in tests/mutants/equivalent.yaml: {entry}" for entry in found["stale"]]
    for row in (row for table in found["tables"] for row in table["rows"]):
        if not row["checked"]:
            lines.append(f"{row['ref']} has no check: nobody fails it")
        for cell in row["cells"]:
            for part in cell["parts"]:
                if part["verdict"] == "MISSED":
                    why = f"{part['reason']}; it failed {', '.join(part['failed']) or 'nothing'}"
                    lines.append(f"MISSED     {row['ref']} {cell['operator']} ({part['by']} {part['what']}): {why}")
                elif part["verdict"] == "misplaced":
                    places = ", ".join(part["elsewhere"])
                    lines.append(f"misplaced  {row['ref']} {cell['operator']} ({part['by']} {part['what']}): {places}")
    return [click.style(line, fg="red") for line in lines] + ([""] if lines else [])


def _summary(found: Data, names: list[str]) -> list[str]:
    rows = sum(len(table["rows"]) for table in found["tables"])
    counts = ", ".join(f"{number} {verdict}" for verdict, number in found["counts"].items())
    return [f"{many(rows, 'row')} by {many(len(names), 'operator')}: {counts or 'nothing to try'}"]
