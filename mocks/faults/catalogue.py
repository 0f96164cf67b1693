"""All faults of the lab by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mocks.faults import (
    clock_skew,
    crash,
    disk_full,
    external_issue,
    failed_test,
    hang,
    internal_rollback,
    lossy_link,
    lost_reservation,
    lost_response,
    missing_resources,
    partition,
    refuse,
    slow_link,
    transient_error,
)
from mocks.faults.effects import Fault

MODULES = (
    clock_skew,
    crash,
    disk_full,
    external_issue,
    failed_test,
    hang,
    internal_rollback,
    lossy_link,
    lost_reservation,
    lost_response,
    missing_resources,
    partition,
    refuse,
    slow_link,
    transient_error,
)

FAULTS: Mapping[str, Fault] = MappingProxyType({module.FAULT.name: module.FAULT for module in MODULES})
