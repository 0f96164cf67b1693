"""A sequence or a graph as text: Mermaid, which GitHub and GitLab show, and PlantUML."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from functools import singledispatch
from itertools import pairwise

from harness.spec.drawing.model import Evidence, Graph, Node, Sequence, Step
from harness.svg import legible

ROOM = 60  # characters of a line of a label
MERMAID_ARROWS = {"message": "->>", "peer": "<<->>", "effect": "-->>"}
PLANTUML_ARROWS = {"message": "->", "peer": "<->", "effect": "-->"}
NEWLINE = "\\n"  # as PlantUML writes it in a label
MOST = 6  # messages told of a row's evidence


@singledispatch
def mermaid(drawn: object) -> str:
    """The Mermaid text of a sequence (sequenceDiagram) or a graph (flowchart)."""
    raise TypeError(f"neither a Sequence nor a Graph: {drawn!r}")


@singledispatch
def plantuml(drawn: object) -> str:
    """The PlantUML text of a sequence or a graph."""
    raise TypeError(f"neither a Sequence nor a Graph: {drawn!r}")


@mermaid.register
def _(drawn: Sequence) -> str:
    names = _names(drawn)
    lines = ["sequenceDiagram"]
    lines += [f"    participant {names[one.key]} as {_mermaid(one.name)}" for one in drawn.lifelines]
    for step in drawn.steps:
        said = _mermaid(f"{_number(step)} {step.label}", "<br/>")
        for arrow, words in zip(step.arrows, (said, *[_mermaid(step.number)] * len(step.arrows)), strict=False):
            lines.append(f"    {names[arrow.sender]}{MERMAID_ARROWS[arrow.kind]}{names[arrow.receiver]}: {words}")
        if not step.arrows:
            lines.append(f"    Note over {names[_over(step)]}: {said}")
        lines += [f"    Note over {names[_over(step)]}: {_mermaid(line, '<br/>')}" for line in _seen(drawn, step)]
    return "\n".join(lines) + "\n"


@plantuml.register
def _(drawn: Sequence) -> str:
    names = _names(drawn)
    lines = ["@startuml", f"title Table {drawn.table}: {_plantuml(drawn.caption)}"]
    lines += [f'participant "{_plantuml(one.name)}" as {names[one.key]}' for one in drawn.lifelines]
    for step in drawn.steps:
        said = _plantuml(f"{_number(step)} {step.label}", NEWLINE)
        for arrow, words in zip(step.arrows, (said, *[step.number] * len(step.arrows)), strict=False):
            lines.append(f"{names[arrow.sender]} {PLANTUML_ARROWS[arrow.kind]} {names[arrow.receiver]} : {words}")
        if not step.arrows:
            lines.append(f"note over {names[_over(step)]} : {said}")
        lines += [f"note over {names[_over(step)]} : {_plantuml(line, NEWLINE)}" for line in _seen(drawn, step)]
    return "\n".join([*lines, "@enduml"]) + "\n"


@mermaid.register
def _(drawn: Graph) -> str:
    lines = ["flowchart LR"]
    for side, title, nodes in _sides(drawn):
        ids = _ids(side, nodes)
        lines.append(f'    subgraph {side.upper()}["{_mermaid(title)}"]')
        lines.append("        direction TB")
        lines += [f'        {key}["{_mermaid(_told(node), "<br/>")}"]' for key, node in zip(ids, nodes, strict=True)]
        lines += [f"        {one} --> {two}" for one, two in pairwise(ids)]
        lines.append("    end")
    lines += [f"    {step} -.-> {row}" for step, row in _entries(drawn)]
    if drawn.whole and drawn.back:
        lines.append("    F -.-> R")
    lines.append("    classDef fails fill:#fde2e1,stroke:#c1121f")
    lines.append("    classDef open fill:#eceff2,stroke:#57606a,stroke-dasharray:4 3")
    forward = zip(_ids("f", drawn.forward), drawn.forward, strict=True)
    lines += [f"    class {key} {node.hole}" for key, node in forward if node.hole]
    return "\n".join(lines) + "\n"


@plantuml.register
def _(drawn: Graph) -> str:
    fill = {"": "", "fails": " #fde2e1", "open": " #eceff2"}
    lines = ["@startuml", f"title Table {drawn.flow}: {_plantuml(drawn.caption)}", "left to right direction"]
    for side, title, nodes in _sides(drawn):
        ids = _ids(side, nodes)
        lines.append(f'rectangle "{_plantuml(title)}" as {side.upper()} {{')
        lines += [
            f'  rectangle "{_plantuml(_told(node), NEWLINE)}" as {key}{fill[node.hole]}'
            for key, node in zip(ids, nodes, strict=True)
        ]
        lines.append("}")
        lines += [f"{one} -down-> {two}" for one, two in pairwise(ids)]
    lines += [f"{step} ..> {row}" for step, row in _entries(drawn)]
    if drawn.whole and drawn.back:
        lines.append("F ..> R")
    return "\n".join([*lines, "@enduml"]) + "\n"


def _names(drawn: Sequence) -> dict[str, str]:
    """An identifier for each lifeline."""
    return {one.key: f"p{number}" for number, one in enumerate(drawn.lifelines, 1)}


def _over(step: Step) -> str:
    """The lifeline a note lies over: whoever acts."""
    return step.arrows[0].sender if step.arrows else step.over[0]


def _number(step: Step) -> str:
    at = f" [at {step.at}]" if step.at else ""
    return f"({step.number}){at}"


def _seen(drawn: Sequence, step: Step) -> Iterator[str]:
    """What was observed of a step, in one note; nothing without a run."""
    if drawn.observed is None:
        return
    found = drawn.observed.rows.get(step.number)
    yield "observed: " + (_evidence(found) if found else "no evidence")


def _evidence(found: Evidence) -> str:
    told = [str(one) for one in found.exchanges[:MOST]]
    more = [f"{len(found.exchanges) - MOST} more"] if len(found.exchanges) > MOST else []
    why = [found.reason] if found.reason else []
    return "; ".join([f"{found.sign} {found.verdict}", *why, *told, *more])


def _told(node: Node) -> str:
    hole = {"": "", "fails": " [no entry]", "open": " [no entry]"}[node.hole]
    at = f" [at {node.at}]" if node.at else ""
    return f"{node.number}{at}{hole} {node.label}"


def _sides(drawn: Graph) -> Iterator[tuple[str, str, tuple[Node, ...]]]:
    yield "f", f"Table {drawn.flow}: {drawn.caption}", drawn.forward
    if drawn.back:
        yield "r", f"Table {drawn.rollback}: {drawn.rollback_caption}", drawn.back


def _ids(side: str, nodes: tuple[Node, ...]) -> list[str]:
    """An identifier for each node, by its number where that is one and stands once."""
    ids: list[str] = []
    for place, node in enumerate(nodes, 1):
        plain = f"{side}{node.number}"
        ids.append(plain if plain.isalnum() and plain.isascii() and plain not in ids else f"{side}_{place}")
    return ids


def _entries(drawn: Graph) -> Iterator[tuple[str, str]]:
    """The identifiers at the two ends of each entry, of the first where a number stands twice."""
    ends = {
        side: dict(reversed([*zip((node.number for node in nodes), _ids(side, nodes), strict=True)]))
        for side, _, nodes in _sides(drawn)
    }
    for step, row in (drawn.entries or {}).items():
        if step in ends["f"] and row in ends["r"]:
            yield ends["f"][step], ends["r"][row]


def _mermaid(text: str, newline: str = " ") -> str:
    """Text that Mermaid takes as text: its own marks as entities."""
    marks = {"#": "#35;", ";": "#59;", '"': "#quot;", "<": "#lt;", ">": "#gt;"}
    return newline.join("".join(marks.get(char, char) for char in line) for line in _lines(text))


def _plantuml(text: str, newline: str = " ") -> str:
    """Text that PlantUML takes as text: none of its marks, no line that is a command."""
    marks = {'"': "''", "\\": "/", "<": "<U+003C>", "~": "<U+007E>"}
    return newline.join("".join(marks.get(char, char) for char in line) for line in _lines(text))


def _lines(text: str) -> list[str]:
    return textwrap.wrap(legible(text), ROOM) or [""]
