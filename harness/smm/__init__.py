"""The reference Software Modification Manager.

    app = create(surroundings)          # a WSGI app: smm/v1 and the SMM's callbacks

How it works: an execution plan (plans/*.yaml) names abstract operations (operations/); `decide` says from plan and
journal what comes next; the engine does it and journals first. Nothing blocks: notifications, time-outs and restarts
bring the loop back.

A mutant is the same with one thing replaced: `create(surroundings, operations={**OPERATIONS, "run-tests": Wrong()})`,
or `create(surroundings, decide=wrong)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from harness.callbacks import Callbacks
from harness.smm.decide import Decide, decide
from harness.smm.manager import Smm
from harness.smm.northbound import ENVIRON, app
from harness.smm.operations import OPERATIONS, Operation
from harness.sut.surroundings import Surroundings

__all__ = ["OPERATIONS", "Subject", "create", "decide"]


class Subject:
    """An SMM as a WSGI app; `smm` is what is behind it."""

    def __init__(self, smm: Smm) -> None:
        self.smm = smm
        self._app = Callbacks(app(), smm)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ[ENVIRON] = self.smm
        return self._app(environ, start_response)

    def close(self) -> None:
        """Let go of the journal; processes under way can be picked up by another SMM on the same folder."""
        self.smm.close()


def create(
    surroundings: Surroundings, *, operations: Mapping[str, Operation] = OPERATIONS, decide: Decide = decide
) -> Subject:
    """Make an SMM in its surroundings; processes that its folder's journal knows are picked up.

    Raises ClientError when what it kept says where to get a token, and none comes from there.
    """
    smm = Smm(surroundings, operations, decide)
    try:
        smm.pick_up()
    except BaseException:
        smm.close()
        raise
    return Subject(smm)
