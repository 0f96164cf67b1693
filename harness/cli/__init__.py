"""The command line: one module a command, each importing what is heavy only when it runs."""

from harness.cli.entry import main

__all__ = ["main"]
