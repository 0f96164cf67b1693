"""A page as headless Chromium has it once its scripts have run, and the little of HTML that tests ask about."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

NAME = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_browser = pytest.mark.skipif(NAME is None, reason="no Chromium is installed here")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--virtual-time-budget=10000", "--dump-dom"),
)
VOID = {"meta", "link", "input", "br", "img", "hr"}


@dataclass
class Element:
    """An element with its text; `hidden` says whether it or what it is in is hidden."""

    tag: str
    attributes: dict[str, str]
    hidden: bool
    said: list[str]
    """All that the page says, of which this says a part."""
    begins: int
    ends: int | None = None

    @property
    def text(self) -> str:
        return "".join(self.said[self.begins : self.ends])

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()


class Page(HTMLParser):
    """All elements of a page, in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._said: list[str] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        above = bool(self._open and self._open[-1].hidden)
        element = Element(tag, attributes, above or "hidden" in attributes, self._said, len(self._said))
        self.elements.append(element)
        if tag in VOID:
            element.ends = element.begins
        else:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag in [one.tag for one in self._open], f"</{tag}> closes nothing"
        while (closed := self._open.pop()).tag != tag:
            closed.ends = len(self._said)
        closed.ends = len(self._said)

    def handle_data(self, data: str) -> None:
        self._said.append(data)

    def all(self, tag: str) -> list[Element]:
        return [one for one in self.elements if one.tag == tag]

    def of_class(self, name: str) -> list[Element]:
        return [one for one in self.elements if name in one.classes]

    def by_id(self, id: str) -> Element:
        (found,) = [one for one in self.elements if one.attributes.get("id") == id]
        return found

    def seen(self, name: str) -> list[str]:
        """The names (id) of the elements of a class that are not hidden."""
        return [one.attributes["id"] for one in self.of_class(name) if not one.hidden and "id" in one.attributes]


def opened(path: Path, fragment: str = "") -> Page:
    """The page as it is after its scripts have run."""
    with tempfile.TemporaryDirectory(prefix="manolab-chromium-") as profile:
        command = [str(NAME), *FLAGS, f"--user-data-dir={profile}", path.resolve().as_uri() + fragment]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return Page(done.stdout)
