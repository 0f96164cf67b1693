"""Who is started again after a crash says that what was under way failed (5.2.2.5-1 notes 1 and 3)."""

from __future__ import annotations

from mocks.entities.admission import OperationAdmission
from mocks.entities.restart import restarted
from mocks.entities.restoration import RestorationPoints
from mocks.entities.software_modification import SoftwareModification
from tests.entities.test_restoration import stuck
from tests.fakes import make_core


def entity():
    core = make_core("VIM")
    for power in (OperationAdmission, SoftwareModification, RestorationPoints):
        core.give(power(core))
    return core


def test_what_was_under_way_failed_and_says_why():
    """The modification is FAILED with the crash as its reason, and its consumer is told."""
    core = entity()
    begun = stuck(core, "switch")
    restarted(core)
    found = core.power(SoftwareModification).get(begun)
    assert (found["operationState"], found["result"]) == ("FAILED", "FAILED")
    assert found["error"]["detail"] == "vim crashed, and was started again"


def test_what_had_ended_before_the_crash_stays_as_it_was():
    """A completed modification is not touched."""
    core = entity()
    modification = core.power(SoftwareModification)
    begun = modification.create({"destinationSoftwareVersion": "2.0.0"}, "smm")["id"]
    core.clock.run()
    before = modification.get(begun)
    restarted(core)
    assert before["operationState"] == "COMPLETED"
    assert modification.get(begun) == before


def test_a_restoration_point_brings_it_back_after_the_crash():
    """The source version runs again, and a new modification is taken up."""
    core = entity()
    point = core.power(RestorationPoints).create({})["id"]
    stuck(core, "clean")
    restarted(core)
    assert core.software_version == "2.0.0"
    core.power(RestorationPoints).restore(point, "observer")
    core.clock.run()
    assert core.software_version == "1.0.0"
    core.gate.closed.clear()
    again = core.power(SoftwareModification).create({"destinationSoftwareVersion": "2.0.0"}, "smm")["id"]
    core.clock.run()
    assert core.power(SoftwareModification).get(again)["operationState"] == "COMPLETED"
