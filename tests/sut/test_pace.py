"""How fast lab time passes for whom: nobody may be hurried whose work the lab cannot see."""

from __future__ import annotations

from pathlib import Path

import pytest

from mocks.lab.lab import Lab
from mocks.lab.transport import BRISK, PACE
from steps import bench
from steps.settings import REFERENCE, Settings

VENDOR = "adapter:tests.sut.vendor:Vendor"


class Opened(Exception):
    """The lab would come up now."""


@pytest.mark.parametrize(
    ("subject", "fallback_manager", "pace"),
    [(REFERENCE, REFERENCE, BRISK), (VENDOR, REFERENCE, PACE), (REFERENCE, VENDOR, PACE)],
)
def test_only_our_own_managers_are_hurried(subject, fallback_manager, pace, monkeypatch, tmp_path):
    """Over sockets a lab second is short for them; a vendor's manager has the time that the user guide names."""
    paces: list[float] = []

    def opened(_topology: Path | None, _transport: str, _backend: str, pace: float) -> Lab:
        paces.append(pace)
        raise Opened

    monkeypatch.setattr(bench, "open_lab", opened)
    settings = Settings("sockets", frozenset(), subject, None, tmp_path, None, fallback_manager=fallback_manager)
    with pytest.raises(Opened):
        bench.Bench(settings)
    assert paces == [pace]
