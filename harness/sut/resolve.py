"""A subject under test as one string.

reference:                      the SMM of this project
adapter:package.module:factory  a factory of yours: Surroundings -> WSGI app
http:https://smm.example        an SMM that runs somewhere, by its URL
"""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from harness.sut.proxy import Proxy, introduce
from harness.sut.surroundings import SubjectError, Surroundings

WsgiApp = Callable[..., Any]
Factory = Callable[[Surroundings], WsgiApp]


def resolve(subject: str) -> Factory:
    """The factory that a string stands for; raises SubjectError."""
    kind, colon, rest = subject.partition(":")
    if not colon or kind not in KINDS:
        near = difflib.get_close_matches(kind, KINDS, n=1)
        meant = f"; did you mean {near[0]}:?" if near else ""
        raise SubjectError(
            f"{subject!r} names no subject; possible: reference:, adapter:package.module:factory, http:https://host{meant}"
        )
    return KINDS[kind](rest)


def _reference(rest: str) -> Factory:
    if rest:
        raise SubjectError(f"reference: takes nothing behind the colon, not {rest!r}")
    # Imported here: whoever tests a vendor's SMM need not load ours.
    return _load("harness.smm", "create")


def _adapter(rest: str) -> Factory:
    module, colon, name = rest.partition(":")
    if not (module and colon and name):
        raise SubjectError(f"adapter:{rest} should read adapter:package.module:factory")
    return _load(module, name)


def _http(rest: str) -> Factory:
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


KINDS: Mapping[str, Callable[[str], Factory]] = {"reference": _reference, "adapter": _adapter, "http": _http}
