"""The subject under test as a command line names it, looked at before anything is started."""

from __future__ import annotations

from harness.cli.failures import WrongUse


def check_subject(subject: str, transport: str) -> None:
    """Refuse a subject that cannot be: an unknown form, code that is not there, one that calls do not reach."""
    from harness.sut import SubjectError, resolve

    try:
        resolve(subject)
    except SubjectError as error:
        raise WrongUse(f"--subject {subject}: {error}") from None
    if subject.startswith("http:") and transport != "sockets":
        raise WrongUse(
            f"--subject {subject}: an SMM elsewhere cannot reach a lab without ports", hint="add --transport sockets"
        )
