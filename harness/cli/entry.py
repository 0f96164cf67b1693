"""The `manolab` command itself: finds the command's module, and turns what happens into a message and an exit code."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from harness.cli import terminal
from harness.cli.failures import BROKEN, ENDED, MET, WRONG_USE, Failure, UnknownWord

COMMANDS = {
    "run": "harness.cli.run",
    "judge": "harness.cli.judge",
    "report": "harness.cli.report",
    "coverage": "harness.cli.coverage",
    "lab": "harness.cli.lab",
    "smm": "harness.cli.smm",
    "topology": "harness.cli.topology",
    "mutants": "harness.cli.mutants",
    "spec": "harness.cli.spec",
    "test": "harness.cli.test",
}
"""Each command's module; its `command` is the click command."""

PIPE_CLOSED = 141  # what a shell says of a program that SIGPIPE ended


class Commands(click.Group):
    """A group whose commands are imported when they are asked for, and listed in the order of the table."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        found: click.Command = importlib.import_module(module).command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            raise UnknownWord("command", args[0], COMMANDS)
        return super().resolve_command(ctx, args)


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"manolab {version('manolab')}")
        ctx.exit()


@click.group(
    cls=Commands,
    epilog="Exit codes: 0 all met, 1 a fail, 2 a verdict is missing, 64 wrong use, 70 the harness or the lab broke, "
    "130 ended by Ctrl-C.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Show the version and exit."
)
@click.pass_context
def manolab(context: click.Context) -> None:
    """Does an NFV-MANO entity, or a Software Modification Manager, get through a software modification as
    ETSI GR NFV-REL 011 describes, and do its services survive it? Judged row by row, with evidence."""
    context.color = terminal.colours()


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(outcome(args))


def outcome(args: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code, having said on stderr what went wrong."""
    try:
        code = manolab.main(args=args, prog_name="manolab", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return WRONG_USE
    except Failure as failure:
        click.echo(f"manolab: {failure}", err=True)
        return failure.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("manolab: ended", err=True)
        return ENDED
    except BrokenPipeError:
        # Whoever read our output went away; the interpreter must not try to flush to it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except Exception as error:  # a defect of manolab: say so in one line and keep the traceback
        click.echo(f"manolab: broke: {type(error).__name__}: {error}\n  traceback: {_traceback_file(args)}", err=True)
        return BROKEN
    return code if isinstance(code, int) else MET


def _traceback_file(args: Sequence[str] | None) -> str:
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="manolab-", suffix=".log", delete=False, encoding="utf-8") as file:
        shown: Any = sys.argv[1:] if args is None else list(args)
        file.write(f"manolab {' '.join(shown)}\nPython {sys.version}\n\n{traceback.format_exc()}")
    return file.name
