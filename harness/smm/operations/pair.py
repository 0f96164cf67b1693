"""Two targets whose interface with each other is not compatible between versions (GR clause 5.4.2).

The process is launched for the first of them; its parameter `with` names the other. Steps that are done for each of
them are repeated in the plan: then source, destination and what other steps found are those of that one. What is here
concerns both at once, and comes about for both or for none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from harness.smm.operations.base import Context, Done, Failed, Operation, Outcome, Waiting
from harness.smm.operations.instances import CommitInstance
from harness.smm.operations.interfaces import AT_WORK, Changing, StartInterfaces, interface_paths, state_of

NEEDED = frozenset({"target", "destination", "destinationSoftwareVersion", "impacted"})


class FindPair(Operation):
    """Know the two targets, each with the instance that takes its place."""

    def do(self, context: Context) -> Outcome:
        launch, beside = context.launch, context.launch.parameters.get("with")
        if not isinstance(beside, Mapping) or not beside.keys() >= NEEDED:
            return Failed("refused", f"the launch request names no second target (with: {', '.join(sorted(NEEDED))})")
        known = context.entities.inventory
        actors = (str(beside["target"]), str(beside["destination"]), *map(str, beside["impacted"]))
        if strangers := [actor for actor in actors if actor not in known]:
            return Failed("refused", f"nobody knows {', '.join(strangers)}")
        first = {
            "target": launch.target,
            "destination": launch.destination_actor,
            "destinationSoftwareVersion": launch.destination,
            "impacted": list(launch.impacted),
            "restorationPointId": launch.restoration_point,
        }
        return Done({"members": [_beside(first, beside), _beside(dict(beside), first)]})


class StartBetween(Changing):
    """Start the interface between two instances of compatible versions, and have each authenticate to the other.

    Only when both applications are at work: a step before saw that they are healthy, and have their state.
    """

    def do(self, context: Context) -> Outcome:
        pair = members(context)
        if idle := [one.at for one in pair if not _works(one)]:
            return Failed("failed", f"the application of {', '.join(idle)} is not unlocked")
        started = [self.start(one) for one in pair]
        if left := [outcome for outcome in started if not isinstance(outcome, Done)]:
            return next((outcome for outcome in left if isinstance(outcome, Failed)), left[0])
        for one, other in (pair, reversed(pair)):
            if isinstance(found := self.introduce(one, other), Failed):
                return found
        return Done({"connected": [one.at for one in pair]})

    def start(self, context: Context) -> Outcome:
        """Start what one of the two offers to the other; their interfaces may have the same name."""
        asked = context.memory.setdefault("asked", {}).setdefault(context.at, {})
        return _StartAlone().do(replace(context, memory={"asked": asked}))

    def introduce(self, context: Context, other: Context) -> Outcome:
        """Have one authenticate to the other and use it, in the place of the instance of the incompatible version."""
        for uri in interface_paths(other):
            found = context.instance.peering.connect(other.at, uri, other.other)
            if not (found.get("authenticated") and found.get("reachable")):
                return Failed("failed", f"{context.at} does not get on with {other.at}: {found.get('detail') or found}")
        return Done()


class CommitPair(Operation):
    """See before the point of no return that both are there, at work, and both of the others are gone."""

    def do(self, context: Context) -> Outcome:
        outcomes = [CommitInstance().do(one) for one in members(context)]
        failed = next((outcome for outcome in outcomes if isinstance(outcome, (Failed, Waiting))), None)
        return failed or Done({"instances": [one.at for one in members(context)]})


class _StartAlone(StartInterfaces):
    """Starts interfaces whose users come later."""

    def consumers(self, context: Context) -> list[str]:  # noqa: ARG002 - there are none yet
        return []


def members(context: Context) -> tuple[Context, ...]:
    """The context of a step that concerns both, as it is for each of them."""
    found = list(context.find("members") or [])
    return tuple(
        replace(context, launch=context.launch.seen_from(item), step=context.step.for_item(number, item))
        for number, item in enumerate(found, 1)
    )


def _works(context: Context) -> bool:
    return state_of(context.instance.information.mano_entity().get("manoApplicationState")) == AT_WORK


def _beside(member: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    return {**member, "partner": {"source": other["target"], "destination": other["destination"]}}
