"""A lab as Kubernetes manifests: a Deployment and a Service for each container, and policies that let nodes reach
the lab and nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mocks.lab.adopted import COLLECTOR_PORT, Addresses
from mocks.lab.engine import NODE_PORT
from mocks.lab.export.parts import FIRST_PORT, LAB, STATE, Naming, Part, parts
from mocks.lab.export.text import dumped
from mocks.lab.health import HEALTH
from mocks.lab.service import SMM
from mocks.lab.topology import Topology

Manifest = dict[str, Any]
NODES = f"http://{{name}}:{NODE_PORT}"
NAMING = Naming(Addresses(NODES, NODES), lab=LAB, collector=LAB)
SECRET = "manolab"  # noqa: S105 - the name of a Secret
KEYS = {"MANOLAB_SECRET": "secret", "MANOLAB_SMM_KEY": "smm-key"}
APP, ROLE = "app.kubernetes.io/part-of", "app.kubernetes.io/name"
USER = 65532
KEPT = (LAB, SMM)
"""What outlives its pod: the history, and the SMM's journal. A mock's state outlives its container only."""

HEADER = """\
A lab of manolab for Kubernetes, made by `manolab lab export --k8s`. The image has to be where the nodes can have it.

    kubectl create namespace manolab
    kubectl -n manolab create secret generic manolab --from-literal=secret="$(openssl rand -hex 32)" \\
        --from-literal=smm-key="$(openssl rand -hex 32)"
    kubectl -n manolab apply -f FILE
    kubectl -n manolab wait --for=condition=Available --timeout=180s deployment --all
    kubectl -n manolab exec deployment/lab -- python3 -m mocks.lab.access observer    # an access token
    kubectl -n manolab port-forward service/lab 8100                                  # an actor; its ports stand below
    kubectl -n manolab delete deployment lab                      # first, so that it can complete its history

Every actor is reached through the lab, which records; the policies need a network plug-in that enforces them.\
"""


def manifests(topology: Topology, image: str, first_port: int = FIRST_PORT) -> str:
    """The text of the file; raises LabError when the topology has an actor whose name the lab needs."""
    found = parts(topology, NAMING, first_port)
    documents: list[Manifest] = []
    for part in found:
        if part.name in KEPT:
            documents.append(_claim(part))
        documents += [_deployment(part, image), _service(part)]
    return dumped(HEADER, *documents, *_policies(found[0]))


def _labels(part: Part) -> Mapping[str, str]:
    return {APP: "manolab", ROLE: part.name, "manolab/side": "lab" if part.is_lab else "node"}


def _deployment(part: Part, image: str) -> Manifest:
    labels = _labels(part)
    pod = {
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": USER,
            "runAsGroup": USER,
            "fsGroup": USER,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containers": [_container(part, image)],
        "volumes": [{"name": "state", **_volume(part)}],
    }
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": part.name, "labels": labels},
        "spec": {
            "replicas": 1,
            "strategy": {"type": "Recreate"},
            "selector": {"matchLabels": {APP: "manolab", ROLE: part.name}},
            "template": {"metadata": {"labels": labels}, "spec": pod},
        },
    }


def _container(part: Part, image: str) -> Manifest:
    amounts = {"cpu": f"{round(part.limits.cpus * 1000)}m", "memory": f"{part.limits.memory_mib}Mi"}
    asked = {"cpu": f"{max(10, round(part.limits.cpus * 100))}m", "memory": f"{part.limits.memory_mib // 2}Mi"}
    plain = [{"name": name, "value": value.replace("$(", "$$(")} for name, value in part.environment.items()]
    secret = [
        {"name": name, "valueFrom": {"secretKeyRef": {"name": SECRET, "key": KEYS[value]}}}
        for name, value in part.secrets.items()
    ]
    return {
        "name": part.name,
        "image": image,
        "args": [part.module],
        "env": [*plain, *secret],
        "ports": [{"name": name, "containerPort": port} for name, port in _ports(part).items()],
        "resources": {"limits": amounts, "requests": asked},
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "readinessProbe": {"httpGet": {"path": HEALTH, "port": NODE_PORT}, "periodSeconds": 2, "timeoutSeconds": 3},
        **_liveness(part),
        "volumeMounts": [{"name": "state", "mountPath": STATE}],
    }


def _liveness(part: Part) -> Manifest:
    """The lab answers health checks when all its nodes are there; until then its collector shows that it lives."""
    probe = {"tcpSocket": {"port": COLLECTOR_PORT}} if part.is_lab else {"httpGet": {"path": HEALTH, "port": NODE_PORT}}
    startup = {**probe, "periodSeconds": 2, "failureThreshold": 90, "timeoutSeconds": 3}
    return {"startupProbe": startup, "livenessProbe": {**probe, "periodSeconds": 10, "timeoutSeconds": 5}}


def _ports(part: Part) -> Mapping[str, int]:
    """The ports of a container by names that Kubernetes takes: 15 characters at most."""
    if not part.is_lab:
        return {"http": NODE_PORT}
    return {"health": NODE_PORT, "collector": COLLECTOR_PORT, **{f"p{port}": port for port in part.ports.values()}}


def _volume(part: Part) -> Manifest:
    if part.name in KEPT:
        return {"persistentVolumeClaim": {"claimName": f"{part.name}-state"}}
    return {"emptyDir": {"sizeLimit": "64Mi"}}


def _claim(part: Part) -> Manifest:
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": f"{part.name}-state", "labels": _labels(part)},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
    }


def _service(part: Part) -> Manifest:
    # lab and nodes tell each other that they are ready, so they are reached before they are
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": part.name, "labels": _labels(part)},
        "spec": {
            "publishNotReadyAddresses": True,
            "selector": {APP: "manolab", ROLE: part.name},
            "ports": [{"name": name, "port": port, "targetPort": port} for name, port in _ports(part).items()],
        },
    }


def _policies(lab: Part) -> Iterator[Manifest]:
    """Nodes and lab talk to each other, with names resolved; whatever else there is, is cut."""
    node, own = {APP: "manolab", "manolab/side": "node"}, {APP: "manolab", "manolab/side": "lab"}
    names = {"ports": [{"protocol": kind, "port": 53} for kind in ("UDP", "TCP")]}
    heard = [{"protocol": "TCP", "port": port} for port in _ports(lab).values()]
    yield _policy("nodes", node, own, [{"protocol": "TCP", "port": NODE_PORT}], heard, names)
    yield _policy("lab", own, node, heard, [{"protocol": "TCP", "port": NODE_PORT}], names)


def _policy(
    name: str,
    who: Mapping[str, str],
    whom: Mapping[str, str],
    listens: list[Manifest],
    calls: list[Manifest],
    names: Manifest,
) -> Manifest:
    other = [{"podSelector": {"matchLabels": dict(whom)}}]
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": f"manolab-{name}", "labels": {APP: "manolab"}},
        "spec": {
            "podSelector": {"matchLabels": dict(who)},
            "policyTypes": ["Ingress", "Egress"],
            "ingress": [{"from": other, "ports": listens}],
            "egress": [{"to": other, "ports": calls}, names],
        },
    }
