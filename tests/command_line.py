"""The command line as a process of its own, whatever is in the folder that it is run from."""

from __future__ import annotations

import sys

MANOLAB = (sys.executable, "-P", "-c", "from harness.cli import main; main()")
