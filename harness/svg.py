"""The little of SVG that the pictures need. Widths are estimates: a picture must not need a browser to be laid out."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import escape

FONT = "Inter,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
INK = "#1f2933"
FAINT = "#7b8794"
HAIR = "#cbd2d9"
HALO = ".halo{stroke-width:4px;stroke-linejoin:round;paint-order:stroke}"
"""What a text is given that stands on a line, for all texts of a picture at once."""

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NARROW = frozenset("iljtfrI.,:;'|!()[]/ ")


def legible(text: object) -> str:
    """Text without the characters that XML cannot carry."""
    return _NOT_XML.sub("\ufffd", str(text))


@lru_cache(maxsize=16384, typed=True)  # a run says the same words in picture after picture
def clean(text: object) -> str:
    """Text that may stand in XML, escaped."""
    return escape(legible(text), quote=True)


@lru_cache(maxsize=4096)  # the same labels stand in every diagram of a run
def width(text: str, size: float, bold: bool = False) -> float:
    """About how wide a text is in the widest of the fonts, in pixels."""
    return sum(_ems(char) for char in text) * size * (1.1 if bold else 1)


@cache
def _ems(char: str) -> float:
    if char in _NARROW:
        return 0.36
    return 0.95 if char > "\u2000" else 0.76 if char.isupper() or char in "mw\u00d7" else 0.61


def cut(text: str, size: float, room: float) -> str:
    """The text, shortened with an ellipsis to fit into so many pixels."""
    if width(text, size) <= room:
        return text
    while text and width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


@lru_cache(maxsize=1024)
def wrapped(text: str, size: float, room: float, most: int) -> tuple[str, ...]:
    """The text in at most so many lines; what does not fit ends in an ellipsis."""
    result: list[str] = []
    words = text.split()
    while words and len(result) < most:
        line = [words.pop(0)]
        while words and width(" ".join([*line, words[0]]), size) <= room:
            line.append(words.pop(0))
        result.append(" ".join(line))
    if words:
        result[-1] = cut(result[-1] + " " + " ".join(words), size, room)
    return tuple(cut(line, size, room) for line in result)


def text(  # noqa: PLR0913 - these are the attributes of the element
    x: float,
    y: float,
    said: object,
    size: float = 12,
    fill: str = INK,
    *,
    anchor: str = "",
    weight: int = 0,
    style: str = "",
    halo: str = "",
    title: object = None,
) -> str:
    """A text element; `halo` is the colour around its letters, `title` tells it in full when pointed at."""
    told = f"<title>{clean(title)}</title>" if title and title != said else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" {_type(size, fill, anchor, weight, style, halo)}>{told}{clean(said)}</text>'


@lru_cache(maxsize=256)  # a picture has a dozen
def _type(size: float, fill: str, anchor: str, weight: int, style: str, halo: str) -> str:
    parts = [f'font-size="{size:g}" fill="{fill}"']
    parts += [f'text-anchor="{anchor}"'] if anchor else []
    parts += [f'font-weight="{weight}"'] if weight else []
    parts += [f'font-style="{style}"'] if style else []
    parts += [f'stroke="{halo}" class="halo"'] if halo else []
    return " ".join(parts)


def box(  # noqa: PLR0913 - these are the attributes of the element
    x: float, y: float, w: float, h: float, fill: str, *, stroke: str = "none", radius: float = 0, dash: str = ""
) -> str:
    """A rectangle."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="{radius}" fill="{fill}" '
        f'stroke="{stroke}"{dashed}/>'
    )


def line(x1: float, y1: float, x2: float, y2: float, stroke: str, thick: float = 1, dash: str = "") -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" '
        f'stroke-width="{thick:g}"{dashed}/>'
    )


def tip(x: float, y: float, way: int, ink: str, dash: str = "") -> str:
    """The head of an arrow that ends at x, y; `way` is 1 to the right, -1 to the left. A dashed arrow's is hollow."""
    fill = "#ffffff" if dash else ink
    return f'<path d="M{x - way * 1.5:.1f},{y:.1f} l{-way * 9},-4.5 v9 z" fill="{fill}" stroke="{ink}"/>'


def pill(x: float, y: float, said: str, ink: str, paper: str, size: float = 11) -> tuple[str, float]:
    """A rounded chip with its upper left corner at x, y, and its width."""
    wide = width(said, size, bold=True) + 12
    chip = box(x, y, wide, size + 8, paper, stroke=ink, radius=(size + 8) / 2)
    return chip + text(x + wide / 2, y + size + 1.5, said, size, ink, anchor="middle", weight=600), wide


def picture(w: float, h: float, title: str, body: list[str]) -> str:
    """A whole SVG on its own light card, so it reads the same on a light and a dark page."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{w:.0f}" height="{h:.0f}" viewBox="0 0 {w:.0f} {h:.0f}" '
        f'font-family="{FONT}" role="img"><title>{clean(title)}</title><style>{HALO}</style>'
        + box(0.5, 0.5, w - 1, h - 1, "#ffffff", stroke=HAIR, radius=10)
        + "".join(body)
        + "</svg>\n"
    )
