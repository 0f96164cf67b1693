"""Attribute-based filters, e.g. `(eq,state,STARTED);(in,owner/name,a,b)` (SOL 013 clause 5.2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mocks.entities.errors import BadRequest

Item = dict[str, Any]

_VALUE = r"'(?:[^']|'')*'|[^,;()']*"
_TERM = re.compile(rf"\((?P<op>[a-z]+),(?P<path>[^,;()']+)(?P<values>(?:,(?:{_VALUE}))+)\)(?:;|$)")
_ONE_VALUE = re.compile(rf",({_VALUE})")


@dataclass(frozen=True)
class Term:
    """One condition of a filter; the item matches when all its terms do."""

    op: str
    path: tuple[str, ...]
    values: tuple[str, ...]

    def matches(self, item: Item) -> bool:
        found = list(_at(item, self.path))
        if self.op in _NEGATED:
            return all(not _OPERATORS[_NEGATED[self.op]](one, self.values) for one in found)
        return any(_OPERATORS[self.op](one, self.values) for one in found)


def matching(items: Sequence[Item], terms: Sequence[Term]) -> list[Item]:
    """The items that all terms let through."""
    return [item for item in items if all(term.matches(item) for term in terms)]


def parse(expression: str) -> list[Term]:
    """The terms of a filter expression; raises BadRequest that says where it cannot be read."""
    terms = []
    position = 0
    while position < len(expression):
        found = _TERM.match(expression, position)
        if found is None:
            raise BadRequest(f"filter: expected (op,attribute,value) at {expression[position:]!r}")
        values = tuple(_unquote(value) for value in _ONE_VALUE.findall(found["values"]))
        terms.append(_term(found["op"], found["path"], values))
        position = found.end()
    if not terms or expression.endswith(";"):
        raise BadRequest("filter: expected (op,attribute,value)")
    return terms


def _term(op: str, path: str, values: tuple[str, ...]) -> Term:
    if op not in _OPERATORS and op not in _NEGATED:
        raise BadRequest(f"filter: unknown operator {op!r}; there are {', '.join([*_OPERATORS, *_NEGATED])}")
    if len(values) > 1 and op not in ("in", "nin", "cont", "ncont"):
        raise BadRequest(f"filter: {op} takes one value, not {len(values)}")
    return Term(op, tuple(name.replace("~1", "/").replace("~0", "~") for name in path.split("/")), values)


def _unquote(value: str) -> str:
    return value[1:-1].replace("''", "'") if value.startswith("'") else value


def _at(value: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """The leaves at a path; an array on the way stands for each of its members."""
    if isinstance(value, list):
        for member in value:
            yield from _at(member, path)
    elif not path:
        yield value
    elif isinstance(value, dict) and path[0] in value:
        yield from _at(value[path[0]], path[1:])


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


def _compared(holds: Callable[[Any, Any], bool]) -> Callable[[Any, tuple[str, ...]], bool]:
    def compare(value: Any, values: tuple[str, ...]) -> bool:
        if isinstance(value, int | float) and not isinstance(value, bool):
            try:
                return holds(value, float(values[0]))
            except ValueError:
                return False
        return holds(_text(value), values[0])

    return compare


_OPERATORS: dict[str, Callable[[Any, tuple[str, ...]], bool]] = {
    "eq": _compared(lambda a, b: bool(a == b)),
    "gt": _compared(lambda a, b: bool(a > b)),
    "gte": _compared(lambda a, b: bool(a >= b)),
    "lt": _compared(lambda a, b: bool(a < b)),
    "lte": _compared(lambda a, b: bool(a <= b)),
    "in": lambda value, values: _text(value) in values,
    "cont": lambda value, values: any(part in _text(value) for part in values),
}
_NEGATED = {"neq": "eq", "nin": "in", "ncont": "cont"}
