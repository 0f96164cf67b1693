"""Short names of messages."""

from __future__ import annotations

from typing import Any

import pytest

from reports import labels


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/vrm/v1/reservations", "GET /reservations"),
        ("/vrm/v1/reservations/r-1", "GET /reservations/{id}"),
        ("/nfvmanoswm/v1/software_modification_op_occs/0815/commit", "GET …/{id}/commit"),
        ("/", "GET /"),
    ],
)
def test_a_request_is_its_method_and_the_end_of_its_path(path: str, told: str) -> None:
    """Without API, version and ids."""
    assert labels.label({"method": "GET", "path": path, "request": None}) == told


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"operationState": "PROCESSING", "currentStep": "switch"}, "SW modification: PROCESSING, switch"),
        ({"operationState": "COMPLETED", "result": "SUCCESSFUL"}, "SW modification: COMPLETED, SUCCESSFUL"),
        ({"operationState": "FAILED", "result": "FAILED_FOR_GOOD"}, "SW modification: FAILED_FOR_GOOD"),
        ({}, "SW modification"),
    ],
)
def test_a_notification_is_what_it_says_of_its_operation(body: dict[str, Any], told: str) -> None:
    """State and result, or the step it is at."""
    kind = {"notificationType": "SoftwareModificationOperationOccurrenceNotification"}
    assert labels.label({"method": "POST", "path": "/callbacks/1", "request": kind | body}) == told


def test_an_unknown_notification_is_named_by_its_type() -> None:
    """A vendor's own still reads well."""
    body = {"notificationType": "SomeVendorThingNotification", "state": "DONE"}
    assert labels.label({"method": "POST", "path": "/callbacks/1", "request": body}) == "some vendor thing: DONE"
