"""The world that a flow acts on, and what each action makes of it; what cannot be right is told as trouble.

Facts are what can be told of it, one by one: whether an instance is there, its application, its software version, its
state data, each of its interfaces; the paths of the network service; the resources that the process looks after.
An interface is absent, LOCKED, STARTED, STOPPING (asked to stop gracefully) or SHUTDOWN; an instance is there or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from harness.spec.world.actions import (
    DESTINATION,
    EACH_OTHER,
    EITHER,
    ENTITIES,
    FES,
    LOGS,
    NEW,
    POINT,
    RESOURCES,
    Action,
)

LOCKED, STARTED, STOPPING, SHUTDOWN = "LOCKED", "STARTED", "STOPPING", "SHUTDOWN"
DOWN = (STOPPING, SHUTDOWN)
PLURAL = re.compile(r"entities$")
UNITS = re.compile(r"\bunits$")
FEWER = re.compile(r"^(?:two|both|all|new|selected|respective)\s+", re.IGNORECASE)
PROTECTING = (POINT, LOGS)
"""What enables a way back, and is released when the process ends."""

NETWORK, PROCESS = "network service", "process"
THERE, ABSENT, NOT_TOLD = "there", "not there", "not told"
STOPPED = "stopped by force"
Fact = tuple[str, str]
"""A thing, and what is told of it."""

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
    version: str = ""
    """Where it modifies itself: the version that it runs."""

    def copy(self) -> Instance:
        return replace(self, interfaces=dict(self.interfaces))


@dataclass(frozen=True)
class Trouble:
    """What an action cannot be right about: `kind` is a word such as started-twice."""

    kind: str
    action: Action
    about: str


@dataclass(frozen=True)
class Traits:
    """What a flow and its rollback speak of at all; what they do not speak of is no part of their world."""

    generations: tuple[str, ...] = (EITHER,)
    """The old and new interfaces that they tell apart."""
    serving: frozenset[str] = frozenset()
    """The instances that have interfaces."""
    paired: frozenset[str] = frozenset()
    """Those that have one towards each other besides."""
    transferring: bool = False
    """Whether state data are transferred."""
    unlocking: bool = True
    """Whether rows unlock anything; where none does, whoever starts an interface unlocks what it belongs to."""


class World:
    """Instances by their names, and the paths of a network service by the VNF they lead through."""

    def __init__(self, running: list[str], absent: list[str], traits: Traits = Traits()) -> None:
        self.traits = traits
        self.resources: dict[str, str] = {}
        """What the process looks after, each with what became of it."""
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
        whom = (FES, ENTITIES, EACH_OTHER) if name in self.traits.paired else (FES, ENTITIES)
        return {(self.traits.generations[0], towards): state for towards in whom} if name in self.traits.serving else {}

    def copy(self) -> World:
        """Another world, of which what is done to this one is not true."""
        other = World([], [], self.traits)
        other.instances = {name: instance.copy() for name, instance in self.instances.items()}
        other.paths, other.resources = set(self.paths), dict(self.resources)
        other.written = self.written  # names are the same in every copy
        return other

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

    def facts(self) -> dict[Fact, str]:
        """All that can be told of it."""
        found: dict[Fact, str] = {}
        for name, instance in self.instances.items():
            found |= {(self.shown(name), aspect): state for aspect, state in self._of(instance)}
        found |= {(NETWORK, f"path through the {self.shown(name)}"): THERE for name in sorted(self.paths)}
        return found | {(PROCESS, name): state for name, state in self.resources.items()}

    def _of(self, instance: Instance) -> Iterator[tuple[str, str]]:
        yield "instance", THERE if instance.there else ABSENT
        if not instance.there:
            return
        if instance.version:
            yield "version", instance.version
        if instance.application not in ("", NOT_TOLD) and (self.traits.serving or self.traits.unlocking):
            yield "application", instance.application
        if self.traits.transferring:
            yield "state data", "has it" if instance.state_data else "lacks it"
        yield from ((face_told(face), state) for face, state in instance.interfaces.items())

    def _instantiate(self, action: Action) -> Iterator[Trouble]:
        instance = self.find(action.what)
        if instance is None:
            return
        if instance.there:
            yield Trouble("instantiated-twice", action, f"the {self.shown(action.what)} is there already")
            return
        instance.there, instance.state_data = True, False
        instance.application = "STARTED_LOCKED" if "LOCKED" in action.state else NOT_TOLD
        instance.interfaces = self._fresh(self.name(action.what), LOCKED)

    def _restore(self, action: Action) -> Iterator[Trouble]:
        instance = self.find(action.what)
        if instance is not None:
            instance.there, instance.state_data, instance.application = True, True, action.state or NOT_TOLD
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
                    "started-twice", action, f"the {face_told(face)} of the {self.shown(action.what)} never stopped"
                )
            instance.interfaces[face] = STARTED
        if not self.traits.unlocking and instance.application == "STARTED_LOCKED":
            instance.application = "STARTED_UNLOCKED"

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
                    "stopped-unstarted", action, f"the {face_told(face)} of the {self.shown(action.what)} never started"
                )
            elif state in DOWN:
                yield Trouble(
                    "stopped-twice",
                    action,
                    f"the {face_told(face)} of the {self.shown(action.what)} were stopped already",
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
                f"no row stops the {' and '.join(map(face_told, up))} of the {self.shown(action.what)}",
            )
        elif locked and len(locked) == len(faces):
            yield Trouble(
                "waited-in-vain",
                action,
                f"the {self.shown(action.what)} is still locked, and nothing unlocks or stops it",
            )

    def _force_stop(self, action: Action) -> Iterator[Trouble]:
        instance = self.find(action.what)
        if instance is not None and instance.there:
            instance.application = STOPPED
            instance.interfaces = dict.fromkeys(instance.interfaces, SHUTDOWN)
        return iter(())

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
                f"no row stops the {' and '.join(map(face_told, up))} of the {self.shown(action.what)}",
            )
        instance.there, instance.application, instance.interfaces, instance.state_data = False, "", {}, False

    def _transfer(self, action: Action) -> Iterator[Trouble]:
        giver, receiver = self.find(action.what), self.find(action.receiver)
        if self.name(action.what) == self.name(action.receiver):
            yield Trouble("transferred-to-itself", action, f"the {self.shown(action.what)} is both giver and receiver")
        if giver is not None and not giver.there:
            yield Trouble("transferred-from-absent", action, f"the {self.shown(action.what)} is not there")
        empty = giver is not None and giver.there and not giver.state_data
        if empty:
            yield Trouble("transferred-without", action, f"the {self.shown(action.what)} has no state data to give")
        if receiver is not None:
            if not receiver.there:
                yield Trouble("transferred-to-absent", action, f"the {self.shown(action.receiver)} is not there")
            receiver.state_data = receiver.state_data or not empty

    def _modify(self, action: Action) -> Iterator[Trouble]:
        instance = self.find(action.what)
        if instance is not None and instance.there:
            instance.version = action.state or DESTINATION
        return iter(())

    def _check(self, action: Action) -> Iterator[Trouble]:  # noqa: ARG002 - every kind of action has this signature
        self.resources[RESOURCES] = "checked"
        return iter(())

    def _keep(self, action: Action) -> Iterator[Trouble]:
        self.resources[" ".join(action.what.split()).casefold()] = "kept"
        return iter(())

    def _release(self, action: Action) -> Iterator[Trouble]:  # noqa: ARG002 - as above
        for name in PROTECTING:
            if name in self.resources:
                self.resources[name] = "released"
        return iter(())

    def _release_unneeded(self, action: Action) -> Iterator[Trouble]:  # noqa: ARG002 - as above
        self.resources[RESOURCES] = "what is not needed released"
        return iter(())

    def _verify_locked(self, action: Action) -> Iterator[Trouble]:
        instance = self.find(action.what)
        if instance is not None and instance.there and NEW in self.traits.generations:
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
        which = (
            action.which or self.traits.generations[-1]
        )  # where a flow has both and a row says neither, the new ones
        if action.towards:
            return [(which, action.towards)]
        return [face for face in instance.interfaces if face[0] == which]


def face_told(face: Interface) -> str:
    """An interface, or all of its kind, for people."""
    which, towards = face
    return f"{f'{which} ' if which else ''}interfaces towards {towards}"
