"""The subject under test as a command line names it, looked at before anything is started."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.cli.failures import WrongUse

if TYPE_CHECKING:
    from harness.sut import Part


def check_subject(subject: str, transport: str) -> None:
    """Refuse a subject that cannot be: an unknown form, code that is not there, one that calls do not reach."""
    from harness.sut import SMM

    _check("--subject", subject, SMM)
    if subject.startswith("http:") and transport != "sockets":
        raise WrongUse(
            f"--subject {subject}: an SMM elsewhere cannot reach a lab without ports", hint="add --transport sockets"
        )


def check_fallback_manager(subject: str) -> None:
    """The same for a Fallback Manager, which cannot be elsewhere."""
    from harness.sut import FALLBACK_MANAGER

    _check("--fallback-manager", subject, FALLBACK_MANAGER)


def _check(option: str, subject: str, part: Part) -> None:
    from harness.sut import SubjectError, resolve

    try:
        resolve(subject, part)
    except SubjectError as error:
        raise WrongUse(f"{option} {subject}: {error}") from None
