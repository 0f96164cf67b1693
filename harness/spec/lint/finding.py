"""What a rule found: where, in which words, why it is wrong, and what would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from harness.spec.blocks import Place

Family = Literal["mechanical", "comparative", "semantic"]
Certainty = Literal["certain", "likely"]


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
