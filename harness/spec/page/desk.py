"""What a page is made of: a document, what was found in it, and what the features say of it."""

from __future__ import annotations

from dataclasses import dataclass

from harness.spec.coverage import Coverage
from harness.spec.lint.finding import Finding
from harness.spec.lint.ignoring import Ignored
from harness.spec.model import Document


@dataclass(frozen=True)
class Desk:
    """All that an editor has before him; `ignored` is what he has looked at and leaves."""

    document: Document
    findings: tuple[Finding, ...]
    coverage: Coverage
    ignored: tuple[Ignored, ...] = ()
    version: str = ""
    """Of manolab."""
