"""What a rule found: where, in which words, why it is wrong, and what would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from harness.spec.blocks import Place

Family = Literal["mechanical", "comparative", "semantic"]
Certainty = Literal["certain", "likely"]
LONGEST = 80
"""Characters of a text that are quoted where all of it is concerned."""


def beginning(text: str) -> str:
    """The words of a finding about all of a text: the text, or as many whole words of it as are quoted, and `...`."""
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST - 3].rpartition(' ')[0] or text[: LONGEST - 4]} ..."


@dataclass(frozen=True)
class Finding:
    """One defect. `where` is the clause, table or row concerned, as in 5.2.2.5-1#3; `words` is what the text says."""

    where: str
    place: Place
    words: str
    why: str
    mend: str
    certainty: Certainty = "certain"
    rule: str = ""
    family: Family = "mechanical"
