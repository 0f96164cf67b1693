"""What follows a process that needs a fallback, where a Fallback Manager was named (GR clauses 4.1.3 and 5.9).

It belongs to no plan: whatever went wrong in whichever of them, the restoration point is handed over.
"""

from __future__ import annotations

from harness.smm.plans.model import Recovery, Step

GIVE_UP = Recovery("continue")
REQUEST = Step(
    id="request-fallback",
    row="5.9.5-1#begin",
    operation="request-fallback",
    on={"transient": Recovery("retry", ("request-fallback",), otherwise=GIVE_UP)},
)
AWAIT = Step(
    id="await-fallback",
    row="5.9.5-1#end",
    operation="await-fallback",
    idempotent=True,
    parameters={"timeout": 300},
    on={"transient": Recovery("retry", ("await-fallback",), otherwise=GIVE_UP)},
)
HAND_OVER = {step.id: step for step in (REQUEST, AWAIT)}
