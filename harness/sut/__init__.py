"""Systems under test: one string names a subject, one call gives its factory, one wrapper checks what it answers."""

from harness.sut.checked import Checked, Description, SubjectBroke
from harness.sut.resolve import FALLBACK_MANAGER, SMM, Factory, Part, resolve
from harness.sut.surroundings import Credentials, SubjectError, Surroundings

__all__ = [
    "FALLBACK_MANAGER",
    "SMM",
    "Checked",
    "Credentials",
    "Description",
    "Factory",
    "Part",
    "SubjectBroke",
    "SubjectError",
    "Surroundings",
    "resolve",
]
