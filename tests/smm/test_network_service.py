"""What the SMM makes of an NSD: a parallel path comes, a path goes (rows 5 and 10 of table 5.5.2.5-1)."""

from __future__ import annotations

import pytest

from harness.smm.operations.nsd import profile, with_parallel_path, without_paths
from harness.smm.plans import builtin

CONTENT = {
    "nsdInvariantId": "ns",
    "nsdVersion": "1",
    "vnfProfiles": [
        {"vnfProfileId": "a", "vnfdId": "vnfd-a", "vnfmId": "s1"},
        {"vnfProfileId": "b1", "vnfdId": "vnfd-b-1", "vnfmId": "s2"},
    ],
    "virtualLinks": [{"virtualLinkId": "outside"}, {"virtualLinkId": "link"}],
    "paths": [
        {"pathId": "in", "vnfProfileIds": ["a"], "virtualLinkIds": ["outside"]},
        {"pathId": "path", "vnfProfileIds": ["a", "b1"], "virtualLinkIds": ["outside", "link"]},
    ],
}
NEW = {"vnfProfileId": "b2", "vnfdId": "vnfd-b-2", "vnfmId": "g"}


def test_a_parallel_path_shares_what_is_shared():
    """Links of other paths are shared, the others get a counterpart; nothing of what was there changes."""
    made = with_parallel_path(CONTENT, NEW, "b1")
    assert profile(made, "b2") == NEW
    assert made["paths"][:2] == CONTENT["paths"]
    assert made["paths"][2] == {
        "pathId": "path@b2",
        "vnfProfileIds": ["a", "b2"],
        "virtualLinkIds": ["outside", "link@b2"],
    }
    assert [link["virtualLinkId"] for link in made["virtualLinks"]] == ["outside", "link", "link@b2"]


def test_a_path_that_is_there_is_not_added_again():
    """Doing it twice is doing it once."""
    made = with_parallel_path(CONTENT, NEW, "b1")
    assert with_parallel_path(made, NEW, "b1") == made


def test_a_path_goes_with_what_it_alone_used():
    """The VNF, its path and its own link go; a link that others use stays."""
    left = without_paths(with_parallel_path(CONTENT, NEW, "b1"), "b1")
    assert [each["vnfProfileId"] for each in left["vnfProfiles"]] == ["a", "b2"]
    assert [each["pathId"] for each in left["paths"]] == ["in", "path@b2"]
    assert [each["virtualLinkId"] for each in left["virtualLinks"]] == ["outside", "link@b2"]


def test_there_and_back_has_the_same_shape():
    """After the way back there are as many paths, VNFs and links as before."""
    there = without_paths(with_parallel_path(CONTENT, NEW, "b1"), "b1")
    back = without_paths(with_parallel_path(there, CONTENT["vnfProfiles"][1], "b2"), "b2")
    assert [len(back[key]) for key in ("vnfProfiles", "virtualLinks", "paths")] == [2, 2, 2]


@pytest.mark.parametrize("number", range(2, 16))
def test_each_row_that_the_smm_acts_in_has_a_step(number):
    """Rows of others (6, 7, 11, 12) are awaited in the row with which they end."""
    plan = builtin()["s-vnfm-to-g-vnfm"]
    rows = {step.row for step in plan.modification.steps}
    assert (f"5.5.2.5-1#{number}" in rows) != (number in (6, 7, 11, 12))
