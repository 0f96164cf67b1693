"""What a VNF does with the CISM that it embeds for itself, past any SMM; NFV-MANO is watched (5.6.2.7, 5.6.3.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from steps.arrangement import VERSIONS
from steps.drive import MODIFY, SETTLED_WITHIN, STEPS
from steps.observer import Observer

if TYPE_CHECKING:
    from harness.judge.roles import Roles
    from steps.bench import Bench

INSTANCE = "/nfvmanoswm/v1/instance"
STATE = "/nfvmanoswm/v1/state_data"
UNLOCK = {"administrativeStateChange": {"administrativeStateAction": "UNLOCK"}}


class Owner:
    """The owner of the VNF: the observer, who asks the VNF itself and looks at all of NFV-MANO in between."""

    def __init__(self, bench: Bench, roles: Roles) -> None:
        self._lab = bench.lab
        self._roles = roles
        self._observer = Observer(bench, roles, VERSIONS)

    def modify(self, which: str) -> None:
        """Have the VNF modify its CISM; it is held before each step of its work for a look."""
        self._observer.look_at_mano()
        control = self._lab.control(self._roles.target)
        held = {f"software-modification/{step}": control.hold(f"software-modification/{step}") for step in STEPS}
        self._observer.ask("POST", self._roles.target, MODIFY, {"destinationSoftwareVersion": VERSIONS[which]})
        for point, hold in held.items():
            self._lab.wait_for(lambda entry, point=point: _is_held(entry, point), SETTLED_WITHIN)  # type: ignore[misc]
            self._observer.look_at_mano()
            control.release(hold)
        self._lab.settle(SETTLED_WITHIN)
        self._observer.look_at_mano()

    def replace(self, which: str) -> None:
        """Have another instance of the CISM take the place of the one that runs."""
        source, destination = self._roles.target, self._roles.destination
        self._observer.look_at_mano()
        self._ask(destination, f"{INSTANCE}/instantiate", {"softwareVersion": VERSIONS[which], "replaces": source})
        given = self._ask(source, f"{STATE}/export")
        self._ask(destination, f"{STATE}/import", given)
        self._ask(destination, "/nfvmanocim/v2/mano_entity/change_state", UNLOCK)
        self._ask(source, f"{INSTANCE}/terminate", {"terminationType": "FORCEFUL"})
        for actor in (source, destination):
            self._observer.ask("GET", actor, INSTANCE)

    def _ask(self, actor: str, path: str, body: Any = None) -> Any:
        """Ask for something, let it be done, and look at NFV-MANO."""
        answer = self._observer.ask("POST", actor, path, body)
        self._lab.settle(SETTLED_WITHIN)
        self._observer.look_at_mano()
        return answer.json if answer is not None else None


def _is_held(entry: Any, point: str) -> bool:
    return bool(entry["kind"] == "lab" and entry["event"] == "held" and entry["detail"].get("point") == point)
