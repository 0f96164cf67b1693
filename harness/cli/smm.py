"""`manolab smm`: the reference SMM at work in a lab, watched live; nothing is judged here."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from harness.cli.columns import aligned
from harness.cli.failures import FAILED, MET, Failure, UnknownWord, WrongUse
from harness.cli.labs import BACKENDS, TRANSPORTS

if TYPE_CHECKING:
    from harness.smm.plans import Plan
    from mocks.lab.lab import Lab

NEWS = "SoftwareModificationProcessNotification"
PATIENCE = 600.0
"""Lab seconds without news after which the SMM is taken to be stuck; more than any time-out of a plan."""


@click.group("smm", short_help="Watch the reference SMM go through an execution plan.")
def command() -> None:
    """The reference Software Modification Manager and its execution plans."""


@command.command("plans")
def plans() -> int:
    """List the execution plans that manolab comes with."""
    from harness.smm.plans import builtin

    for line in aligned((plan.id, plan.title) for plan in builtin().values()):
        click.echo(line)
    return MET


@command.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, show_default=True, help="0: the system chooses.")
@click.option("--url", default="", help="Where entities reach the SMM for callbacks; default: host and port.")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="Keep the journal here.")
def serve(host: str, port: int, url: str, folder: Path | None) -> int:
    """Serve the reference SMM until Ctrl-C; prints its URL.

    It learns who is around by PUT /smm/v1/inventory. Killed and served again on the same folder, it goes on.
    """
    import signal
    import threading

    from harness.clients.errors import ClientError
    from harness.smm.service import Service, Settings
    from harness.sut import SubjectError

    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    try:
        service = Service(Settings(host, port, folder, url))
        service.start()
    except SubjectError as error:
        raise WrongUse(str(error)) from None
    except OSError as error:
        raise WrongUse(f"--folder {folder}: {error.strerror or error}") from None
    except ClientError as error:
        raise Failure(f"the SMM has no token for the processes it is to go on with: {error}") from None
    click.echo(service.url)
    ended.wait()
    service.stop()
    return MET


@command.command("run")
@click.argument("plan")
@click.option(
    "--lab",
    "backend",
    type=click.Choice(BACKENDS),
    default="embedded",
    show_default=True,
    help="Where the mocks and the SMM live.",
)
@click.option("--topology", type=click.Path(path_type=Path), help="A topology file; default: the lab as it comes.")
@click.option(
    "--transport", type=click.Choice(TRANSPORTS), help="How; default: direct, and sockets where they are processes."
)
@click.option("--target", default="vnfm", show_default=True, help="The entity whose software is modified.")
@click.option("--to", "version", default="2.0.0", show_default=True, help="The destination version.")
@click.option("--fault", "faults", multiple=True, metavar="ACTOR:FAULT", help="Arm a fault, e.g. tester:failed-test.")
@click.option("--record", type=click.Path(path_type=Path, file_okay=False), help="Keep history.jsonl in this folder.")
def run(  # noqa: PLR0913 - a command line has as many parameters as options
    plan: str,
    backend: str,
    topology: Path | None,
    transport: str | None,
    target: str,
    version: str,
    faults: tuple[str, ...],
    record: Path | None,
) -> int:
    """Watch the reference SMM go through PLAN, a file or the id of a plan, row by row.

    Ends with 0 when the destination version was committed, 1 otherwise.
    """
    from harness.cli import terminal, watch
    from harness.cli.labs import check_backend, opened

    check_backend(backend)
    chosen = _plan(plan)
    steps = [(step.row, step.id) for step in chosen.modification.steps]
    with opened(topology, transport, backend) as lab, tempfile.TemporaryDirectory(prefix="manolab-smm-") as scratch:
        request = _request(lab, chosen, target, version)
        title = f"{chosen.title}: {target} to {version}"
        with _hosted(lab, Path(scratch)) as smm:
            lab.begin(record, {"name": f"manolab smm run {chosen.id}"})
            _arm(lab, faults)
            with watch.view(steps, title, terminal.moves(sys.stdout)) as view:
                for entry in _news(lab, smm, request):
                    view.heard(entry["at"], entry["request"])
                    last = entry["request"]
            lab.settle(PATIENCE)
            lab.end()
    outcome, reason = last.get("outcome"), last.get("reason")
    click.echo(f"{last['state']}: {outcome}" + (f" ({reason})" if reason else ""))
    return MET if outcome == "DESTINATION_COMMITTED" else FAILED


def _plan(name: str) -> Plan:
    from harness.smm.plans import PlanError, builtin, load

    known = builtin()
    if name in known:
        return known[name]
    if not Path(name).is_file():
        raise UnknownWord("plan file or plan", name, known)
    try:
        return load(Path(name))
    except PlanError as error:
        raise WrongUse(str(error)) from None


def _request(lab: Lab, plan: Plan, target: str, version: str) -> dict[str, Any]:
    concerned = lab.topology.targets
    if target not in concerned:
        raise UnknownWord("target", target, concerned)
    testers = [actor.name for actor in lab.actors.values() if actor.type == "TESTER"]
    if not testers:
        raise WrongUse("the topology has no actor of type TESTER", hint="a software modification needs one")
    return {
        "plan": dict(plan.source),
        "target": target,
        "destinationSoftwareVersion": version,
        "resourceProvider": concerned[target].provider,
        "tester": testers[0],
        "impacted": list(concerned[target].impacted),
        "commit": "automatic",
    }


def _arm(lab: Lab, faults: tuple[str, ...]) -> None:
    from mocks.lab.errors import LabError

    for spec in faults:
        actor, _, fault = spec.partition(":")
        try:
            lab.control(actor).arm({"fault": fault})
        except LabError as error:
            raise WrongUse(f"--fault {spec}: {error}") from None


@contextmanager
def _hosted(lab: Lab, folder: Path) -> Iterator[str]:
    """The URL of the reference SMM, which is brought up beside the mocks, and the observer with it."""
    from harness.clients.entities import Endpoint
    from harness.smm import create
    from harness.sut import Surroundings

    lab.host("observer", "OBSERVER", _listen)
    url = lab.host("smm", "SMM", _listen).url
    inventory = {name: Endpoint(actor.type, actor.url) for name, actor in lab.actors.items()}
    if lab.backend != "embedded":
        yield lab.host("smm", "SMM", lab.launch("smm", "harness.smm.service")).url
        return
    with closing(create(Surroundings(lab.session("smm"), lab.new_clock(), inventory, url, folder))) as smm:
        yield lab.host("smm", "SMM", smm).url


def _listen(_environ: Mapping[str, Any], start_response: Any) -> list[bytes]:
    """What the observer answers to everything; what it heard stands in the history."""
    start_response("204 No Content", [])
    return []


def _news(lab: Lab, smm: str, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Start the process and yield each notification of it, the last one included."""
    from harness.cli.watch import ENDS
    from harness.clients import ClientError
    from harness.clients.http import Http
    from harness.clients.process import Processes

    processes = Processes(Http(lab.session("observer"), smm, lab.new_clock()))
    try:
        processes.subscribe(f"{lab.actors['observer'].url}/callbacks/processes")
        process = processes.launch(request)
    except ClientError as error:
        raise WrongUse(f"the SMM refused to start: {error}") from None
    since = 0
    while True:
        entry = lab.wait_for(lambda e: _is_news(e, process), PATIENCE, since=since)
        if entry is None:
            raise Failure(
                f"the SMM said nothing more for {PATIENCE:.0f} lab seconds; process {process} is not at an end"
            )
        yield entry
        since = entry["n"]
        if entry["request"]["state"] in ENDS:
            return


def _is_news(entry: Mapping[str, Any], process: str) -> bool:
    body = entry.get("request") or {}
    return entry.get("to") == "observer" and body.get("notificationType") == NEWS and body.get("processId") == process
