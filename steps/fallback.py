"""Clause 5.9 driven: restoration points, what changes after them, and the request to the Fallback Manager."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from steps.operations import Consumer

if TYPE_CHECKING:
    from steps.arrangement import Arrangement
    from steps.bench import Bench
    from steps.observer import Observer

FALLBACKS = "/fallback/v1/fallbacks"
POINTS = "/nfvmanoswm/v1/restoration_points"
NOTIFICATION = "FallbackNotification"
ENDED = ("COMPLETED", "FAILED")
WATCHED = "restoration/discover"
"""Where a restored target is held for the observer: it is up, and does not know yet what it really manages."""

AT_REST = 60.0
BOOKS = {
    "nfvo": ("/nslcm/v1/ns_instances",),
    "vnfm": ("/vnflcm/v1/vnf_instances",),
    "vim": ("/vrm/v1/compute_resources", "/vrm/v1/reservations"),
}
"""What an entity says of what it keeps and manages."""

ENTITY = "/nfvmanocim/v2/mano_entity"
INSTANCES = "/managed/v1/instances"


class Surroundings:
    """What one scenario of clause 5.9 prepares, asks for and looks at."""

    def __init__(self, bench: Bench, arranged: Arrangement, observer: Observer) -> None:
        self._bench = bench
        self._arranged = arranged
        self._observer = observer
        self._things: list[Consumer] = []
        self._points: list[tuple[str, tuple[str, ...]]] = []

    def prepare(self) -> None:
        """Do what the Given steps arranged, in their order."""
        kinds = {"manage": self._manage, "point": self._make_point, "drift": self._drift}
        for kind, *words in self._arranged.preparations:
            kinds[kind](*words)
            self._bench.lab.settle(AT_REST)

    def look_before(self) -> None:
        """What the pre-conditions are judged by."""
        self._look()
        for name in self._system:
            self._observer.ask("GET", name, POINTS)
            for version in ("1.0.0", "2.0.0"):
                path = f"/tester/v1/test_suites?target={name}&softwareVersion={version}"
                self._observer.ask("GET", self._arranged.cast.tester, path)

    def look_at_targets(self) -> None:
        """What state everybody is in, while a target is held in the middle of its restoration."""
        for name in self._system:
            self._observer.ask("GET", name, ENTITY)

    def look_after(self) -> None:
        """What the end of a fallback is judged by."""
        self._observer.ask("GET", self._arranged.cast.others["fallback_manager"], FALLBACKS)
        self._look()

    def request(self) -> Mapping[str, Any]:
        """The newest restoration point first; all entities are to be verified afterwards."""
        roles = self._arranged.cast
        newest = [{"restorationPointId": name, "functionalEntity": of[0]} for name, of in reversed(self._points)]
        return {
            "restorationPoints": newest,
            "tester": roles.tester,
            "resourceProvider": roles.provider,
            "verification": [
                {"functionalEntity": name, "usedBy": list(roles.impacted) if name == roles.target else []}
                for name in self._system
            ],
            "reason": "its manager has decided so",
        }

    @property
    def _facts(self) -> Mapping[str, Any]:
        facts: Mapping[str, Any] = self._arranged.scenario()["facts"]
        return facts

    @property
    def _system(self) -> Sequence[str]:
        system: Sequence[str] = self._facts["system"]
        return system

    def _look(self) -> None:
        """What every entity keeps, and what really is there."""
        self.look_at_targets()
        for name in self._system:
            self._look_at_books(name)
        for managed in sorted(set(self._facts["managed"].values())):
            self._observer.ask("GET", managed, ENTITY)
            self._observer.ask("GET", managed, INSTANCES)

    def _look_at_books(self, name: str) -> None:
        for path in BOOKS.get(name, ()):
            self._observer.ask("GET", name, path)

    def _make_point(self, *of: str) -> None:
        """Each entity of its scope makes its part, under one id; what they were like then is seen."""
        name = f"point-{len(self._points) + 1}"
        self._points.append((name, of))
        for actor in of:
            body = {"restorationPointId": name, "scope": list(of), "description": "for a fallback"}
            self._look_at_books(actor)
            self._observer.ask("POST", actor, POINTS, body)

    def _manage(self) -> None:
        """The target's consumer has it bring something up."""
        thing = self._consumer()
        thing.prepare()
        thing.trigger()
        self._things.append(thing)

    def _drift(self) -> None:
        """Something new comes, what was there goes, and something comes that stands in the target's books alone."""
        self._manage()
        self._bench.lab.settle(AT_REST)
        self._things[0].end()
        self._consumer().note_down()

    def _consumer(self) -> Consumer:
        roles = self._arranged.cast
        return Consumer(self._bench.lab.control(roles.consumer), roles.target, self._arranged.operation)
