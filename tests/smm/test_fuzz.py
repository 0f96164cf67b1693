"""Whatever smm/v1 describes, and much that it does not, is sent to the reference SMM: no 5xx, nothing undescribed."""

from __future__ import annotations

from harness.smm import create
from tests.smm.world import LAUNCH, World
from tests.sut.fuzzing import Northbound, fuzz

CALLBACK = "http://manager/callbacks/1"
API = Northbound(
    root="/smm/v1",
    client="smm",
    callback=CALLBACK,
    orders=(
        ("subscriptions", {"callbackUri": CALLBACK}),
        ("processes", {**LAUNCH, "commit": "manual"}),
        ("processes", LAUNCH),
    ),
    order=LAUNCH,
    mark="target",
    least=4,
    known={"execution_plans": ["internal-seamless"]},
    instead={"planId": "plan"},
)


def test_smm_answers_whatever_comes_as_described() -> None:
    """No server error, no answer and no notification outside of the description, whatever is sent in whatever order."""
    fuzz(lambda: World(create), API)
