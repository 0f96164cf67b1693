"""Two entities that are modified together (clause 5.4.2): how they are arranged, launched, and looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from harness.judge.roles import Roles
from steps.observer import Observer

if TYPE_CHECKING:
    from steps.arrangement import Arrangement
    from steps.bench import Bench

SECOND = ("target_2", "destination_2")
"""The roles of the second one, among the others."""

STEPS = (
    ("destination 2", "fe-instantiation/deploy"),
    ("destination 2", "state-change/unlock"),
    ("destination 2", "state-change/start"),
    ("target 2", "state-change/drain"),
    ("target 2", "state-change/stop"),
    ("target 2", "fe-termination/stop"),
    *(
        (f"destination{which}", point)
        for which in ("", " 2")
        for point in ("state-change/drain", "fe-termination/stop")
    ),
)
"""Points of the work of the two, by role, at which the peers use them besides: of the second, and on the way back."""


def arrange(arranged: Arrangement, first: str, second: str) -> None:
    """Have two entities be the targets, each with an interface for the other alone.

    Roles are those of both together; `arranged.pair` keeps what each of them has to do with by itself.
    """
    casts, services = {}, {}
    for entity in (second, first):
        arranged.instance(entity)
        casts[entity], services[entity] = arranged.cast, arranged.service
    one, other = casts[first], casts[second]
    targets = (one.target, other.target)
    for cast, beside in ((one, second), (other, first)):
        profile = arranged.profiles.setdefault(cast.target, {})
        profile["paired"] = arranged.profiles.setdefault(cast.destination, {})["paired"] = True
        profile.setdefault("connections", {})[casts[beside].target] = f"/pair{services[beside]}"
    members = [_without(cast, targets) for cast in (one, other)]
    provider = one.provider if one.provider not in targets else other.provider
    arranged.pair = members
    arranged.roles = replace(
        one,
        impacted_fes=_both(*(cast.impacted_fes for cast in members)),
        impacted_entities=_both(*(cast.impacted_entities for cast in members)),
        provider=provider,
        others=dict(zip(SECOND, (other.target, other.destination), strict=True)),
    )


def facts(members: list[Roles]) -> dict[str, Any]:
    """What the judge has to know of each of them."""
    names = ("target", "destination", "impacted_fes", "impacted_entities")
    return {"pair": [{name: cast.data()[name] for name in names} for cast in members]}


def launch(members: list[Roles], version: str) -> dict[str, Any]:
    """What the launch request says besides: whom the first one concerns, and the second one."""
    first, second = members
    beside = {
        "target": second.target,
        "destination": second.destination,
        "destinationSoftwareVersion": version,
        "impacted": list(second.impacted),
    }
    return {"impacted": list(first.impacted), "parameters": {"with": beside}}


class PairObserver(Observer):
    """Looks at each of the two as at one that is alone, and at what they find of each other."""

    def __init__(self, bench: Bench, arranged: Arrangement, versions: dict[str, str]) -> None:
        super().__init__(bench, arranged.cast, versions)
        cast = arranged.cast
        self._each = [Observer(bench, replace(one, provider=cast.provider), versions) for one in arranged.pair]
        self._pair = arranged.pair

    def look_before(self) -> None:
        for one in self._each:
            one.look_before()
        self._check_each_other()

    def look_after(self) -> None:
        for one in self._each:
            one.look_after()
        self._check_each_other()

    def look_during(self) -> None:
        # Nobody has the two use each other now: who of them may is what the SMM has to see to.
        for one in self._each:
            one.look_during()

    def check_peers(self) -> None:
        for one in self._each:
            one.check_peers()

    def _check_each_other(self) -> None:
        """Have whichever instances there are use the other entity, as they know it."""
        for one, other in (self._pair, reversed(self._pair)):
            for actor in (one.target, one.destination):
                self.ask("POST", actor, "/peer/v1/checks", {"peer": other.target})


def _without(cast: Roles, targets: tuple[str, ...]) -> Roles:
    return replace(cast, impacted_fes=tuple(actor for actor in cast.impacted_fes if actor not in targets))


def _both(*actors: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(actor for some in actors for actor in some))
