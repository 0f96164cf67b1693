"""What a target offers when something goes wrong, as its descriptor says (GR clause 5.3.6.2)."""

from __future__ import annotations

from typing import Literal

from harness.smm.operations.base import Context

Recovery = Literal["SUSPENSION", "RETRY", "ROLLBACK", "FALLBACK"]


def offers(context: Context, kind: Recovery) -> bool:
    """Whether the target offers this; one that says nothing of recovery is taken to offer everything."""
    return kind in (context.find("capability") or {}).get("recovery", (kind,))
