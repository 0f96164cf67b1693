"""All faults of the lab by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mocks.faults import (
    crash,
    failed_test,
    hang,
    internal_rollback,
    lost_response,
    missing_resources,
    partition,
    refuse,
    transient_error,
)
from mocks.faults.effects import Fault

MODULES = (
    crash,
    failed_test,
    hang,
    internal_rollback,
    lost_response,
    missing_resources,
    partition,
    refuse,
    transient_error,
)

FAULTS: Mapping[str, Fault] = MappingProxyType({module.FAULT.name: module.FAULT for module in MODULES})
