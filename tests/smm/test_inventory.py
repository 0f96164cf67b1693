"""An SMM that runs elsewhere is told of the world around it: PUT /smm/v1/inventory."""

from __future__ import annotations

from typing import Any

import pytest

from tests.smm.world import LAUNCH, World

ACTORS = {"oss": {"type": "OSS", "url": "http://oss"}}
GRANT = {"tokenEndpoint": "http://manager/oauth2/token", "clientId": "smm", "clientSecret": "s3cret"}


def test_the_inventory_is_taken_for_the_old_one(world: World) -> None:
    """Launch requests may name who is in it, and nobody else."""
    assert world.api.put("/smm/v1/inventory", json={"actors": ACTORS}).status_code == 204
    assert world.api.get("/smm/v1/inventory").get_json() == {"actors": ACTORS}
    refused = world.api.post("/smm/v1/processes", json=LAUNCH)
    assert refused.status_code == 422
    assert any("target: 'vnfm' is not a known actor" in problem for problem in refused.get_json()["problems"])


def test_a_token_is_got_with_the_credentials_and_not_shown(world: World) -> None:
    """From then on the SMM speaks with it; the secret is in no answer."""
    world.wire.on("manager", "POST", "/oauth2/token", lambda _, __: (200, {"access_token": "abc"}))
    assert world.api.put("/smm/v1/inventory", json={"actors": ACTORS, "authorization": GRANT}).status_code == 204
    assert world.session.headers["Authorization"] == "Bearer abc"
    assert "s3cret" not in world.api.get("/smm/v1/inventory").get_data(as_text=True)


@pytest.mark.parametrize(
    ("answer", "said"),
    [((401, {"error": "invalid_client"}), "invalid_client"), ((200, {}), "without an access_token")],
)
def test_without_a_token_the_inventory_is_refused(world: World, answer: Any, said: str) -> None:
    """The answer says what the token endpoint said, and the old inventory stays."""
    world.wire.on("manager", "POST", "/oauth2/token", lambda _, __: answer)
    refused = world.api.put("/smm/v1/inventory", json={"actors": ACTORS, "authorization": GRANT})
    assert refused.status_code == 422
    assert said in refused.get_json()["detail"]
    assert "vnfm" in world.api.get("/smm/v1/inventory").get_json()["actors"]
