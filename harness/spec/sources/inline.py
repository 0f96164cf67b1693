"""What is left of a piece of Markdown when the marks are gone: its words, and nothing but its words."""

from __future__ import annotations

import re

TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
BREAKS = re.compile(r"</?(?:p|br|ul|ol|li|div|tr|td|th)\b[^<>]*>", re.IGNORECASE)
STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])")
LINK = re.compile(r"\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*\)")
AUTOLINK = re.compile(r"<(https?://[^<>\s]+)>")
ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " ", "&quot;": '"'}
SPACES = re.compile(r"[ \t\u00a0]+")


def plain(text: str) -> str:
    """The words of a piece of Markdown, without marks, with single spaces."""
    if any(mark in text for mark in "<*_\\[&\u00a0") or "  " in text or "\t" in text:
        text = _unmarked(text)
    return text.strip()


def strong_start(text: str) -> str:
    """What stands in bold at the beginning of a paragraph; empty when it does not begin so."""
    found = STRONG.match(text)
    return plain(found[2]) if found else ""


def _unmarked(text: str) -> str:
    text = AUTOLINK.sub(r"\1", text)
    text = TAG.sub("", BREAKS.sub(" ", text))
    text = LINK.sub(r"\1", text)
    text = EMPHASIS.sub(r"\1", STRONG.sub(r"\2", text))
    text = ESCAPE.sub(r"\1", text)
    for entity, character in ENTITIES.items():
        text = text.replace(entity, character)
    return SPACES.sub(" ", text)
