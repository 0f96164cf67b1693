"""A subject under test as one string.

reference:                      the SMM (or the Fallback Manager) of this project
adapter:package.module:factory  a factory of yours: Surroundings -> WSGI app
http:https://smm.example        an SMM that runs somewhere, by its URL
"""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from harness.sut.proxy import Proxy, introduce
from harness.sut.surroundings import SubjectError, Surroundings

WsgiApp = Callable[..., Any]
Factory = Callable[[Surroundings], WsgiApp]


@dataclass(frozen=True)
class Part:
    """What a subject is to be: its name, the module of this project's own, and whether it may run elsewhere."""

    name: str
    module: str
    elsewhere: bool


SMM = Part("SMM", "harness.smm", elsewhere=True)
# What is sent to an address outside of the lab is recorded as sent to the SMM (mocks/wire/outside.py).
FALLBACK_MANAGER = Part("Fallback Manager", "harness.fallback", elsewhere=False)


def resolve(subject: str, part: Part = SMM) -> Factory:
    """The factory that a string stands for; raises SubjectError."""
    kind, colon, rest = subject.partition(":")
    if not colon or kind not in KINDS:
        near = difflib.get_close_matches(kind, KINDS, n=1)
        meant = f"; did you mean {near[0]}:?" if near else ""
        raise SubjectError(
            f"{subject!r} names no subject; possible: reference:, adapter:package.module:factory, http:https://host{meant}"
        )
    return KINDS[kind](rest, part)


def _reference(rest: str, part: Part) -> Factory:
    if rest:
        raise SubjectError(f"reference: takes nothing behind the colon, not {rest!r}")
    # Imported here: whoever tests a vendor's SMM need not load ours.
    return _load(part.module, "create")


def _adapter(rest: str, _part: Part) -> Factory:
    module, colon, name = rest.partition(":")
    if not (module and colon and name):
        raise SubjectError(f"adapter:{rest} should read adapter:package.module:factory")
    return _load(module, name)


def _http(rest: str, part: Part) -> Factory:
    if not part.elsewhere:
        raise SubjectError(f"http: a {part.name} that runs elsewhere cannot be observed; adapt it with adapter:")
    parts = urlsplit(rest)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise SubjectError(f"http:{rest} should read http:https://host or http:http://host:port")

    def reach(surroundings: Surroundings) -> WsgiApp:
        introduce(surroundings, rest)
        return Proxy(surroundings.session, rest, surroundings.clock)

    return reach


def _load(module: str, name: str) -> Factory:
    try:
        found = getattr(importlib.import_module(module), name)
    except ImportError as error:
        hint = "is it installed, or on PYTHONPATH?"
        raise SubjectError(f"module {module!r} cannot be imported: {error}; {hint}") from error
    except AttributeError:
        raise SubjectError(f"module {module!r} has nothing called {name!r}") from None
    if not callable(found):
        raise SubjectError(f"{module}:{name} is no factory: it cannot be called")
    factory: Factory = found
    return factory


KINDS: Mapping[str, Callable[[str, Part], Factory]] = {"reference": _reference, "adapter": _adapter, "http": _http}
