"""`python -m mocks.lab.access [ACTOR]` beside a lab that others run: an access token, for whoever may enter there.

`observer` by default; `lab-admin` is for the control API /lab/v1.
"""

from __future__ import annotations

import os
import sys

from mocks.lab.engine import SECRET
from mocks.wire.tokens import Tokens


def main() -> None:
    """Write the token to standard output."""
    actor = sys.argv[1] if len(sys.argv) > 1 else "observer"
    sys.stdout.write(Tokens(os.environ[SECRET]).issue(actor) + "\n")


if __name__ == "__main__":
    main()
