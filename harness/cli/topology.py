"""`manolab topology`: says what is wrong with a topology file before a lab is made of it."""

from __future__ import annotations

from pathlib import Path

import click

from harness.cli.columns import folded, many
from harness.cli.failures import MET, WrongUse


@click.group("topology", short_help="Check a topology file.")
def command() -> None:
    """Topology files: which actors a lab has."""


@command.command("check")
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> int:
    """Check a topology FILE; every problem is named with its line."""
    from mocks.lab import topology

    try:
        found = topology.load(file)
    except topology.TopologyError as error:
        raise WrongUse(str(error)) from None
    actors = ", ".join(f"{name} ({actor.type})" for name, actor in found.actors.items())
    click.echo(folded(f"{file}: in order; {many(len(found.actors), 'actor')}: {actors}"))
    return MET
