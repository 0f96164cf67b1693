"""A small document in which nothing is wrong, and the same with one thing changed."""

from __future__ import annotations

from pathlib import Path

from harness.spec.build import built
from harness.spec.lint import Finding, lint
from harness.spec.model import Document
from harness.spec.sources.text import blocks

FILE = Path(__file__).with_name("small.md")
TEXT = FILE.read_text(encoding="utf-8")


def document(text: str = TEXT) -> Document:
    """The model of a text."""
    form, found = blocks(FILE, text.encode())
    return built(str(FILE), form, found)


def changed(*changes: tuple[str, str]) -> str:
    """The small document with each of these put for the first of those; nothing is changed that is not there."""
    text = TEXT
    for old, new in changes:
        assert old in text, f"the small document does not say {old!r}"
        text = text.replace(old, new, 1)
    return text


def found(text: str, rule: str) -> list[Finding]:
    """What one rule finds in a text."""
    return lint(document(text), [rule])
