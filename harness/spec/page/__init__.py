"""One HTML page with all that is found in a document; it works from disk and asks nothing of any network.

    page(desk) -> str       the page, for a `Desk`: the document, its findings, what is left alone, its coverage

The document's own words are on the page, as what they are: text. They stand in no file of the project.
"""

from __future__ import annotations

from harness.spec.page.desk import Desk
from harness.spec.page.rendering import page

__all__ = ["Desk", "page"]
