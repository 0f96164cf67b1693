"""The world that a flow acts on, and what each action makes of it; what cannot be right is told as trouble.

An interface is absent, LOCKED, STARTED, STOPPING (asked to stop gracefully) or SHUTDOWN; an instance is there or not.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from harness.spec.world.actions import EITHER, ENTITIES, FES, NEW, Action

LOCKED, STARTED, STOPPING, SHUTDOWN = "LOCKED", "STARTED", "STOPPING", "SHUTDOWN"
DOWN = (STOPPING, SHUTDOWN)
PLURAL = re.compile(r"entities$")
UNITS = re.compile(r"\bunits$")
FEWER = re.compile(r"^(?:two|both|all|new|selected|respective)\s+", re.IGNORECASE)
HYPHENS = re.compile(r"(?<=[a-z])-(?=m\b)")

Interface = tuple[str, str]
"""Old or new (or neither where a flow has but one generation), and towards whom."""


@dataclass
class Instance:
    """Something that runs: there or not, its application's state, its interfaces, whether it has the state data."""

    there: bool = True
    application: str = "STARTED_UNLOCKED"
    interfaces: dict[Interface, str] = field(default_factory=dict)
    state_data: bool = True

    def told(self) -> str:
        if not self.there:
            return "not there"
        faces = ", ".join(
            f"{f'{which} ' if which else ''}towards {towards} {state}"
            for (which, towards), state in self.interfaces.items()
        )
        return f"{self.application}; {faces or 'no interfaces'}" + ("" if self.state_data else "; no state data")


@dataclass(frozen=True)
class Trouble:
    """What an action cannot be right about: `kind` is a word such as started-twice."""

    kind: str
    action: Action
    about: str


