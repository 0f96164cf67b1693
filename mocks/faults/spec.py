"""The specification of a fault to arm: frozen data, checked as a whole when it is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from http import HTTPStatus
from typing import Any

from mocks.entities.errors import Unprocessable
from mocks.faults.catalogue import FAULTS
from mocks.faults.effects import Datum, Fault
from mocks.faults.patterns import KINDS, METHODS, PointPattern, RequestPattern

KEYS = ("fault", "at", "times", "after", "heals", "data")
ALWAYS = "always"


class SpecError(Unprocessable):
    """A specification that cannot be armed; `problems` lists everything that is wrong with it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("fault specification: " + "; ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Spec:
    """One fault to arm.

    It lets `after` matching requests or steps pass, then strikes `times` times (None: always). `heals_after` is in lab
    seconds from the first strike; `heals` False means nothing but a fresh lab ends it. Without request and point it
    strikes as soon as it is armed (only a lasting fault can).
    """

    fault: Fault
    request: RequestPattern | None
    point: PointPattern | None
    times: int | None
    after: int
    heals: bool
    heals_after: float | None
    data: Mapping[str, Any]

    def where(self) -> dict[str, str]:
        """The place as it is written in a specification."""
        if self.request:
            return {"request": str(self.request)}
        return {"point": str(self.point)} if self.point else {}


def load(raw: object) -> Spec:
    """Check a specification; raises SpecError with every problem at once."""
    if not isinstance(raw, Mapping):
        raise SpecError([f"expected an object with the keys {', '.join(KEYS)}, got {raw!r}"])
    return _Reader(raw).spec()


def known(word: object, allowed: Iterable[str], what: str) -> list[str]:
    """No problem, or the one that the word is none of the allowed, with what may have been meant."""
    words = list(allowed)
    if word in words:
        return []
    close = get_close_matches(str(word), words, n=1)
    meant = f"; did you mean {close[0]!r}?" if close else ""
    return [f"{what} {word!r} is unknown{meant} (known: {', '.join(words) or 'none'})"]


class _Reader:
    """Reads one specification and collects what is wrong with it."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw
        self._problems: list[str] = []

    def spec(self) -> Spec:
        for key in self._raw:
            self._problems += known(key, KEYS, "key")
        fault = self._fault()
        request, point = self._at(fault)
        heals, heals_after = self._heals()
        times = None if self._raw.get("times") == ALWAYS else self._number("times", 1, 1)
        after = self._number("after", 0, 0)
        data = self._data(fault) if fault else {}
        if self._problems or fault is None:
            raise SpecError(self._problems)
        return Spec(fault, request, point, times, after, heals, heals_after, data)

    def _fault(self) -> Fault | None:
        if "fault" not in self._raw:
            self._problems.append(f"key 'fault' is missing (known faults: {', '.join(FAULTS)})")
            return None
        name = self._raw["fault"]
        self._problems += known(name, FAULTS, "fault")
        return FAULTS.get(name) if isinstance(name, str) else None

    def _at(self, fault: Fault | None) -> tuple[RequestPattern | None, PointPattern | None]:
        at = self._raw.get("at")
        if at is None:
            return self._default_place(fault)
        if not isinstance(at, Mapping) or len(at) != 1:
            self._problems.append(f"at: expected {{'request': ...}} or {{'point': ...}}, got {at!r}")
            return None, None
        ((key, value),) = at.items()
        wrong = known(key, ("request", "point"), "at: key")
        self._problems += wrong
        if wrong:
            return None, None
        if fault and (fault.at_request if key == "request" else fault.at_point) is None:
            other = "point" if key == "request" else "request"
            self._problems.append(f"at: {fault.name} cannot strike at a {key}, only at a {other}")
        return (self._request(value), None) if key == "request" else (None, self._point(value))

    def _default_place(self, fault: Fault | None) -> tuple[RequestPattern | None, PointPattern | None]:
        if fault and fault.default_point:
            return None, PointPattern(fault.default_point)
        if fault and not (fault.lasting or fault.everywhere):
            self._problems.append(f"at: {fault.name} has no default; give {{'request': 'POST /...'}} or a point")
        return None, None

    def _request(self, value: object) -> RequestPattern | None:
        method, _, path = value.partition(" ") if isinstance(value, str) else ("", "", "")
        if not path.startswith("/"):
            self._problems.append(f"at.request: expected 'METHOD /path', got {value!r}")
            return None
        self._problems += known(method, METHODS, "at.request: method")
        return RequestPattern(method, path)

    def _point(self, value: object) -> PointPattern | None:
        problems = point_problems(value)
        self._problems += [f"at.point: {problem}" for problem in problems]
        return None if problems else PointPattern(str(value))

    def _heals(self) -> tuple[bool, float | None]:
        heals = self._raw.get("heals", "manually")
        if isinstance(heals, str):
            self._problems += known(heals, ("never", "manually"), "heals:")
            return heals != "never", None
        seconds = heals.get("after") if isinstance(heals, Mapping) and set(heals) == {"after"} else None
        if not isinstance(seconds, int | float) or isinstance(seconds, bool) or seconds < 0:
            self._problems.append(
                f"heals: expected 'never', 'manually' or {{'after': lab seconds of 0 or more}}, got {heals!r}"
            )
            return False, None
        return True, float(seconds)

    def _number(self, key: str, default: int, minimum: int) -> int:
        value = self._raw.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < minimum:
            word = f" or {ALWAYS!r}" if key == "times" else ""
            self._problems.append(f"{key}: expected a whole number of {minimum} or more{word}, got {value!r}")
            return default
        return value

    def _data(self, fault: Fault) -> Mapping[str, Any]:
        given = self._raw.get("data", {})
        if not isinstance(given, Mapping):
            self._problems.append(f"data: expected an object, got {given!r}")
            return {}
        for key, value in given.items():
            wrong = known(key, fault.data, f"data of {fault.name}: key")
            self._problems += wrong or _value_problems(f"data.{key}", fault.data[key], value)
        return {key: given.get(key, datum.default) for key, datum in fault.data.items()}


def point_problems(value: object) -> list[str]:
    """What is wrong with a point that is to be held or struck; empty when nothing is."""
    kind, _, step = value.partition("/") if isinstance(value, str) else ("", "", "")
    if not kind or not step:
        return [f"expected '<kind of work>/<step>', got {value!r}"]
    return known(kind, KINDS, "kind of work")


def _value_problems(name: str, datum: Datum, value: object) -> list[str]:
    if datum.type is float:
        if not isinstance(value, int | float) or isinstance(value, bool) or not datum.minimum <= value <= datum.maximum:
            return [f"{name}: expected a number from {datum.minimum} to {datum.maximum}, got {value!r}"]
        return []
    if datum.type in (int, HTTPStatus):
        if not isinstance(value, int) or isinstance(value, bool) or not datum.minimum <= value <= datum.maximum:
            return [f"{name}: expected a whole number from {datum.minimum} to {datum.maximum}, got {value!r}"]
        if datum.type is HTTPStatus and value not in {int(status) for status in HTTPStatus}:
            return [f"{name}: {value} is no registered HTTP status"]
        return []
    return [] if isinstance(value, datum.type) else [f"{name}: expected {datum.type.__name__}, got {value!r}"]
