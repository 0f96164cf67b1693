"""Groups of alike texts: the same as by comparing each with all, without doing so."""

from __future__ import annotations

import difflib
import random

import pytest

from benchmarks.spec_lint import grown
from harness.spec.lint import lint
from harness.spec.lint.grouping import Grouping
from harness.spec.lint.nearest import nearest
from tests.spec.small import document

ALIKE = 0.82
WORDS = [
    "the",
    "smm",
    "starts",
    "stops",
    "old",
    "new",
    "interfaces",
    "towards",
    "impacted",
    "entities",
    "of",
    "a",
    "target",
    "when",
    "it",
    "is",
    "locked",
    "again",
]


def slowly(texts: list[str]) -> list[list[str]]:
    """Each text to the first group whose first text is alike."""
    groups: list[list[str]] = []
    for text in texts:
        for group in groups:
            if difflib.SequenceMatcher(None, group[0].split(), text.split(), autojunk=False).ratio() >= ALIKE:
                group.append(text)
                break
        else:
            groups.append([text])
    return groups


def test_no_alike_pair_is_overlooked() -> None:
    """A hundred texts, of a few that are each varied by a word or more."""
    chance = random.Random(7)
    roots = [chance.choices(WORDS, k=chance.randint(4, 20)) for _ in range(8)]
    texts = []
    for _ in range(100):
        words = list(chance.choice(roots))
        for _ in range(chance.randint(0, 3)):
            words[chance.randrange(len(words))] = chance.choice(WORDS)
        texts.append(" ".join(words))
    grouping: Grouping[str] = Grouping(ALIKE)
    for text in texts:
        grouping.add(text, text)
    assert grouping.groups == slowly(texts)
    assert 8 <= len(grouping.groups) < 60


def test_twice_the_document_takes_twice_the_comparisons() -> None:
    """Counted, not timed: time depends on the machine."""
    calls = 0
    compare = difflib.SequenceMatcher.__init__

    def counting(self: difflib.SequenceMatcher[str], *arguments: object, **named: object) -> None:
        nonlocal calls
        calls += 1
        compare(self, *arguments, **named)

    counted = []
    for copies in (8, 16, 32):
        made = document(grown(copies))
        calls = 0
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(difflib.SequenceMatcher, "__init__", counting)
            lint(made, ["sibling-part", "sibling-note", "sibling-word", "clause-missing", "table-missing"])
        counted.append(calls)
    assert counted[2] - counted[1] < 2.6 * (counted[1] - counted[0]), counted


def test_what_was_meant_is_one_character_away() -> None:
    """One too many, one missing, another one; nothing that is farther, and nothing that is not there."""
    known = {"5.2.2.5", "5.3.6.1", "5.9"}
    assert [nearest(word, known) for word in ("5.2.2.55", "5.2.25", "5.3.6.2", "7.7.7.7")] == [
        "5.2.2.5",
        "5.2.2.5",
        "5.3.6.1",
        "",
    ]
