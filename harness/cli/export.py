"""`manolab lab export`: a lab that docker-compose or Kubernetes brings up."""

from __future__ import annotations

from pathlib import Path

import click

from harness.cli.failures import MET, WrongUse

STDOUT = "-"
FILE = {"type": click.Path(allow_dash=True, dir_okay=False), "is_flag": False, "flag_value": STDOUT}


@click.command("export")
@click.option("--compose", **FILE, metavar="[FILE]", help="A docker-compose file; without FILE to standard output.")  # type: ignore[arg-type]
@click.option("--k8s", **FILE, metavar="[FILE]", help="Kubernetes manifests; without FILE to standard output.")  # type: ignore[arg-type]
@click.option("--topology", type=click.Path(path_type=Path), help="A topology file; default: the lab as it comes.")
@click.option("--image", help="The image, as it is called where the lab will run; default: as 'lab build' calls it.")
@click.option(
    "--port", type=click.IntRange(1024, 60000), default=8100, show_default=True, help="The first port of the actors."
)
def export(compose: str | None, k8s: str | None, topology: Path | None, image: str | None, port: int) -> int:
    """Write a lab from a topology as a file for docker-compose or Kubernetes, the reference SMM included.

    How to bring it up stands at the head of the file. Secrets are not in it; they come from outside.
    """
    from harness.cli.labs import check_topology
    from mocks.lab import topology as topologies
    from mocks.lab.errors import LabError
    from mocks.lab.export.compose import compose_file
    from mocks.lab.export.kubernetes import manifests
    from mocks.lab.image import IMAGE

    if compose is None and k8s is None:
        raise WrongUse("say what to write", hint="--compose [FILE], --k8s [FILE], or both")
    check_topology(topology)
    loaded = topologies.load(topology or topologies.DEFAULT)
    try:
        for make, where in ((compose_file, compose), (manifests, k8s)):
            if where is not None:
                _write(make(loaded, image or IMAGE, port), where)
    except LabError as error:
        raise WrongUse(str(error)) from None
    return MET


def _write(text: str, where: str) -> None:
    if where == STDOUT:
        click.echo(text, nl=False)
        return
    try:
        Path(where).write_text(text, encoding="utf-8")
    except OSError as error:
        raise WrongUse(f"{where} cannot be written: {error.strerror}") from None
    click.echo(f"{where} is written; how to bring it up stands at its head")
