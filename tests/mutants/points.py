"""Where mutants fail, as the zoo writes it: `python -m tests.mutants.points [NAME...]` prints what to write there.

Of each mutant whose points are not those that the zoo expects, it tells what is new and what did not come.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from harness.judge.invariants import INVARIANTS
from tests.mutants.mutant import Mutant, Point
from tests.mutants.trial import judged
from tests.mutants.zoo import MUTANTS

SHORT = re.compile(r"^5\.2\.2\.(?=\d+-)")


def notation(points: Iterable[Point]) -> str:
    """Points as the zoo writes them: each rule with its rows, rows of clause 5.2.2 without it."""
    rows: dict[str, list[str]] = defaultdict(list)
    alone = set()
    for rule, ref in sorted(points, key=str):
        rows[rule] += [SHORT.sub("", ref)] if ref else []
        alone |= set() if ref else {rule}
    parts = {" ".join([rule, *found]) for rule, found in rows.items()}
    return "; ".join(sorted(parts | alone))


def told(mutant: Mutant, failed: frozenset[Point], errors: Iterable[str]) -> str:
    """One paragraph of a mutant that does not meet its expectation; empty of one that does."""
    invariants = {rule.name for rule in INVARIANTS}
    new, gone = failed - mutant.expected, mutant.expected - failed
    lines = [f"  error: {error}" for error in errors]
    if new or gone:
        broken = notation(point for point in failed if point[0] in invariants)
        lines.append(f'  breaks.py: "{mutant.name}": "{broken}",')
        lines.append(f"  new: {notation(point for point in new if point[0] not in invariants)}")
        lines.append(f"  did not come: {notation(gone)}")
    return "\n".join([mutant.name, *lines]) if lines else ""


def main(names: list[str]) -> None:
    """Try the mutants of these names, or all; a name such as 1/2 stands for the first of two shares."""
    part, _, shares = names[0].partition("/") if names else ("1", "/", "1")
    for number, mutant in enumerate(MUTANTS):
        if mutant.name in names or (shares and number % int(shares) == int(part) - 1):
            with tempfile.TemporaryDirectory() as scratch:
                trial = judged(mutant, Path(scratch))
            said = told(mutant, trial.failed, trial.errors)
            sys.stdout.write(said + "\n" if said else "")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
