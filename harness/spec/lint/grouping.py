"""Groups of texts that are alike, without comparing each with all others.

Two texts can only be that alike when they share enough words, so at least one of the rarest words of one is among the
rarest of the other (prefix filtering). Only groups that share such a word are compared, in the order they were made.
"""

from __future__ import annotations

import difflib
import math
from collections import Counter, defaultdict
from typing import Generic, TypeVar

T = TypeVar("T")
ENOUGH = 24
"""Groups that are looked up by one word, the oldest first: what so many groups have tells nothing of any of them.

It bounds the comparisons for a text, so that the time grows as the number of texts does; a text of a document in which
hardly two rows are alike may found a group of its own for it, where it would have joined a young one.
"""

Token = tuple[str, int]
"""A word, and which of its occurrences in the text."""


class Grouping(Generic[T]):
    """Things by their words: each joins the first group whose first text is alike enough, or makes another."""

    def __init__(self, alike: float) -> None:
        """alike: the ratio of difflib, of words, from which two texts are alike."""
        self.groups: list[list[T]] = []
        self._alike = alike
        self._heads: list[list[str]] = []
        self._known: dict[str, int] = {}
        """The group of each text that was seen: the same words need no second look."""
        self._by_word: dict[Token, list[int]] = defaultdict(list)

    def add(self, words: str, thing: T) -> None:
        """Put a thing where its words belong."""
        found = self._known.get(words)
        if found is None:
            found = self._group(words.split())
            self._known[words] = found
        self.groups[found].append(thing)

    def _group(self, words: list[str]) -> int:
        tokens = _rarest(words, self._alike)
        near = sorted({number for token in tokens for number in self._by_word.get(token, ())})
        for number in near:
            if self._are_alike(self._heads[number], words):
                return number
        self.groups.append([])
        self._heads.append(words)
        for token in tokens:
            if len(self._by_word[token]) < ENOUGH:
                self._by_word[token].append(len(self._heads) - 1)
        return len(self._heads) - 1

    def _are_alike(self, one: list[str], other: list[str]) -> bool:
        matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
        return (
            matcher.real_quick_ratio() >= self._alike
            and matcher.quick_ratio() >= self._alike
            and matcher.ratio() >= self._alike
        )


def _rarest(words: list[str], alike: float) -> list[Token]:
    """So many of a text's words, in one order that holds for all texts, that an alike one has one of them as well.

    Of n words at least n * alike / (2 - alike) have to be shared with any text that is alike. Longer words are taken
    to be rarer: the order has to be the same for all, not true.
    """
    counts: Counter[str] = Counter()
    tokens: list[Token] = []
    for word in words:
        counts[word] += 1
        tokens.append((word, counts[word]))
    tokens.sort(key=lambda token: (-len(token[0]), token))
    shared = math.ceil(len(words) * alike / (2 - alike) - 1e-9)
    return tokens[: len(words) - shared + 1]
