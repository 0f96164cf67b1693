"""The entries of docs/interpretations.md by id: what a scenario's tag @interpretation:I-001 stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

ENTRY = re.compile(r"^## (?P<id>I-\d{3}) (?P<title>.+?)(?: \((?P<rows>[^()]*\d\.\d[^()]*)\))?$", re.MULTILINE)


@dataclass(frozen=True)
class Interpretation:
    """One choice; `rows` are the places of the GR that it is about, in its own words, `text` what it says."""

    id: str
    title: str
    rows: tuple[str, ...]
    text: str = ""


@cache
def interpretations() -> Mapping[str, Interpretation]:
    """Every entry; a wheel carries the file beside this module, a checkout in docs/."""
    packaged = files("features").joinpath("interpretations.md")
    checkout = Path(__file__).parents[1] / "docs" / "interpretations.md"
    text = (packaged if packaged.is_file() else checkout).read_text(encoding="utf-8")
    heads = list(ENTRY.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    entries = (_entry(head, text[head.end() : end].strip()) for head, end in zip(heads, ends, strict=True))
    return {entry.id: entry for entry in entries}


def _entry(found: re.Match[str], text: str) -> Interpretation:
    rows = tuple(found["rows"].split(", ")) if found["rows"] else ()
    return Interpretation(found["id"], found["title"], rows, text)
