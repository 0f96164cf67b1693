"""When: the external manager acts, and the process is followed until it ends or waits. A replay drives nothing."""

from __future__ import annotations

from pytest_bdd import parsers, when

from steps.alone import Owner
from steps.world import World


@when(parsers.parse("the external manager has the SMM move the target to the {version} version"))
def launched(world: World, version: str) -> None:
    """Start a process; it is followed until it ends or waits for its manager."""
    if not world.replayed:
        world.drive.launch(version)


@when(parsers.parse("the owner of the VNF has it move its CISM to the {version} version"))
def modified_alone(world: World, version: str) -> None:
    """The VNF itself is asked; meanwhile NFV-MANO is watched."""
    if not world.replayed:
        Owner(world.drive.bench, world.arranged.cast).modify(version)


@when(parsers.parse("the owner of the VNF has it replace its CISM by one of the {version} version"))
def replaced_alone(world: World, version: str) -> None:
    """Both instances are asked; meanwhile NFV-MANO is watched."""
    if not world.replayed:
        Owner(world.drive.bench, world.arranged.cast).replace(version)


@when("an administrator has the target restored from its restoration point")
def restored(world: World) -> None:
    """The target itself is asked for it (clause 5.9), once the process has ended."""
    if not world.replayed:
        world.drive.restore()


@when("the external manager has the SMM resume the process")
def resumed(world: World) -> None:
    """The process goes on, and is followed until it ends."""
    if not world.replayed:
        world.drive.task("resume")


@when("the external manager has the Fallback Manager fall back")
def fallen_back(world: World) -> None:
    """To the newest restoration point, or else to the one before; it is followed until it ends."""
    if not world.replayed:
        world.drive.fall_back()


@when(parsers.parse("the external manager asks the SMM for the {task}"))
def asked_for(world: World, task: str) -> None:
    """Ask the process for a task: commit or rollback."""
    if not world.replayed:
        world.drive.task(task)
