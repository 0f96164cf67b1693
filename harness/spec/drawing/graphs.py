"""The graph of a flow: its rows, the rows of the rollback that takes it back, where that is entered, and the holes."""

from __future__ import annotations

from typing import Literal

from harness.spec.drawing.model import Graph, Node
from harness.spec.drawing.sequences import label, require_flow
from harness.spec.model import Document, Row, Table
from harness.spec.world.pairing import entries, failing, forward_of, rollback_of


def graph(document: Document, flow: Table, rollback: Table | None = None) -> Graph:
    """The graph of a forward flow and its rollback; without `rollback` that which the document has for it.

    A rollback in the place of the flow stands for the flow that it takes back. ValueError for a table that is no flow.
    """
    require_flow(flow)
    if rollback is None and flow.is_rollback and (taken_back := forward_of(document, flow)) is not None:
        flow, rollback = taken_back, flow
    back = rollback or rollback_of(document, flow)
    if back is None:
        return Graph(flow.id, flow.caption, tuple(_node(flow, row) for row in flow.rows))
    require_flow(back)
    led = {str(step): row.number for step, row in entries(back).items()}
    forward = tuple(_node(flow, row, _hole(flow, row, led)) for row in flow.rows)
    rows = tuple(_node(back, row) for row in back.rows)
    other = forward_of(document, back) if led else flow
    counted = other.id if other is not None and other is not flow else ""
    return Graph(flow.id, flow.caption, forward, back.id, back.caption, rows, led, not led, counted)


def _node(table: Table, row: Row, hole: Literal["", "fails", "open"] = "") -> Node:
    return Node(table.ref(row), row.number, label(row), hole, row.at)


def _hole(flow: Table, row: Row, led: dict[str, str]) -> Literal["", "fails", "open"]:
    """Whether a row has no entry, which can only be said of a rollback that has entries."""
    if not led or not row.number.isdigit() or row.number in led:
        return ""
    return "fails" if int(row.number) in failing(flow) else "open"
