"""A sequence or a graph as the text of an SVG file."""

from __future__ import annotations

from functools import singledispatch

from harness.spec.drawing import graph_picture, sequence_picture
from harness.spec.drawing.model import Graph, Sequence


@singledispatch
def svg(drawn: object) -> str:
    """The SVG of a sequence or a graph."""
    raise TypeError(f"neither a Sequence nor a Graph: {drawn!r}")


svg.register(Sequence, sequence_picture.picture)
svg.register(Graph, graph_picture.picture)
