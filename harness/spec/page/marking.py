"""Marks the words of findings in the text that they are found in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from harness.spec.lint.finding import Finding

GAP = re.compile(r"\s*(?:\.\.\.|…)\s*")
"""What stands in the words of a finding for what is left out."""
Span = tuple[int, int]


def marked(text: str, findings: Iterable[Finding]) -> Markup:
    """The text as HTML, with the words of these findings marked where they stand in it."""
    spans = [(*span, finding.certainty) for finding in findings for span in _spans(text, finding.words)]
    parts, at = [Markup("")], 0
    for start, end, certainty in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end <= at:
            continue  # inside of what is marked already
        first = max(start, at)
        parts += [escape(text[at:first]), Markup('<mark class="{}">{}</mark>').format(certainty, text[first:end])]
        at = end
    return Markup("").join([*parts, escape(text[at:])])


def _spans(text: str, words: str) -> Iterator[Span]:
    """Where the words stand: each of their pieces after the one before; nothing where one of them is not there."""
    found: list[Span] = []
    at = 0
    for piece in filter(None, GAP.split(words)):
        start = _find(text, piece, at)
        if start < 0:
            return
        at = start + len(piece)
        found.append((start, at))
    yield from found


def _find(text: str, piece: str, at: int) -> int:
    """A piece is looked for as a word first: the step 1 is not in 11."""
    edges = (r"\b" if piece[0].isalnum() else "", r"\b" if piece[-1].isalnum() else "")
    whole = re.compile(edges[0] + re.escape(piece) + edges[1]).search(text, at)
    return whole.start() if whole else text.find(piece, at)
