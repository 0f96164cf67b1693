"""Disks of a limited size for containers: volumes in memory, and the one container that keeps them through crashes.

Such a volume is lost when the last container that uses it stops; so the keeper, which does nothing, uses them all.
From there they are filled and emptied, too: what is written counts for the memory of who writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ROOT = "/disks"
ACTOR = "(disks)"
"""What stands for an actor's name in the keeper's label."""

OVERHEAD_MIB = 64
OWNER = "65532"
KEEP = "import signal; signal.pause()"
FILL = """
import errno, sys
with open(sys.argv[1], "wb", buffering=0) as ballast:
    for size in (1 << 20, 4096, 1):
        try:
            while ballast.write(bytes(size)) == size:
                pass
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
"""
EMPTY = "import os, sys; os.path.exists(sys.argv[1]) and os.unlink(sys.argv[1])"


def volume(name: str, target: str, mib: int, labels: Mapping[str, str]) -> Any:
    """A labelled volume of this size to mount, the node's own."""
    from docker.types import DriverConfig, Mount  # noqa: PLC0415 - an optional extra

    options = {"type": "tmpfs", "device": "tmpfs", "o": f"size={mib}m,uid={OWNER},gid={OWNER},mode=0700"}
    return Mount(target, name, type="volume", labels=dict(labels), driver_config=DriverConfig("local", options))


def start_keeper(api: Any, image: str, name: str, disks: Mapping[str, tuple[str, int]], labels: dict[str, str]) -> None:
    """Start the keeper of these volumes, by actor: the volume's name and its size in MiB."""
    mounts = [volume(kept, f"{ROOT}/{actor}", mib, labels) for actor, (kept, mib) in disks.items()]
    host = api.create_host_config(
        network_mode="none",
        read_only=True,
        cap_drop=["ALL"],
        security_opt=["no-new-privileges"],
        mem_limit=(OVERHEAD_MIB + sum(mib for _, mib in disks.values())) * 1024**2,
        pids_limit=16,
        mounts=mounts,
    )
    api.create_container(
        image,
        command=["-c", KEEP],
        entrypoint=["python3"],
        name=name,
        labels={**labels, "manolab.actor": ACTOR},
        host_config=host,
        healthcheck={"test": ["NONE"]},
    )
    api.start(name)


def run(api: Any, keeper: str, code: str, actor: str) -> bool:
    """Run one of the programs above on the disk of an actor; whether it did what it should."""
    made = api.exec_create(keeper, ["python3", "-c", code, f"{ROOT}/{actor}/ballast"])["Id"]
    api.exec_start(made)
    return bool(api.exec_inspect(made)["ExitCode"] == 0)
