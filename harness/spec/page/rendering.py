"""Lays the parts out as HTML. Everything is escaped by the template engine; only what this package made is not.

A policy in the page's head lets nothing run but the page's own script, and nothing be fetched at all: even words that
got out of their place could do no harm.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from pathlib import PurePath

from jinja2 import Environment, PackageLoader, StrictUndefined

from harness.spec.page.desk import Desk
from harness.spec.page.view import View
from harness.svg import legible

POLICY = "default-src 'none'; script-src '{script}'; style-src '{style}'; base-uri 'none'; form-action 'none'"


def page(desk: Desk) -> str:
    """The page of a desk; the same desk gives the same page."""
    script, style = _own("page.js"), _own("page.css")
    style = (files("harness") / "paper.css").read_text(encoding="utf-8") + style
    rendered = (
        _environment()
        .get_template("page.html")
        .render(
            view=View(desk),
            desk=desk,
            name=PurePath(desk.document.source).name,
            policy=POLICY.format(script=_hash(script), style=_hash(style)),
            script=script,
            style=style,
        )
    )
    return legible(rendered)


def _own(name: str) -> str:
    return (files("harness.spec.page") / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """How a policy names a script or a style sheet that stands in the page."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("harness.spec.page", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
