"""`python -m harness.cli`: the command line of a checkout that is not installed."""

from harness.cli.entry import main

main()
