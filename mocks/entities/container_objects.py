"""The power to manage containerised workloads: the MCIO management of a CISM (GR clause 5.6.1, GS NFV-SOL 018).

Objects are those of Kubernetes, as far as SOL 018 profiles them and the lab needs them: Deployments, and the Pods that
they want or that somebody asks for directly. What a Pod runs on are container-specific virtual resources, which the
other function of a CISM manages (VirtualisedResources): where the entity has both, each Pod takes one of them, and the
Pod is as far as that resource is. Where it has only this one, Pods run as soon as they are asked for.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mocks.entities.core import Core
from mocks.entities.errors import Conflict, InsufficientResources, NotFound
from mocks.entities.merge_patch import merged
from mocks.entities.placement import manages_resources
from mocks.entities.ports import Body
from mocks.entities.times import timestamp
from mocks.entities.virtualised_resources import VirtualisedResources

SIZE = {"vcpu": 1, "memoryMiB": 512, "storageGiB": 1}
"""What a Pod takes of the container-specific virtual resources."""

PHASES = {"ALLOCATING": "Pending", "STOPPED": "Pending", "STARTED": "Running"}


class AlreadyExists(Conflict):
    """There is an object of this name."""


@dataclass(frozen=True)
class Kind:
    """A kind of object: its plural in paths, and what it says of itself."""

    plural: str
    version: str
    name: str


POD = Kind("pods", "v1", "Pod")
DEPLOYMENT = Kind("deployments", "apps/v1", "Deployment")
KINDS = {kind.plural: kind for kind in (POD, DEPLOYMENT)}
Key = tuple[str, str, str]
"""Plural, namespace, name."""


class ContainerObjects:
    """Creates, reads, changes and deletes objects, and keeps as many Pods as its Deployments want."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._lock = threading.RLock()
        self._objects: dict[Key, Body] = {}
        self._version = 0

    def create(self, kind: Kind, namespace: str, body: Body) -> Body:
        """Make an object; AlreadyExists when there is one of its name."""
        with self._lock:
            key = (kind.plural, namespace, str(body["metadata"]["name"]))
            if key in self._objects:
                raise AlreadyExists(f"{kind.plural} {key[2]!r} already exists")
            metadata = {
                **body["metadata"],
                "namespace": namespace,
                "uid": self._core.ids.uuid(),
                "creationTimestamp": timestamp(self._core.clock.date()),
            }
            self._put(key, {"spec": body["spec"], "metadata": metadata})
            return self._shown(key)

    def list(self, kind: Kind, namespace: str) -> Body:
        """The list object of a kind in a namespace."""
        with self._lock:
            items = [self._shown(key) for key in self._objects if key[:2] == (kind.plural, namespace)]
            version = {"resourceVersion": str(self._version)}
            return {"apiVersion": kind.version, "kind": f"{kind.name}List", "metadata": version, "items": items}

    def get(self, kind: Kind, namespace: str, name: str) -> Body:
        with self._lock:
            return self._shown(self._key(kind, namespace, name))

    def patched(self, kind: Kind, namespace: str, name: str, patch: Body) -> Body:
        """What the object would be with a merge patch; Conflict when the patch was made for another version of it."""
        with self._lock:
            present = self._objects[self._key(kind, namespace, name)]
        made_for = patch.get("metadata", {}).get("resourceVersion")
        if made_for not in (None, present["metadata"]["resourceVersion"]):
            raise Conflict(f"{kind.plural} {name!r} has been modified since version {made_for}; read it again")
        kept = {part: present["metadata"][part] for part in ("name", "namespace", "uid", "creationTimestamp")}
        changed: Body = merged(present, {part: patch[part] for part in ("metadata", "spec") if part in patch})
        return {**changed, "metadata": {**changed["metadata"], **kept}}

    def replace(self, kind: Kind, namespace: str, name: str, body: Body) -> Body:
        """Put another state of the object in its place."""
        with self._lock:
            key = self._key(kind, namespace, name)
            if kind is DEPLOYMENT and body["spec"]["template"] != self._objects[key]["spec"]["template"]:
                self._end_pods(list(self._pods_of(key)))
            self._put(key, body)
            return self._shown(key)

    def delete(self, kind: Kind, namespace: str, name: str) -> None:
        """Take an object away, and with a Deployment its Pods; a Pod that a Deployment wants comes anew."""
        with self._lock:
            key = self._key(kind, namespace, name)
            self._end_pods([key] if kind is POD else list(self._pods_of(key)))
            self._objects.pop(key, None)
            for other in [each for each in self._objects if each[0] == DEPLOYMENT.plural]:
                self._follow(other)

    def capture(self) -> Body:
        with self._lock:
            return copy.deepcopy({"objects": list(self._objects.values()), "version": self._version})

    def restore(self, captured: Body) -> None:
        with self._lock:
            kept = copy.deepcopy(captured["objects"])
            plurals = {kind.name: kind.plural for kind in KINDS.values()}
            self._objects = {_key_of(plurals[each["kind"]], each["metadata"]): each for each in kept}
            self._version = max(self._version, captured["version"])

    def snapshot(self) -> Body:
        return self.capture()

    def revive(self, snapshot: Body) -> None:
        self.restore(snapshot)

    def hand_over(self) -> Body:
        """The objects, for another instance of the entity to go on with."""
        return self.capture()

    def take_over(self, state: Body) -> None:
        self.restore(state)

    def _key(self, kind: Kind, namespace: str, name: str) -> Key:
        key = (kind.plural, namespace, name)
        if key not in self._objects:
            raise NotFound(f"{kind.plural} {name!r} not found")
        return key

    def _put(self, key: Key, body: Body) -> None:
        self._version += 1
        kind = KINDS[key[0]]
        metadata = {**body["metadata"], "resourceVersion": str(self._version)}
        self._objects[key] = {**body, "apiVersion": kind.version, "kind": kind.name, "metadata": metadata}
        if kind is POD:
            self._run(self._objects[key])
        else:
            self._follow(key)

    def _run(self, pod: Body) -> None:
        """Take the resource that the Pod runs on, unless it has one; without enough of them it stays Pending."""
        resources = self._resources
        if resources is None or "resource" in pod:
            return
        name = pod["metadata"]["name"]
        try:
            begun = resources.create_compute_resource({"name": name, "resources": SIZE}, self._core.name)
        except InsufficientResources:
            return
        pod["resource"] = begun["computeResourceId"]

    def _follow(self, deployment: Key) -> None:
        """Bring the Pods of a Deployment to the number that it wants; the newest go first."""
        wanted = int(self._objects[deployment]["spec"].get("replicas", 1))
        pods = list(self._pods_of(deployment))
        self._end_pods(pods[wanted:])
        for _ in range(wanted - len(pods)):
            self.create(POD, deployment[1], self._pod_for(self._objects[deployment]))

    def _pod_for(self, deployment: Body) -> Body:
        owner = deployment["metadata"]
        template = deployment["spec"]["template"]
        metadata = {
            **template.get("metadata", {}),
            "name": f"{owner['name'][:50]}-{self._core.ids.uuid().rpartition('-')[2]}",
            "ownerReferences": [
                {"apiVersion": "apps/v1", "kind": "Deployment", "name": owner["name"], "uid": owner["uid"]}
            ],
        }
        return {"metadata": metadata, "spec": template["spec"]}

    def _pods_of(self, deployment: Key) -> Iterator[Key]:
        uid = self._objects[deployment]["metadata"]["uid"]
        for key, body in self._objects.items():
            owners = body["metadata"].get("ownerReferences", ())
            if key[0] == POD.plural and any(owner.get("uid") == uid for owner in owners):
                yield key

    def _end_pods(self, keys: Sequence[Key]) -> None:
        for key in reversed(keys):
            resources, taken = self._resources, self._objects[key].get("resource")
            if resources is not None and taken is not None:
                self._give_back(resources, taken)
            del self._objects[key]

    def _give_back(self, resources: VirtualisedResources, taken: str) -> None:
        """Conflict while the resource is still being allocated: the Pod is kept then."""
        try:
            resources.delete_compute_resource(taken, self._core.name)
        except NotFound:
            return

    @property
    def _resources(self) -> VirtualisedResources | None:
        return self._core.power(VirtualisedResources) if manages_resources(self._core) else None

    def _shown(self, key: Key) -> Body:
        body = {name: value for name, value in self._objects[key].items() if name != "resource"}
        return copy.deepcopy({**body, "status": self._pod_status(key) if key[0] == POD.plural else self._status(key)})

    def _pod_status(self, key: Key) -> Body:
        taken, resources = self._objects[key].get("resource"), self._resources
        if resources is None:
            return {"phase": "Running"}
        if taken is None:
            lacking = {"type": "PodScheduled", "status": "False", "reason": "Unschedulable"}
            return {"phase": "Pending", "conditions": [lacking]}
        try:
            return {"phase": PHASES[resources.get_compute_resource(taken)["state"]]}
        except NotFound:
            return {"phase": "Failed"}

    def _status(self, key: Key) -> Body:
        pods = list(self._pods_of(key))
        ready = sum(self._pod_status(pod)["phase"] == "Running" for pod in pods)
        return {"replicas": len(pods), "readyReplicas": ready}


def _key_of(plural: str, metadata: Body) -> Key:
    return (plural, str(metadata["namespace"]), str(metadata["name"]))
