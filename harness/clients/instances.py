"""nfvmanoswm/v1 of one host: the instance on it, how it comes and goes, and its operational state data (GR 5.3.3)."""

from __future__ import annotations

from harness.clients.http import Body, Http, segment

API = "/nfvmanoswm/v1"
OCCURRENCES = f"{API}/instance_op_occs"


class Instances:
    """The instance of an entity on one host."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def read(self) -> Body:
        """What is instantiated there, or that nothing is."""
        return self._http.get(f"{API}/instance").object

    @property
    def there(self) -> bool:
        """Whether anything is instantiated there."""
        return self.read().get("instantiationState") == "INSTANTIATED"

    def instantiate(self, body: Body) -> str:
        """Ask for an instance; returns the id of the operation occurrence."""
        return self._http.post(f"{API}/instance/instantiate", body).created

    def terminate(self, how: str) -> str:
        """Ask for the end of the instance, GRACEFUL or FORCEFUL; returns the id of the operation occurrence."""
        return self._http.post(f"{API}/instance/terminate", {"terminationType": how}).created

    def occurrences(self) -> list[Body]:
        return self._http.all(OCCURRENCES)

    def occurrence(self, id: str) -> Body:
        return self._http.get(f"{OCCURRENCES}/{segment(id)}").object

    def export_state(self) -> Body:
        """Have the instance hand its operational state data over."""
        return self._http.post(f"{API}/state_data/export").object

    def import_state(self, data: Body) -> None:
        """Have the instance take operational state data over."""
        self._http.post(f"{API}/state_data/import", data)
