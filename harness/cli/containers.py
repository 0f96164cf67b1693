"""`manolab lab build | ls | logs | down`: the image of the mocks, and what labs have on a Docker engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from harness.cli.columns import many
from harness.cli.failures import MET, Broken, WrongUse

if TYPE_CHECKING:
    from mocks.lab.owner import Owner


@click.command("build")
@click.option("--base", help="The base image, or debian-rootfs: made here with mmdebstrap. Default: python:3.11-slim.")
def build(base: str | None) -> int:
    """Build the image of the mocks for --backend docker, with the Docker engine that answers (DOCKER_HOST)."""
    from harness.cli import building
    from mocks.lab import docker_engine, image

    with _client() as client, docker_engine.said_plainly("build the image"):
        building.show(image.build(client, base or image.BASE))
    click.echo(f"{image.IMAGE} is there; use it: manolab run --backend docker")
    return MET


@click.command("ls")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
def ls(as_json: bool) -> int:
    """List the labs that have anything on the Docker engine: their age, whose they are, and their containers.

    A lab is `at work`, `dead` (its process is gone) or `elsewhere` (another machine's: nothing is known of it here).
    """
    import json

    from mocks.lab import docker_engine
    from mocks.lab.owner import DEAD

    with _client() as client:
        labs = docker_engine.left(client.api)
    if as_json:
        facts = [
            {
                "run": lab.run,
                "owner": {"host": lab.owner.host, "process": lab.owner.process, "fate": lab.owner.fate},
                "since": lab.since,
                "ageSeconds": round(lab.age),
                "actors": dict(lab.containers),
            }
            for lab in labs
        ]
        click.echo(json.dumps(facts))
        return MET
    for lab in labs:
        click.echo(f"{lab.run}  {_age(lab.age):>8}  {_whose(lab.owner)}  {many(len(lab.containers), 'container')}")
        for actor, status in sorted(lab.containers.items()):
            click.echo(f"  {actor:<12} {status}")
    if not labs:
        click.echo("no lab on this engine")
    elif any(lab.owner.fate == DEAD for lab in labs):
        click.echo("what is dead is removed by: manolab lab down --dead")
    return MET


UNITS = (("d", 86400), ("h", 3600), ("min", 60), ("s", 1))


def _age(seconds: float) -> str:
    unit, length = next((one for one in UNITS if seconds >= one[1]), UNITS[-1])
    return f"{int(seconds // length)} {unit}"


def _whose(owner: Owner) -> str:
    return f"{owner.fate} (process {owner.process} of {owner.host or 'an unknown machine'})"


@click.command("logs")
@click.argument("run")
@click.argument("actor", required=False)
def logs(run: str, actor: str | None) -> int:
    """Print what the containers of the lab RUN wrote (or that of one ACTOR)."""
    from mocks.lab import docker_engine

    with _client() as client:
        api = client.api
        found = {one["Labels"]["manolab.actor"]: one["Id"] for one in docker_engine.containers(api, run)}
        wanted = [actor] if actor else sorted(found)
        unknown = [name for name in wanted if name not in found] or ([run] if not found else [])
        if unknown:
            raise WrongUse(f"no container of {unknown[0]!r} in the lab {run}", hint="'manolab lab ls' lists them")
        for name in wanted:
            for line in api.logs(found[name]).decode(errors="replace").splitlines():
                click.echo(f"{name}: {line}")
    return MET


@click.command("down")
@click.argument("runs", nargs=-1)
@click.option("--dead", is_flag=True, help="Every lab whose process on this machine is gone.")
@click.option("--all", "everything", is_flag=True, help="Every lab on this engine, those at work included.")
def down(runs: tuple[str, ...], dead: bool, everything: bool) -> int:
    """Remove what the labs RUNS have on the Docker engine; nothing that is not a lab's is touched."""
    from mocks.lab import docker_engine
    from mocks.lab.owner import DEAD

    if sum((bool(runs), dead, everything)) != 1:
        raise WrongUse("say which labs to remove, or --dead, or --all", hint="'manolab lab ls' lists them")
    with _client() as client:
        there = {lab.run: lab.owner.fate for lab in docker_engine.left(client.api)}
        for run in runs:
            if run not in there:
                raise WrongUse(f"no lab {run!r} on this engine", hint="'manolab lab ls' lists them")
        for run in runs or [run for run, fate in there.items() if everything or fate == DEAD]:
            docker_engine.remove(client.api, run)
            click.echo(f"removed {run}")
    return MET


@contextmanager
def _client() -> Iterator[Any]:
    """A client of the engine, closed at the end; what the engine refuses is said in one message."""
    from mocks.lab import docker_engine
    from mocks.lab.errors import LabError

    try:
        client = docker_engine.connect()
        try:
            yield client
        finally:
            client.close()
    except LabError as error:
        raise Broken(str(error)) from None


COMMANDS = (build, ls, logs, down)
