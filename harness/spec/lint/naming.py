"""One name for one thing: states, names with and without hyphens, spellings, abbreviations and what they stand for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from harness.spec.lint.corpus import Piece, pieces
from harness.spec.lint.finding import Finding
from harness.spec.lint.registry import rule
from harness.spec.model import Document

STATE = re.compile(r"\b[A-Z]{3,}(?:_[A-Z]{2,})+\b")
HYPHENED = re.compile(r"\b[A-Z][A-Za-z]*(?:-[A-Z][A-Za-z]*)+\b")
JOINED = re.compile(r"\b[A-Z]{3,}(?:-[A-Z]{2,})*\b")
WORD = re.compile(r"[A-Za-z]{6,}")
SPELT = re.compile(r"(?P<stem>[a-z]{3,}[a-z])(?P<letter>[sz])(?P<ending>e|ed|es|ing|ation|ations|er|ers|able)")
NOT_SUFFIX = re.compile(
    r"(?:ad|tele|super|re|en|comp|surp|exerc|prom|prec|conc|rev|ra|wi|ri|no|cho|clo|expo|purpo|propo|cau|u|increa|decrea|relea|ba|ca|pha|lea|plea|purcha|rai|prai|an|par|catal|cour|cur|nur|por|pau|respon|sen|ten|inten|den|exten|expan|licen|defen|condition)(?:s|z)$"
)
EXPLAINED = re.compile(r"(?P<words>(?:[A-Z][A-Za-z-]+ (?:(?:of|and|for|the) )?){1,6})\((?P<short>[A-Z]{2,7})s?\)")
ARTICLE = re.compile(r"\b(?P<article>[Aa]n?)\s+(?P<short>(?:[A-Z]-)?[A-Z]{2,6})\b")
NICKNAME = re.compile(r"\b(?P<words>[a-z]+ [A-Z]{2,6})s? \((?P<short>[A-Z]-[A-Z]{2,6})s?\)")


@rule("state-spelling")
def states_in_another_order(document: Document) -> Iterator[Finding]:
    """A state that is made of two words has them in one order throughout."""
    counts = Counter(state for piece in pieces(document) for state in STATE.findall(piece.words))
    usual: dict[tuple[str, ...], str] = {}
    for state, _ in counts.most_common():
        usual.setdefault(tuple(sorted(state.split("_"))), state)
    for piece in pieces(document):
        for state in dict.fromkeys(STATE.findall(piece.words)):
            other = usual[tuple(sorted(state.split("_")))]
            if other != state:
                yield Finding(
                    piece.where,
                    piece.place,
                    state,
                    f"the text calls this state {other} {counts[other]} times, and {state} {counts[state]} times",
                    f"say {other}",
                )


@rule("name-spelling")
def names_with_other_hyphens(document: Document) -> Iterator[Finding]:
    """A name is written with its hyphens in the same places throughout."""
    places: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces(document):
        for name in set(HYPHENED.findall(piece.words)) | set(JOINED.findall(piece.words)) | _cell(piece):
            places[name].append(piece)
    counts = {name: len(found) for name, found in places.items()}
    groups: dict[str, list[str]] = defaultdict(list)
    for name in counts:
        groups[name.replace("-", "").casefold()].append(name)
    declared = _declared(document)
    for names in groups.values():
        if len({name.casefold() for name in names}) < 2:
            continue
        right = max(names, key=lambda name: (name in declared, counts[name]))
        for name in names:
            if name.casefold() == right.casefold():
                continue
            first = places[name][0]
            more = f", and in {counts[name] - 1} more places" if counts[name] > 1 else ""
            reason = "its actors table calls it" if right in declared else "the text mostly writes"
            yield Finding(
                first.where, first.place, name, f"{reason} {right} ({counts[right]} places){more}", f"write {right}"
            )


def _cell(piece: Piece) -> set[str]:
    """The names in the column of those who act, which a piece does not repeat."""
    if piece.table is None or "#" not in piece.where:
        return set()
    row = piece.table.row(piece.where.rpartition("#")[2])
    return set(HYPHENED.findall(row.actor)) | set(JOINED.findall(row.actor)) if row else set()


def _declared(document: Document) -> set[str]:
    words = {row.actor for table in document.tables if table.kind == "actors" for row in table.rows}
    return words | {abbreviation.word for abbreviation in document.abbreviations}


@rule("word-spelling")
def words_spelt_both_ways(document: Document) -> Iterator[Finding]:
    """A word is spelt with -ise or with -ize throughout, not now one way and now the other."""
    counts: Counter[str] = Counter()
    first: dict[str, Piece] = {}
    for piece in pieces(document):
        for word in map(str.casefold, WORD.findall(piece.words)):
            if _swapped(word):
                counts[word] += 1
                first.setdefault(word, piece)
    for word, times in counts.items():
        other = _swapped(word) or ""
        if other in counts and (times, word) < (counts[other], other):
            piece = first[word]
            yield Finding(
                piece.where,
                piece.place,
                word,
                f"elsewhere the text spells it {other} ({counts[other]} times, this way {times})",
                f"spell it {other}",
            )


@lru_cache(maxsize=20_000)
def _swapped(word: str) -> str | None:
    found = SPELT.fullmatch(word)
    if not found or not found["stem"].endswith(("i", "y")) or NOT_SUFFIX.search(found["stem"] + found["letter"]):
        return None
    return f"{found['stem']}{'z' if found['letter'] == 's' else 's'}{found['ending']}"


@rule("abbreviation-missing")
def abbreviations_that_are_not_listed(document: Document) -> Iterator[Finding]:
    """An abbreviation that the text explains in brackets is in the list of abbreviations."""
    listed = {abbreviation.word for abbreviation in document.abbreviations}
    seen: set[str] = set()
    for piece in pieces(document):
        for found in (*EXPLAINED.finditer(piece.words), *NICKNAME.finditer(piece.words)):
            short = found["short"]
            if (
                listed
                and short not in listed
                and short not in seen
                and ("-" in short or _initials(found["words"], short))
            ):
                seen.add(short)
                yield Finding(
                    piece.where,
                    piece.place,
                    found[0],
                    f"{short} is explained here and not listed",
                    "list it with the abbreviations",
                )


@rule("abbreviation-unused")
def abbreviations_that_nobody_uses(document: Document) -> Iterator[Finding]:
    """Each abbreviation of the list is used."""
    clause = next((c.number for c in document.clauses if "abbreviation" in c.title.casefold()), "")
    used = {
        word
        for piece in pieces(document)
        if piece.clause != clause
        for word in re.findall(r"[A-Za-z0-9]+", piece.words)
    }
    used |= {word for table in document.tables for row in table.rows for word in re.findall(r"[A-Za-z0-9]+", row.actor)}
    used |= {word for clause_ in document.clauses for word in re.findall(r"[A-Za-z0-9]+", clause_.title)}
    for one in document.abbreviations:
        if (
            one.word not in used
            and f"{one.word}s" not in used
            and not set(re.findall(r"[A-Za-z0-9]+", one.word)) <= used
        ):
            yield Finding(
                f"clause {clause}",
                one.place,
                f"{one.word}: {one.meaning}",
                "the text never uses it",
                "drop it from the list",
            )


@rule("abbreviation-meaning")
def abbreviations_explained_in_two_ways(document: Document) -> Iterator[Finding]:
    """An abbreviation stands for the same words in the list and wherever the text explains it."""
    listed = {abbreviation.word: abbreviation for abbreviation in document.abbreviations}
    told: set[tuple[str, str]] = set()
    for piece in pieces(document):
        for found in EXPLAINED.finditer(piece.words):
            one = listed.get(found["short"])
            words = found["words"].strip()
            if one is None or (one.word, words) in told or _single(words).endswith(_last(one.meaning, words)):
                continue
            if _initials(words, one.word):
                told.add((one.word, words))
                yield Finding(
                    piece.where,
                    piece.place,
                    found[0],
                    f"the list of abbreviations says {one.meaning!r}",
                    "say the same in both places",
                )
    clause = next((c.number for c in document.clauses if "abbreviation" in c.title.casefold()), "")
    for one in document.abbreviations:
        if not _spells(one.word, one.meaning):
            yield Finding(
                f"clause {clause}",
                one.place,
                f"{one.word}: {one.meaning}",
                f"these words do not begin with the letters of {one.word}",
                "complete or correct the words",
                "likely",
            )


def _last(meaning: str, words: str) -> str:
    """As many of the last words of a meaning as the text gives."""
    return " ".join(_single(meaning).split()[-len(words.split()) :])


def _single(words: str) -> str:
    """The words without plurals and capitals."""
    return " ".join(word.removesuffix("s") for word in words.casefold().split())


def _initials(words: str, short: str) -> bool:
    """Whether the words could stand for the abbreviation: they begin with its letters, or at least two of them do."""
    initials = [word[0].casefold() for word in re.split(r"[ -]", words) if word and word[0].isupper()]
    return len(initials) >= len(short) - 1 and initials[-1:] == [short[-1].casefold()]


def _spells(short: str, meaning: str) -> bool:
    """Whether the letters of the abbreviation are found in the words in order, each word adding its first letter."""
    letters = [letter for letter in short.casefold() if letter.isalpha()]
    text = meaning.casefold()
    at = 0
    for letter in letters:
        at = text.find(letter, at) + 1
        if at == 0:
            return False
    words = [word for word in re.split(r"[ -]", meaning) if word and word[0].isupper()]
    return len(words) <= len(letters) or len(letters) > 3


@rule("article")
def articles_of_both_kinds(document: Document) -> Iterator[Finding]:
    """An abbreviation has the article a or an throughout, not now one and now the other."""
    counts: Counter[tuple[str, str]] = Counter()
    found: dict[tuple[str, str], list[Piece]] = defaultdict(list)
    for piece in pieces(document):
        for match in ARTICLE.finditer(piece.words):
            key = (match["article"].casefold(), match["short"])
            counts[key] += 1
            found[key].append(piece)
    for (article, short), times in counts.items():
        other = ("an" if article == "a" else "a", short)
        if counts.get(other, 0) > times:
            piece = found[article, short][0]
            more = f", and in {times - 1} more places" if times > 1 else ""
            yield Finding(
                piece.where,
                piece.place,
                f"{article} {short}",
                f"elsewhere the text says {other[0]} {short} ({counts[other]} times){more}",
                f"say {other[0]} {short}",
            )
