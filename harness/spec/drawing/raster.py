"""An SVG as a PNG, made by resvg (the extra `spec`): no browser, no system library."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

WIDE = 1600  # px a slide is wide; a wider drawing keeps its own width
FAMILIES = ("DejaVu Sans", "Liberation Sans", "Noto Sans", "Arial", "Helvetica", "Segoe UI", "Roboto", "Inter")
PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" font-family="sans-serif"><text y="9">{}</text></svg>'
)


class NoPicture(Exception):
    """A PNG cannot be made here; `hint` says what is missing."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.hint = hint


def png(svg: str) -> bytes:
    """The picture of an SVG text; raises NoPicture where resvg-py or every font is missing."""
    resvg = _resvg()
    family = _family(resvg)
    found = re.search(r'<svg[^>]*? width="(\d+)"', svg)
    own = int(found[1]) if found else WIDE
    made: bytes = resvg.svg_to_bytes(svg_string=svg, width=max(WIDE, own), sans_serif_family=family)
    return bytes(made)


def _resvg() -> Any:
    try:
        import resvg_py  # noqa: PLC0415 - an optional extra
    except ImportError:
        raise NoPicture(
            "PNG needs resvg-py, which is not installed",
            "pip install 'manolab[spec]', or draw SVG, which needs nothing",
        ) from None
    return resvg_py


@lru_cache(maxsize=1)
def _family(resvg: Any) -> str:
    """The first font family that draws something: resvg leaves out text, in silence, that it has no font for."""
    blank = bytes(resvg.svg_to_bytes(svg_string=PROBE.format("")))
    for family in FAMILIES:
        if bytes(resvg.svg_to_bytes(svg_string=PROBE.format("x"), sans_serif_family=family)) != blank:
            return family
    raise NoPicture(
        f"PNG needs a font, and this machine has none of {', '.join(FAMILIES)}",
        "install one (Debian: apt-get install fonts-dejavu-core), or draw SVG, which needs none",
    )
