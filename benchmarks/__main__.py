"""`python -m benchmarks [NAME ...]`: measure and print; `--json FILE` keeps the figures."""

from __future__ import annotations

import argparse
import importlib
import json
from pathlib import Path

from benchmarks.figures import Figure, machine

ALL = ("command_help", "lab_lifecycle", "clean_flow", "suite_rate", "suite_time", "spec_lint")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"of {', '.join(ALL)}, all by default; or containers, which needs Docker",
    )
    parser.add_argument("--rounds", type=int, default=20, help="rounds a figure is the median of (20)")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    chosen = parser.parse_args()
    unknown = [name for name in chosen.names if name not in (*ALL, "containers")]
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(ALL)}")
    facts = machine()
    print(", ".join(f"{name} {value}" for name, value in facts.items()))
    figures: list[Figure] = []
    for name in chosen.names or ALL:
        for measured in importlib.import_module(f"benchmarks.{name}").measure(chosen.rounds):
            figures.append(measured)
            print(_line(measured), flush=True)
    if chosen.json:
        content = {"machine": facts, "figures": [measured.data() for measured in figures]}
        chosen.json.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _line(measured: Figure) -> str:
    spread = f"{measured.median:10.2f} {measured.unit:3}  ({measured.minimum:.2f} to {measured.maximum:.2f})"
    return f"{measured.name:52}{spread:44}{'aim: ' + measured.aim if measured.aim else ''}".rstrip()


if __name__ == "__main__":
    main()