class World:
    """Instances by their names, and the paths of a network service by the VNF they lead through."""

    def __init__(
        self,
        running: list[str],
        absent: list[str],
        generations: tuple[str, ...] = (EITHER,),
        serving: frozenset[str] = frozenset(),
    ) -> None:
        """`generations` are the old and new interfaces that the flow tells apart; `serving` are those that have any."""
        self.generations = generations
        self.serving = serving
        self.instances: dict[str, Instance] = {}
        self.written: dict[str, str] = {}
        """Each name as the text writes it."""
        for name in running:
            self.instances[name] = Instance(interfaces=self._fresh(name, STARTED))
        for name in absent:
            self.instances[name] = Instance(there=False, application="", state_data=False)
        self.paths: set[str] = {name for name in running if name.endswith("vnf")}

    def _fresh(self, name: str, state: str) -> dict[Interface, str]:
        """The interfaces that an instance has when it begins."""
        return {(self.generations[0], towards): state for towards in (FES, ENTITIES)} if name in self.serving else {}

    def copy(self) -> World:
        return copy.deepcopy(self)

    def find(self, what: str) -> Instance | None:
        """The instance that some words name, if it is one of this world."""
        return self.instances.get(self.name(what))

    def name(self, what: str) -> str:
        """The name of an instance as this world has it: singular, without what only tells one of many."""
        text = FEWER.sub("", UNITS.sub("unit", PLURAL.sub("entity", what.strip())))
        name = HYPHENS.sub("", text.casefold())
        self.written.setdefault(name, text)
        return name

    def shown(self, what: str) -> str:
        """The name of an instance for people."""
        name = self.name(what)
        return (
            self.written[name][:1].lower() + self.written[name][1:]
            if self.written[name][1:2].islower()
            else self.written[name]
        )

    def done(self, action: Action) -> list[Trouble]:
        """Let an action happen; returns what cannot be right about it. Where the text says "if", nothing is wrong."""
        handler = getattr(self, "_" + action.kind.replace("-", "_"), None)
        troubles = list(handler(action)) if handler else []
        return [] if action.maybe else troubles

    def told(self) -> dict[str, str]:
        """Each instance and path, as a person reads it."""
        lines = {name: instance.told() for name, instance in self.instances.items()}
        if self.paths:
            lines["paths of the NS"] = "through " + " and ".join(sorted(self.paths))
        return lines

    def _instantiate(self, action: Action) -> Iterator[Trouble]:
        instance = self.find(action.what)
        if instance is None:
            return
        if instance.there:
            yield Trouble("instantiated-twice", action, f"the {self.shown(action.what)} is there already")
            return
        instance.there, instance.state_data = True, False
        instance.application = "STARTED_LOCKED" if "LOCKED" in action.state else "not told"
        instance.interfaces = self._fresh(self.name(action.what), LOCKED)

    def _restore(self, action: Action) -> Iterator[Trouble]:
        instance = self.find(action.what)
        if instance is not None:
            instance.there, instance.state_data, instance.application = True, True, action.state or "not told"
        return iter(())

    def _unlock(self, action: Action) -> Iterator[Trouble]:
        instance = self.find(action.what)
        if instance is None:
            return
        if not instance.there:
            yield Trouble("unlocked-absent", action, f"the {self.shown(action.what)} is not there")
        elif instance.application == "STARTED_UNLOCKED":
            yield Trouble("unlocked-twice", action, f"the {self.shown(action.what)} was never locked")
        instance.application = "STARTED_UNLOCKED"

    def _start(self, action: Action) -> Iterator[Trouble]:
        instance = self.find(action.what)
        if instance is None:
            return
        if not instance.there:
            yield Trouble("started-absent", action, f"the {self.shown(action.what)} is not there")
            return
        for face in self._faces(instance, action):
            if instance.interfaces.get(face) == STARTED:
                yield Trouble(
                    "started-twice", action, f"the {_face(face)} of the {self.shown(action.what)} never stopped"
                )
            instance.interfaces[face] = STARTED

    def _stop(self, action: Action) -> Iterator[Trouble]:
        instance = self.find(action.what)
        if instance is None:
            return
        if not instance.there:
            yield Trouble("stopped-absent", action, f"the {self.shown(action.what)} is not there")
            return
        for face in self._faces(instance, action):
            state = instance.interfaces.get(face)
            if state in (LOCKED, None):
                yield Trouble(
                    "stopped-unstarted", action, f"the {_face(face)} of the {self.shown(action.what)} never started"
                )
            elif state in DOWN:
                yield Trouble(
                    "stopped-twice", action, f"the {_face(face)} of the {self.shown(action.what)} were stopped already"
                )
            else:
                instance.interfaces[face] = STOPPING

    def _wait(self, action: Action) -> Iterator[Trouble]:
        instance = self.find(action.what)
        if instance is None or not instance.there or set(action.state.split("_")) != {"SHUTDOWN", "UNLOCKED"}:
            return
        faces = self._faces(instance, action) if action.towards else list(instance.interfaces)
        up = [face for face in faces if instance.interfaces[face] == STARTED]
        locked = [face for face in faces if instance.interfaces[face] == LOCKED]
        for face in faces:
            if instance.interfaces[face] == STOPPING:
                instance.interfaces[face] = SHUTDOWN
        if up:
            yield Trouble(
                "waited-in-vain",
                action,
                f"no row stops the {' and '.join(map(_face, up))} of the {self.shown(action.what)}",
            )
        elif locked and len(locked) == len(faces):
            yield Trouble(
                "waited-in-vain",
                action,
                f"the {self.shown(action.what)} is still locked, and nothing unlocks or stops it",
            )

    def _terminate(self, action: Action) -> Iterator[Trouble]:
        instance = self.find(action.what)
        if instance is None:
            return
        if not instance.there:
            yield Trouble("terminated-absent", action, f"the {self.shown(action.what)} is not there")
            return
        up = [face for face, state in instance.interfaces.items() if state == STARTED]
        if up:
            yield Trouble(
                "terminated-started",
                action,
                f"no row stops the {' and '.join(map(_face, up))} of the {self.shown(action.what)}",
            )
        instance.there, instance.application, instance.interfaces, instance.state_data = False, "", {}, False

    def _transfer(self, action: Action) -> Iterator[Trouble]:
        giver, receiver = self.find(action.what), self.find(action.receiver)
        if self.name(action.what) == self.name(action.receiver):
            yield Trouble("transferred-to-itself", action, f"the {self.shown(action.what)} is both giver and receiver")
        if giver is not None and not giver.there:
            yield Trouble("transferred-from-absent", action, f"the {self.shown(action.what)} is not there")
        if receiver is not None:
            if not receiver.there:
                yield Trouble("transferred-to-absent", action, f"the {self.shown(action.receiver)} is not there")
            receiver.state_data = True

    def _verify_locked(self, action: Action) -> Iterator[Trouble]:
        instance = self.find(action.what)
        if instance is not None and instance.there and NEW in self.generations:
            for towards in (FES, ENTITIES):
                instance.interfaces.setdefault((NEW, towards), LOCKED)
        return iter(())

    def _add_path(self, action: Action) -> Iterator[Trouble]:
        if self.name(action.what) in self.paths:
            yield Trouble("path-twice", action, f"the path through the {self.shown(action.what)} is there already")
        self.paths.add(self.name(action.what))

    def _remove_path(self, action: Action) -> Iterator[Trouble]:
        if self.name(action.what) not in self.paths:
            yield Trouble("path-absent", action, f"there is no path through the {self.shown(action.what)}")
        self.paths.discard(self.name(action.what))

    def _faces(self, instance: Instance, action: Action) -> list[Interface]:
        which = action.which or self.generations[-1]  # where a flow has both and a row says neither, the new ones
        if action.towards in (FES, ENTITIES):
            return [(which, action.towards)]
        return [face for face in instance.interfaces if face[0] == which] if not action.towards else []


def _face(face: Interface) -> str:
    which, towards = face
    return f"{f'{which} ' if which else ''}interfaces towards {towards}"
