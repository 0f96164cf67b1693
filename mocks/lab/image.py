"""The container image of the mocks: what goes into it, and how an engine builds it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import platform
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from mocks import __version__
from mocks.lab.errors import LabError

IMAGE = os.environ.get("MANOLAB_IMAGE") or f"manolab-node:{__version__}"
"""The image of all mocks; the variable is for a registry of yours, or for two builds on one engine."""

BASE = "python:3.11-slim"
PYTHON = "3.11"
"""The Python of the base images: what is installed is chosen for it, whatever runs the build."""

ROOTFS = "debian-rootfs"
ROOTFS_IMAGE = "manolab-base:debian-12"
SOURCE = "manolab.source"
"""The image's label with the digest of what it was built from."""

ROOT = Path(__file__).parents[2]
RECIPE = ROOT / "mocks" / "image"
PACKAGES = ("mocks", "harness")
ARCHITECTURES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}
WHEELS = {"amd64": "x86_64", "arm64": "aarch64"}


@lru_cache(maxsize=1)
def source_digest() -> str:
    """A digest of all that is ours in the image."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def build(client: Any, base: str = BASE) -> Iterator[str]:
    """Build the image with a docker client; yields what happens, a line each. Raises LabError when it fails.

    `base` is an image, or `debian-rootfs`: then a base is made here with mmdebstrap, for engines that can pull none.
    """
    architecture = ARCHITECTURES.get(client.version()["Arch"], platform.machine())
    if base == ROOTFS:
        yield from _make_rootfs(client, architecture)
        base = ROOTFS_IMAGE
    with tempfile.TemporaryDirectory(prefix="manolab-image-") as folder:
        yield f"installing for Python {PYTHON} on {architecture}"
        _install(Path(folder), architecture)
        context = _context(Path(folder))
    yield f"building {IMAGE} on {base}"
    began, previous = time.monotonic(), client.images.list(IMAGE)
    arguments = {
        "fileobj": context,
        "custom_context": True,
        "tag": IMAGE,
        "buildargs": {"BASE": base},
        "labels": {SOURCE: source_digest()},
        "rm": True,
        "forcerm": True,
        "decode": True,
    }
    for said in client.api.build(**arguments):
        if "error" in said:
            raise LabError(_refusal(str(said["error"]).strip(), base))
        if line := str(said.get("stream") or said.get("status") or "").strip():
            yield line
    made = client.images.get(IMAGE)
    for old in previous:
        _forget(client, old.id)
    yield f"{IMAGE}: {made.attrs['Size'] / 1e6:.0f} MB, built in {time.monotonic() - began:.1f} s"


def _forget(client: Any, id: str) -> None:
    """Remove an image of ours that a build has left without a name, unless a lab still runs on it."""
    from docker.errors import APIError  # noqa: PLC0415 - an optional extra

    try:
        old = client.images.get(id)
        if SOURCE in old.labels and not old.tags:
            client.images.remove(id)
    except APIError:
        return  # in use, or gone already


def _refusal(error: str, base: str) -> str:
    if any(word in error for word in ("pull", "manifest", "lookup", "dial tcp", "timeout", "not found")):
        return f"the base {base} could not be had: {error}\n  where nothing can be pulled: --base {ROOTFS}"
    return f"the image could not be built: {error}"


def _install(folder: Path, architecture: str) -> None:
    """Put the packages that the image needs beside the build, with this machine's pip and its settings."""
    wheels = WHEELS.get(architecture, architecture)
    platforms = [f"--platform={kind}_{wheels}" for kind in ("manylinux_2_28", "manylinux_2_17", "manylinux2014")]
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--target", str(folder / "site")]
    choice = ["--only-binary=:all:", "--implementation=cp", f"--python-version={PYTHON}", *platforms]
    done = subprocess.run(  # noqa: S603 - this very interpreter's pip
        [*command, *choice, "-r", str(RECIPE / "requirements.txt")], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise LabError(f"pip could not get what the image needs: {_last(done.stderr)}")


def _context(folder: Path) -> io.BytesIO:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        tar.add(RECIPE / "Dockerfile", "Dockerfile")
        tar.add(folder / "site", "site")
        for path in _sources():
            tar.add(path, f"manolab/{path.relative_to(ROOT)}")
    packed.seek(0)
    return packed


def _sources() -> list[Path]:
    """Our own files in the image, in one order everywhere."""
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file())
    return sorted(path for path in files if "__pycache__" not in path.parts)


def _make_rootfs(client: Any, architecture: str) -> Iterator[str]:
    """Make the base with mmdebstrap and hand it to the engine, unless it has it already."""
    if client.images.list(ROOTFS_IMAGE):
        yield f"the base {ROOTFS_IMAGE} is there already"
        return
    yield f"making the base {ROOTFS_IMAGE} with mmdebstrap (half a minute)"
    with tempfile.TemporaryDirectory(prefix="manolab-base-") as folder:
        packed = Path(folder) / "base.tar"
        excluded = [f"--dpkgopt=path-exclude=/usr/share/{what}/*" for what in ("doc", "man", "locale")]
        wanted = ["--variant=essential", "--include=python3", f"--architectures={architecture}", *excluded]
        try:
            done = subprocess.run(  # noqa: S603 - nothing in it comes from outside
                ["mmdebstrap", *wanted, "bookworm", str(packed)],  # noqa: S607 - wherever the system has it
                capture_output=True,
                text=True,
                check=False,
            )
        except FileNotFoundError:
            raise LabError("mmdebstrap is not installed\n  install it: apt-get install mmdebstrap") from None
        if done.returncode:
            raise LabError(f"mmdebstrap could not make the base: {_last(done.stderr)}")
        repository, _, tag = ROOTFS_IMAGE.partition(":")
        said = client.api.import_image_from_file(str(packed), repository, tag)
    if "error" in said:
        raise LabError(f"the engine did not take the base: {json.loads(said.splitlines()[-1])['error']}")


def _last(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("WARNING")]
    return lines[-1] if lines else "it did not say why"
