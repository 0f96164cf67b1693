"""`manolab spec`: the editor's desk. Each subcommand is one module here, imported when it is asked for."""

from __future__ import annotations

import importlib

import click

from harness.cli.failures import UnknownWord

COMMANDS = {
    "read": "harness.cli.spec.reading",
    "lint": "harness.cli.spec.linting",
    "coverage": "harness.cli.spec.covering",
    "diff": "harness.cli.spec.differing",
    "whatif": "harness.cli.spec.failing",
    "draw": "harness.cli.spec.drawing",
    "report": "harness.cli.spec.reporting",
}
"""Each subcommand's module; its `command` is the click command."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = importlib.import_module(COMMANDS[cmd_name]).command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            raise UnknownWord("command of manolab spec", args[0], COMMANDS)
        return super().resolve_command(ctx, args)


@click.group("spec", cls=_Commands, short_help="Read a document, and find what is wrong in its flows.")
def command() -> None:
    """For those who edit the standard: read a document (DOCX, Markdown or text), find its defects, draw its flows."""
