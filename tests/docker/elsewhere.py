"""Another machine, as far as addresses go: a Docker engine of its own behind a network cable of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

NEEDED = ("dockerd", "ip", "nsenter", "openssl", "iptables")
CGROUPS = Path("/sys/fs/cgroup")
TLS_PORT = 2376


def missing() -> str:
    """Why there can be no second engine here; empty when there can."""
    if os.geteuid() != 0:
        return "a second engine needs root"
    absent = [tool for tool in NEEDED if shutil.which(tool) is None]
    return f"a second engine needs {', '.join(absent)}" if absent else ""


class Machine:
    """A network namespace at the end of a cable, with an engine in it that asks for certificates."""

    def __init__(self, folder: Path, number: int, size: str = "", networks: str = "") -> None:
        """`number` tells machines apart in addresses; `size` is that of the disk, `networks` the pool of addresses."""
        self.name = f"manolab-t{number}"
        self.ours, self.address = f"198.18.{number}.1", f"198.18.{number}.2"
        self.certificates = folder / "tls"
        self._folder = folder
        self._size = size
        self._pool = [f"--default-address-pool=base={networks}"] if networks else []
        self.disk = folder / "disk"
        self._engine: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What a command is told to use this engine."""
        host = f"tcp://{self.address}:{TLS_PORT}"
        return {"DOCKER_HOST": host, "DOCKER_TLS_VERIFY": "1", "DOCKER_CERT_PATH": str(self.certificates)}

    def use(self, patch: pytest.MonkeyPatch) -> None:
        """Make it the engine that the environment names."""
        for name, value in self.environment.items():
            patch.setenv(name, value)

    def build(self) -> None:
        """Lay the cable, make the certificates and the disk, start the engine."""
        here, there = f"{self.name}-a", f"{self.name}-b"
        run("ip", "netns", "add", self.name)
        run("ip", "link", "add", here, "type", "veth", "peer", "name", there, "netns", self.name)
        run("ip", "addr", "add", f"{self.ours}/30", "dev", here)
        run("ip", "link", "set", here, "up")
        run("ip", "-n", self.name, "addr", "add", f"{self.address}/30", "dev", there)
        for device in (there, "lo"):
            run("ip", "-n", self.name, "link", "set", device, "up")
        run("ip", "-n", self.name, "route", "add", "default", "via", self.ours)
        certify(self.certificates, self.address)
        self.disk.mkdir()
        if self._size:
            run("mount", "-t", "tmpfs", "-o", f"size={self._size}", "tmpfs", str(self.disk))
        self.start()

    def start(self) -> None:
        """Start the engine; returns when it says that it is there."""
        ready = self._folder / "ready.sock"
        ready.unlink(missing_ok=True)
        options = ["--tlsverify", *(f"--tls{kind}={self.certificates / name}" for kind, name in SERVER.items())]
        options += [f"--{name}={self._folder / name}" for name in ("exec-root", "pidfile")]
        options += [*self._pool, f"--data-root={self.disk}", f"--cgroup-parent=/{self.name}"]
        options += [f"--host=tcp://{self.address}:{TLS_PORT}"]
        with (
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear,
            (self._folder / "dockerd.log").open("ab") as log,
        ):
            ear.bind(str(ready))
            ear.settimeout(30)
            # not `ip netns exec`: it would hide the control groups
            self._engine = subprocess.Popen(
                ["nsenter", f"--net=/run/netns/{self.name}", "dockerd", *options],
                stdout=log,
                stderr=log,
                env={**os.environ, "NOTIFY_SOCKET": str(ready)},
            )
            try:
                while b"READY=1" not in ear.recv(4096):
                    pass
            except TimeoutError:
                said = (self._folder / "dockerd.log").read_text(errors="replace").splitlines()[-30:]
                raise RuntimeError("\n".join(["the engine did not come up; it said", *said])) from None

    def kill(self) -> None:
        """As if somebody pulled the plug of the engine alone."""
        assert self._engine
        self._engine.kill()
        self._engine.wait()
        # Its containerd dies with it; where nobody reaps the dead, the next engine would wait for it for ever.
        for left in ("pidfile", "exec-root/containerd/containerd.pid"):
            (self._folder / left).unlink(missing_ok=True)

    def tear_down(self) -> None:
        """End what is left of it, by its process ids, and take its network, mounts and files away."""
        if self._engine and self._engine.poll() is None:
            self._engine.send_signal(signal.SIGTERM)
            self._engine.wait(30)
        for process in self._processes():
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
        for line in reversed(Path("/proc/self/mountinfo").read_text().splitlines()):
            if (place := line.split()[4]).startswith(f"{self._folder}/"):
                run("umount", "--lazy", place)
        subprocess.run(["ip", "netns", "delete", self.name], check=False, capture_output=True)
        for group in sorted(CGROUPS.glob(f"**/{self.name}/**/"), reverse=True):
            group.rmdir()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _processes(self) -> set[int]:
        """Shims live in its network, containers in its control group."""
        said = subprocess.run(["ip", "netns", "pids", self.name], check=False, capture_output=True, text=True).stdout
        groups = CGROUPS.glob(f"**/{self.name}/**/cgroup.procs")
        return {int(word) for text in [said, *(group.read_text() for group in groups)] for word in text.split()}


SERVER = {"cacert": "ca.pem", "cert": "server-cert.pem", "key": "server-key.pem"}


def certify(folder: Path, address: str) -> None:
    """A CA, and certificates of it for the engine and its client, under the names that Docker's tools look for."""
    folder.mkdir()
    ca, key = str(folder / "ca.pem"), str(folder / "ca-key.pem")
    new = ("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj")
    run(*new, "/CN=manolab test", "-x509", "-days", "2", "-keyout", key, "-out", ca)
    for prefix, extension in (("server-", f"subjectAltName=IP:{address}"), ("", "extendedKeyUsage=clientAuth")):
        mine, request = (str(folder / f"{prefix}{what}") for what in ("key.pem", "request.pem"))
        run(*new, f"/CN={prefix or 'client'}", "-addext", extension, "-keyout", mine, "-out", request)
        signed = ("-CA", ca, "-CAkey", key, "-CAcreateserial", "-days", "2", "-copy_extensions", "copy")
        run("openssl", "x509", "-req", "-in", request, *signed, "-out", str(folder / f"{prefix}cert.pem"))


@contextmanager
def machine(folder: Path, number: int, **how: str) -> Iterator[Machine]:
    """A machine from its cable to its end."""
    made = Machine(folder, number, **how)
    try:
        made.build()
        yield made
    finally:
        made.tear_down()


def bring(image: str, source: Any, target: Any, file: Path) -> None:
    """Carry an image from one engine to another."""
    with file.open("wb") as packed:
        for chunk in source.get_image(image):
            packed.write(chunk)
    with file.open("rb") as packed:
        for _ in target.load_image(packed):
            pass
    file.unlink()


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
