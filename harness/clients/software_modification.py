"""nfvmanoswm/v1 of one entity: its software modification, restoration points and kept operations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.clients.http import Body, Http, segment

API = "/nfvmanoswm/v1"
OCCURRENCES = f"{API}/software_modification_op_occs"
POINTS = f"{API}/restoration_points"
RESTORES = f"{API}/restore_op_occs"
PENDING = f"{API}/pending_operations"


class SoftwareModification:
    """The software modification service of one entity."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def capability(self) -> Body:
        return self._http.get(f"{API}/capability").object

    def request(self, body: Body) -> str:
        """Ask for a software modification; returns the id of its operation occurrence."""
        return self._http.post(f"{API}/software_modifications", body).created

    def components(self) -> list[Body]:
        """The components that the entity consists of, with the version of each; none where it is of one piece."""
        return self._http.all(f"{API}/components")

    def occurrences(self) -> list[Body]:
        return self._http.all(OCCURRENCES)

    def occurrence(self, id: str) -> Body:
        return self._http.get(f"{OCCURRENCES}/{segment(id)}").object

    def task(self, id: str, task: str, resources: Sequence[Body] = ()) -> None:
        """Ask for suspend, resume, undo or commit of an occurrence; with the resources it may use from then on."""
        body: Body | None = {"resources": list(resources)} if resources else None
        self._http.post(f"{OCCURRENCES}/{segment(id)}/{task}", body)

    def make_restoration_point(self, description: str) -> str:
        return self._http.post(POINTS, {"description": description}).created

    def restoration_points(self) -> list[Body]:
        return self._http.all(POINTS)

    def restoration_point(self, id: str) -> Body:
        return self._http.get(f"{POINTS}/{segment(id)}").object

    def remove_restoration_point(self, id: str) -> None:
        self._http.delete(f"{POINTS}/{segment(id)}")

    def restore(self, id: str, wanted: Body) -> str:
        """Set the entity back to a restoration point; returns the id of the restore occurrence."""
        return self._http.post(f"{POINTS}/{segment(id)}/restore", wanted).created

    def restoration(self, id: str) -> Body:
        """What became of a restoration."""
        return self._http.get(f"{RESTORES}/{segment(id)}").object

    def set_handling(self, handling: Mapping[str, str]) -> None:
        """Say what becomes of operations that arrive from now on, by type."""
        self._http.put(f"{API}/operation_handling", {"operationHandling": dict(handling)})

    def end_handling(self) -> None:
        """Let operations that arrive run at once again."""
        self._http.delete(f"{API}/operation_handling")

    def pending_operations(self) -> list[Body]:
        """The LCM and VRM operations that the entity keeps because of a modification."""
        return self._http.all(PENDING)

    def settle_pending(self, id: str, task: str) -> None:
        """Ask for `execute` or `return` of a kept operation."""
        self._http.post(f"{PENDING}/{segment(id)}/{task}")
