"""`manolab test`: the project's own tests, in a checkout."""

from __future__ import annotations

import click


@click.command(
    "test", short_help="Run the project's own tests (in a checkout).", context_settings={"ignore_unknown_options": True}
)
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
def command(pytest_arguments: tuple[str, ...]) -> int:
    """Run the project's own tests, in a checkout; arguments are pytest's (default: all tests, -n 2)."""
    from harness.cli.checkout import run_tests

    return run_tests(pytest_arguments or ("-n", "2"))
