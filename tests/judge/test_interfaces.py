"""Service interfaces that come and go with the version (clause 5.2.3): their order on a few messages."""

from __future__ import annotations

from typing import Any

import harness.judge.rules  # noqa: F401
from harness.judge.registry import FLOW, judge
from tests.judge import story
from tests.judge.story import SWM, message

TARGET, OLD = "vnfm", "entities-vnflcm-v1"
INTERFACES = "/nfvmanocim/v2/mano_entity/mano_interfaces"
CHANGED = [{"old": OLD, "new": "entities-vnflcm-v2", "towards": "IMPACTED_ENTITY"}]
DESCRIBED = message("smm", TARGET, "GET", f"{SWM}/capability", response={"interfaceChanges": CHANGED})
SHOWN = message(
    "smm",
    TARGET,
    "GET",
    INTERFACES,
    response=[
        {
            "id": OLD,
            "interfaceState": {"operationalState": "STARTED", "administrativeState": "UNLOCKED"},
            "apiEndpoint": {"apiUri": "/entities/vnflcm/v1"},
        }
    ],
)


def turned(action: str) -> dict[str, Any]:
    body = {"operationalStateChange": {"operationalStateAction": action, "stopType": "GRACEFUL"}}
    return message("smm", TARGET, "POST", f"{INTERFACES}/{OLD}/change_state", 202, request=body)


def meeting() -> list[dict[str, Any]]:
    """Each impacted entity gets a token of the target, and uses the interface."""
    actors = story.case("launch").roles.impacted_entities
    paths = (("POST", "/oauth2/token"), ("GET", "/entities/vnflcm/v1/vnf_instances"))
    return [message(actor, TARGET, method, path) for actor in actors for method, path in paths]


def verdict(*messages: Any, after: int) -> str:
    arguments = {"which": "old", "concerned": "impacted entities"}
    return str(judge(FLOW.named("interfaces_started"), story.case(*messages, after=after), **arguments).verdict)


def test_an_old_interface_is_started_again_in_its_turn() -> None:
    """A start before the row before it is done is out of turn, though whom it serves come to it in time."""
    asked = [DESCRIBED, turned("STOP"), turned("START"), SHOWN]
    before, after = _tick(asked, 2), _tick(asked, 4)
    assert verdict(*asked, *meeting(), "end", after=before) == "pass"
    assert verdict(*asked, *meeting(), "end", after=after) == "fail"


def test_an_old_interface_that_never_stopped_is_not_started() -> None:
    """Those whom it serves come to it all the same."""
    asked = [DESCRIBED, SHOWN]
    assert verdict(*asked, *meeting(), "end", after=_tick(asked, 2)) == "pass"
    assert verdict(*asked, "end", after=_tick(asked, 2)) == "fail"


def _tick(messages: list[dict[str, Any]], count: int) -> int:
    """The tick after so many of the messages."""
    entries = story.case(*messages).history.entries
    return entries[count - 1].sent + 1
