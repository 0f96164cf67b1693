"""What a table row asks for in a few words, from the steps that judge it.

Scenarios say the same row with other words in one place: a version, an action. Such variants are one phrase, told once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

_ALIKE = 2 / 3  # of the words, for two texts to be variants of one phrase
_COMMON = 1 / 2  # of the commonest variant, for another one to be told beside it


@lru_cache(maxsize=8192)  # asked for by every line of every diagram
def bare(text: str) -> str:
    """A step's text without the row it begins with: `(1) ...` of a step, `1 | ...` of a row of its table."""
    return re.sub(r"^(\([^)]*\)|\w+ \|)\s*", "", text)


def title(texts: Iterable[str]) -> str:
    """The phrase that most of these steps say, where they differ with each word that is common: `source/destination`.

    Of a row of a step's table only the first cell counts, the others name who plays.
    """
    phrases: list[Counter[str]] = []
    for text, count in Counter(bare(text).partition(" | ")[0] for text in texts).items():
        home = next((phrase for phrase in phrases if _variants(text, next(iter(phrase)))), None)
        if home is None:
            phrases.append(Counter({text: count}))
        else:
            home[text] = count
    return _joined(max(phrases, key=lambda phrase: phrase.total()))


def _variants(one: str, other: str) -> bool:
    """Whether two texts are the same but for a word here and there."""
    left, right = one.split(), other.split()
    same = sum(a == b for a, b in zip(left, right, strict=False))
    return len(left) == len(right) and same >= _ALIKE * len(left)


def _joined(phrase: Counter[str]) -> str:
    least = _COMMON * max(phrase.values())
    kept = [text.split() for text, count in phrase.items() if count >= least]
    return " ".join("/".join(dict.fromkeys(words)) for words in zip(*kept, strict=True))
