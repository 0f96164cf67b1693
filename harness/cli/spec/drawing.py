"""`manolab spec draw`: the flows of a document as pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.cli.failures import MET, WrongUse
from harness.cli.spec.documents import FILE, flow_of, opened

if TYPE_CHECKING:
    from harness.spec.drawing import Graph, Sequence
    from harness.spec.model import Document, Table

FORMATS = {"svg": ".svg", "png": ".png", "mermaid": ".mmd", "plantuml": ".puml"}
"""Each form, and how the names of its files end."""
ENDINGS = {ending: form for form, ending in FORMATS.items()} | {".mermaid": "mermaid", ".plantuml": "plantuml"}


@click.command("draw", short_help="Draw the flows of a document.")
@FILE
@click.argument("table", required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to; default: stdout.")
@click.option(
    "--all", "folder", type=click.Path(path_type=Path, file_okay=False), help="Draw every flow, into a folder."
)
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), help="Default: by the ending of --output, else svg."
)
@click.option("--graph", is_flag=True, help="Draw the flow's rows, its rollback's, the entries (At #) and the holes.")
@click.option(
    "--observed",
    type=click.Path(path_type=Path, file_okay=False),
    help="A run (manolab-out/runs/<scenario>) to lay beside the flow, row by row.",
)
def command(
    file: Path,
    table: str | None,
    output: Path | None,
    folder: Path | None,
    form: str | None,
    graph: bool,
    observed: Path | None,
) -> int:
    """Draw the flow TABLE (5.3.3.5-1, or 5.3.3.5) of FILE as a sequence diagram, in the document's own words.

    SVG, Mermaid and PlantUML are text; PNG needs the extra `spec`. Ends with 0, or 64 for what cannot be drawn.
    """
    _require_sense(table, output, folder, graph, observed)
    document = opened(file)
    if folder is not None:
        return _all(document, folder, form or "svg", graph)
    chosen = _flow(document, table or "")
    form = form or _by_ending(output)
    if form == "png" and output is None:
        raise WrongUse("a PNG is no text to print", hint="say where to: -o flow.png")
    drawn = _observed(_drawn(document, chosen, graph), observed, chosen)
    written = _written(drawn, form)
    if output is None:
        click.echo(written, nl=False)
    else:
        _write(output, written)
    return MET


def _require_sense(
    table: str | None, output: Path | None, folder: Path | None, graph: bool, observed: Path | None
) -> None:
    """Raises WrongUse where options and arguments do not go together."""
    if folder is not None:
        wrong = [word for word, given in (("TABLE", table), ("--output", output), ("--observed", observed)) if given]
        if wrong:
            raise WrongUse(f"--all and {wrong[0]} do not go together", hint="--all draws every flow, each to a file")
    if graph and observed:
        raise WrongUse(
            "--graph and --observed do not go together", hint="a run is laid beside a sequence: leave --graph out"
        )


def _by_ending(output: Path | None) -> str:
    if output is None:
        return "svg"
    if output.suffix.lower() not in ENDINGS:
        raise WrongUse(
            f"--output {output}: its ending tells no form", hint=f"end it in {', '.join(ENDINGS)}, or give --format"
        )
    return ENDINGS[output.suffix.lower()]


def _flow(document: Document, asked: str) -> Table:
    """The flow that was asked for; WrongUse when none was, or there is no such flow."""
    if not asked:
        there = ", ".join(table.id for table in document.flows)
        raise WrongUse(
            "which flow is to be drawn? name a TABLE, or draw all with --all DIR",
            hint=f"the document has {there or 'none'}",
        )
    return flow_of(document, asked)


def _drawn(document: Document, table: Table, graph: bool) -> Sequence | Graph:
    from harness.spec import drawing

    return drawing.graph(document, table) if graph else drawing.sequence(document, table)


def _observed(drawn: Sequence | Graph, folder: Path | None, table: Table) -> Sequence | Graph:
    from harness.cli.spec.observing import observed
    from harness.spec import drawing

    if folder is None or not isinstance(drawn, drawing.Sequence):
        return drawn
    return drawing.beside(drawn, observed(folder, table))


def _written(drawn: Sequence | Graph, form: str) -> str | bytes:
    from harness.spec import drawing

    try:
        if form == "png":
            return drawing.png(drawing.svg(drawn))
    except drawing.NoPicture as error:
        raise WrongUse(str(error), hint=error.hint) from None
    return {"svg": drawing.svg, "mermaid": drawing.mermaid, "plantuml": drawing.plantuml}[form](drawn)


def _all(document: Document, folder: Path, form: str, graph: bool) -> int:
    """Every flow into a file of its own; with `graph` every flow that is no rollback itself."""
    for table in document.flows:
        if graph and table.is_rollback:
            continue
        name = f"{table.id}{'-graph' if graph else ''}{FORMATS[form]}"
        _write(folder / name, _written(_drawn(document, table, graph), form))
    return MET


def _write(path: Path, written: str | bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written.encode() if isinstance(written, str) else written)
    except OSError as error:
        raise WrongUse(f"{path}: cannot be written: {error.strerror}") from None
    click.echo(path)
