"""Draws the flows of a document: sequence diagrams, and the graph of a flow with its rollback.

    sequence(document, table) -> Sequence           who does what to whom, row by row (`model.Sequence`: plain data)
    beside(sequence, observation) -> Sequence       the same with what a run left as evidence for each row
    graph(document, flow, rollback=None) -> Graph   forward rows, rollback rows, entries ("At #") and holes
    svg(drawn), mermaid(drawn), plantuml(drawn)     either of them as text
    png(svg_text) -> bytes                          an SVG as a picture; NoPicture without the extra `spec`

`table`, `flow` and `rollback` are `harness.spec.model.Table` of kind flow; another kind raises ValueError. What is
drawn are the document's own words, which stand in no file of the project.
"""

from __future__ import annotations

from harness.spec.drawing.graphs import graph
from harness.spec.drawing.markup import mermaid, plantuml
from harness.spec.drawing.model import Arrow, Evidence, Exchange, Graph, Lifeline, Node, Observation, Sequence, Step
from harness.spec.drawing.pictures import svg
from harness.spec.drawing.raster import NoPicture, png
from harness.spec.drawing.sequences import beside, sequence

__all__ = [
    "Arrow",
    "Evidence",
    "Exchange",
    "Graph",
    "Lifeline",
    "NoPicture",
    "Node",
    "Observation",
    "Sequence",
    "Step",
    "beside",
    "graph",
    "mermaid",
    "plantuml",
    "png",
    "sequence",
    "svg",
]
