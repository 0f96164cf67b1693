"""A target that consists of components, whose software is modified one by one (GR clause 5.3.6.2)."""

from __future__ import annotations

from harness.smm.operations.base import Context, Done, Failed, Operation, Outcome
from harness.smm.operations.recovery import offers


class FindComponents(Operation):
    """Find the components that run a version; the last that was modified comes first where `newest-first` is set.

    With `way-out` set, a target that can neither roll back nor fall back is not begun with.
    """

    def do(self, context: Context) -> Outcome:
        if context.parameter("way-out") and not (offers(context, "ROLLBACK") or offers(context, "FALLBACK")):
            return Failed(
                "refused", f"{context.launch.target} offers neither rollback nor fallback: there is no way out"
            )
        version, all_of_them = context.version(), context.target.software_modification.components()
        found = [{"component": one["name"]} for one in all_of_them if one.get("softwareVersion") == version]
        if not all_of_them:
            return Failed("refused", f"{context.launch.target} does not consist of components")
        return Done({"components": found[::-1] if context.parameter("newest-first") else found})


class CheckWayBack(Operation):
    """See that the target offers a software rollback, where there is something to take back."""

    def do(self, context: Context) -> Outcome:
        changed = [one["component"] for one in context.find("components") or []]
        if changed and not offers(context, "ROLLBACK"):
            return Failed("refused", f"{context.launch.target} offers no software rollback of {', '.join(changed)}")
        return Done()
