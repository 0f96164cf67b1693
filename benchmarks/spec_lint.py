"""Reading and linting a mangled document of 1, 2, 4 and 8 times a size: whether the time grows as the document does.

The document is the small one of the tests, its use cases again and again under numbers of their own, each mangled in
its own way: notes, steps and clauses that are not there, roles nobody declared, states the wrong way round, entries of
rollbacks that lead nowhere, rows that lost their verb, words that no other row has. Each measurement is a process of
its own, so that no cache is warm, and counts CPU time.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from benchmarks.figures import Figure, figure, ratios

SMALL = Path(__file__).parents[1] / "tests" / "spec" / "small.md"
COPIES = 30
"""Copies of the use cases in the smallest document; eight times that have more than ten thousand findings."""

SIZES = (1, 2, 4, 8)
MANGLES = (
    (r"\(see note 2\)", "(see note {number})"),
    (r"step (\d)", "step 3{number}"),
    (r"clause 5\.([56])", r"clause 5.77\1"),
    (r"impacted entity(?=\t)", "bystander {word}"),
    (r"STARTED_LOCKED", "LOCKED_STARTED"),
    (r"\t(\d)(, \d)?$", r"\t4\1"),
    (r"SMM gracefully stops", "SMM {word}"),
    (r"SMM terminates", "SMM {word}"),
    (r"(starts|makes) ", r"\1 {word} "),
    (r"the (plan|way|work|tests|service) ", r"the {word} \1 "),
    (r"^Table (\S+)-1 has", r"Table \1-{number} has"),
    (r"Clause 5", "Clauses 5"),
)
"""What is searched, and what is put there in some of the places."""


def grown(copies: int) -> str:
    """The document with so many copies of its use cases."""
    text = SMALL.read_text(encoding="utf-8")
    head, cases = re.split(r"(?m)^(?=# 5 )", text, maxsplit=1)
    head = re.sub(r"(?ms)^## Contents.*?(?=^# 1 )", "", head)
    return "\n".join((head, "# 5 Use cases\n", *(_copy(cases, number) for number in range(1, copies + 1))))


def _copy(cases: str, copy: int) -> str:
    chance = random.Random(copy)
    lines = []
    for line in cases.split("\n"):
        told = line
        for pattern, put in MANGLES:
            if chance.random() < 0.5:
                word = "".join(chance.choices("abcdefghijklmnoprstuvw", k=9))
                told = re.sub(pattern, put.format(number=chance.randint(4, 9), word=word), told, count=1)
        lines.append(told)
    text = re.sub(r"(?<![.\d])([56])(?=[.-]\d)", rf"5.{copy}.\1", "\n".join(lines))
    return re.sub(r"(?m)^(#+) ([56]) ", rf"#\1 5.{copy}.\2 ", text)


def measure(rounds: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        files = {size: Path(folder) / f"{size}.md" for size in SIZES}
        for size, file in files.items():
            file.write_text(grown(COPIES * size), encoding="utf-8")
        samples: dict[int, list[dict[str, float]]] = {size: [] for size in SIZES}
        for _ in range(max(1, rounds // 10)):
            for size, file in files.items():
                samples[size].append(_measured(file))
    for what in ("read", "lint"):
        for size in SIZES:
            found = f"{samples[size][0]['findings']:,.0f} findings"
            yield figure(f"{what}, {size} x ({found})", "s", [one[what] for one in samples[size]])
        for half, size in pairwise(SIZES):
            one, other = ([each[what] for each in samples[which]] for which in (size, half))
            yield figure(f"{what}, {size} x : {half} x", "x", ratios(one, other), "about 2: linear")


def _measured(file: Path) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-m", __spec__.name, str(file)], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _worker(file: Path) -> dict[str, float]:
    """CPU seconds of reading and linting one file."""
    from harness.spec.build import read  # noqa: PLC0415 - its import is not measured with the rest
    from harness.spec.lint import lint  # noqa: PLC0415

    begun = time.process_time()
    document = read(file)
    between = time.process_time()
    findings = lint(document)
    return {"read": between - begun, "lint": time.process_time() - between, "findings": len(findings)}


if __name__ == "__main__":
    print(json.dumps(_worker(Path(sys.argv[1]))))
