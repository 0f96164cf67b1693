"""How a rule's sentence matches a step: with or without its row in brackets at the start."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from parse import compile as compile_format  # type: ignore[import-untyped]
from pytest_bdd.parsers import StepParser

ROW = re.compile(r"\((?P<row>begin|end|\d+)\) ")


EACH = "for each of the two, "
"""How a step begins that is judged for each of two entities that are modified together (clause 5.4.2)."""


def split_each(sentence: str) -> tuple[bool, str]:
    """Whether a sentence is to hold for each of the two, and what is to hold."""
    return sentence.startswith(EACH), sentence.removeprefix(EACH)


def split_row(text: str) -> tuple[str | None, str]:
    """The row in brackets, if there is one, and the sentence."""
    found = ROW.match(text)
    return (found["row"], text[found.end() :]) if found else (None, text)


class Sentence(StepParser):
    """A step that says a rule's sentence; its arguments are what stands in the sentence's braces."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self._format = compile_format(sentence)
        self.start = sentence.partition("{")[0].lower()
        """How a step begins, in small letters."""

    def parse_arguments(self, name: str) -> dict[str, Any] | None:
        found = self._parsed(name)
        return {"said": dict(found.named)} if found else None

    def is_matching(self, name: str) -> bool:
        return self._parsed(name) is not None

    def _parsed(self, name: str) -> Any:
        sentence = said(name)
        return self._format.parse(sentence) if sentence.lower().startswith(self.start) else None


@lru_cache(maxsize=16)
def said(text: str) -> str:
    """The sentence of a step, which every definition is asked about in turn."""
    return split_each(split_row(text)[1])[1]
