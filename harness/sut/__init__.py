"""Systems under test: one string names a subject, one call gives its factory, one wrapper checks what it answers."""

from harness.sut.checked import Checked, Description, SubjectBroke
from harness.sut.resolve import Factory, resolve
from harness.sut.surroundings import Credentials, SubjectError, Surroundings

__all__ = [
    "Checked",
    "Credentials",
    "Description",
    "Factory",
    "SubjectBroke",
    "SubjectError",
    "Surroundings",
    "resolve",
]
