"""What there is to say of a walk: a row's trouble, what a rollback did not bring back, what a flow does not reach."""

from __future__ import annotations

from collections.abc import Iterator

from harness.spec.world.actions import BETWEEN, DESTINATION, NEW, OLD, SOURCE
from harness.spec.world.state import PROTECTING, STARTED, Instance, World, face_told
from harness.spec.world.walk import Step

DRAGGED = {"terminated-started": "waited-in-vain", "unlocked-twice": "started-twice"}
"""Trouble that another of the same row has told already."""


def troubles(step: Step) -> Iterator[tuple[str, str, str]]:
    """The trouble of a row without what only drags along: its kind, the words of the text, what it is about."""
    kinds = {trouble.kind for trouble in step.troubles}
    seen = set()
    for trouble in step.troubles:
        key = (trouble.kind, trouble.action.words)
        if DRAGGED.get(trouble.kind) in kinds or key in seen:
            continue
        seen.add(key)
        about = "; ".join(t.about for t in step.troubles if (t.kind, t.action.words) == key)
        yield trouble.kind, trouble.action.words, about


def between(before: World, after: World) -> Iterator[str]:
    """How a world that should be as before is not."""
    for key, was in before.instances.items():
        yield from _changed(before, before.shown(key), was, after.instances[key])
    yield from (
        f"the path through the {after.shown(name)} left in the network service"
        for name in sorted(after.paths - before.paths)
    )
    yield from (f"the path through the {before.shown(name)} gone" for name in sorted(before.paths - after.paths))


def _changed(world: World, name: str, was: Instance, now: Instance) -> Iterator[str]:
    if was.there != now.there:
        yield f"the {name} {'gone' if was.there else 'left behind'}"
    if not (was.there and now.there):
        return
    for face, state in was.interfaces.items():
        if state == STARTED and now.interfaces.get(face) != STARTED:
            yield f"the interfaces towards {face[1]} of the {name} stopped"
    for face, state in now.interfaces.items():
        if state == STARTED and face not in was.interfaces:
            yield f"the {face_told(face)} of the {name} left started"
    if was.version != now.version:
        yield f"the {name} left {'in the ' if now.version == DESTINATION else ''}{now.version}"
    if "LOCKED" in now.application.split("_") and was.application != now.application:
        yield f"the {name} locked"
    if world.traits.transferring and was.state_data and not now.state_data:
        yield f"the {name} without its state data"


def still_kept(before: World, after: World) -> Iterator[str]:
    """What protects a process, and is not released though the process has ended."""
    for name in PROTECTING:
        if after.resources.get(name) == "kept" and before.resources.get(name) != "kept":
            yield f"the {name} kept"


def short_of(before: World, after: World) -> Iterator[str]:
    """What a modification that nothing disturbed leaves to be wished for at its end."""
    for key, was in before.instances.items():
        now, name = after.instances[key], before.shown(key)
        other = after.instances.get(key.replace("source", "destination"))
        if key.startswith("source") and other is not None and other is not now and now.there and other.there:
            yield f"the {name} left behind"
        if not was.there and not now.there:
            yield f"the {name} not there"
        if now.there and not was.there:
            yield from _not_serving(after, name, now)
        if now.there and was.version == SOURCE and now.version == BETWEEN:
            yield f"the {name} {BETWEEN}"
        for which, towards in was.interfaces if NEW in before.traits.generations else ():
            if which == OLD and now.there and now.interfaces.get((NEW, towards)) != STARTED:
                yield f"the {face_told((NEW, towards))} of the {name} not started"
    yield from still_kept(before, after)


def _not_serving(world: World, name: str, now: Instance) -> Iterator[str]:
    if "LOCKED" in now.application.split("_"):
        yield f"the {name} locked"
    if world.traits.transferring and not now.state_data:
        yield f"the {name} without state data"
    yield from (
        f"the {face_told(f)} of the {name} not started" for f, state in now.interfaces.items() if state != STARTED
    )
