"""`manolab lab`: the lab served for a person, or for an SMM that is tried by hand."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harness.cli import containers, export
from harness.cli.columns import aligned
from harness.cli.failures import MET
from harness.cli.labs import BACKENDS

if TYPE_CHECKING:
    from mocks.lab.lab import Lab


@click.group("lab", short_help="Serve the mock NFV-MANO lab.")
def command() -> None:
    """The mock NFV-MANO lab by itself."""


for _one in (*containers.COMMANDS, export.export):
    command.add_command(_one)


@command.command("up")
@click.option("--topology", type=click.Path(path_type=Path), help="A topology file; default: the lab as it comes.")
@click.option(
    "--transport", type=click.Choice(["sockets"]), default="sockets", show_default=True, help="How it is served."
)
@click.option(
    "--backend", type=click.Choice(BACKENDS), default="embedded", show_default=True, help="Where the mocks live."
)
@click.option(
    "--record", type=click.Path(path_type=Path, file_okay=False), help="Write history.jsonl into this folder."
)
@click.option("--json", "as_json", is_flag=True, help="Print the endpoints as one JSON object.")
def up(topology: Path | None, transport: str, backend: str, record: Path | None, as_json: bool) -> int:
    """Serve the lab until Ctrl-C, on loopback or the gateway of its containers; prints endpoints and tokens."""
    from harness.cli.labs import opened

    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with opened(topology, transport, backend) as lab:
        lab.begin(record, {"name": "manolab lab up"})
        _show(_facts(lab), as_json)
        ended.wait()
        lab.end()
    if not as_json:
        click.echo("\nlab ended")
    return MET


def _facts(lab: Lab) -> dict[str, Any]:
    return {
        "actors": {actor.name: {"type": actor.type, "url": actor.url} for actor in lab.actors.values()},
        "adminToken": lab.admin_token,
        "smm": {"clientId": "smm", "clientSecret": lab.client_secret("smm"), "accessToken": _token(lab, "smm")},
    }


def _token(lab: Lab, actor: str) -> str:
    return str(lab.session(actor).headers["Authorization"]).removeprefix("Bearer ")


def _show(facts: dict[str, Any], as_json: bool) -> None:
    if as_json:
        import json

        click.echo(json.dumps(facts))
        return
    for line in aligned((name, actor["type"], actor["url"]) for name, actor in facts["actors"].items()):
        click.echo(f"  {line}")
    click.echo(f"\nadmin token (for /lab/v1: faults, holds, resets)  {facts['adminToken']}")
    click.echo(f"access token of the SMM (or any actor's services) {facts['smm']['accessToken']}")
    click.echo(f"client secret of the SMM (POST /oauth2/token)      {facts['smm']['clientSecret']}")
    click.echo("\nCtrl-C ends the lab.")
