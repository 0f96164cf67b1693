"""disk-full: the actor has no room to keep its state.

What would change its state is refused with 507 before anything of it is done, work in progress fails at its next step
with the reason, and reading goes on.
"""

from __future__ import annotations

from mocks.faults.effects import Fault, answer_still, go_on

FAULT = Fault("disk-full", at_request=answer_still, at_point=go_on, lasting="full", physical=True)
