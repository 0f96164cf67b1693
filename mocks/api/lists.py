"""Answers that are lists: attribute filters, attribute selectors and paging (SOL 013 clauses 5.2 to 5.4)."""

from __future__ import annotations

import base64
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from mocks.api.answers import dump
from mocks.api.descriptions import Attributes, attributes
from mocks.api.filters import matching, parse
from mocks.api.lean import Reply, asked
from mocks.entities.errors import BadRequest

Item = dict[str, Any]
PAGE = 100


def listed(items: Sequence[Item], *, of: tuple[str, str] | None = None, exclude_default: Collection[str] = ()) -> Reply:
    """200 with the items that the request's filter lets through, cut to the attributes it selects, one page of them.

    `of` names the items' schema, as (API, schema): attributes that it does not know are refused in filters and
    selectors, and those that it requires are never dropped. Selectors drop complex attributes only (objects and
    arrays); `exclude_default` are those left out unless they are asked for.
    Raises BadRequest for a filter, selector or marker that cannot be read.
    """
    arguments = asked().args
    if not arguments:
        page = [_selected(item, set(exclude_default)) for item in items[:PAGE]] if exclude_default else items[:PAGE]
        return _answer(page, PAGE if len(items) > PAGE else None)
    schema = attributes(*of) if of else None
    found = list(items)
    if "filter" in arguments:
        terms = parse(arguments["filter"])
        _refuse_unknown("filter", (term.path[0] for term in terms), schema)
        found = matching(items, terms)
    start = _start(arguments.get("nextpage_opaque_marker"), len(found))
    keep = {"_links", *(schema.required if schema else ())}
    dropped = _dropped(schema, exclude_default)
    page = [_selected(item, dropped(item) - keep) for item in found[start : start + PAGE]]
    return _answer(page, start + PAGE if start + PAGE < len(found) else None)


def _answer(page: Sequence[Item], following: int | None) -> Reply:
    answer = Reply(dump(page), content_type="application/json")
    if following is not None:
        query = {**asked().args.to_dict(), "nextpage_opaque_marker": _marker(following)}
        answer.headers["Link"] = f'<{asked().path}?{urlencode(query)}>; rel="next"'
    return answer


def _marker(start: int) -> str:
    return base64.urlsafe_b64encode(str(start).encode()).decode()


def _start(marker: str | None, length: int) -> int:
    if marker is None:
        return 0
    try:
        start = int(base64.urlsafe_b64decode(marker.encode()))
    except ValueError:
        start = -1
    if not 0 <= start <= length:
        raise BadRequest(f"nextpage_opaque_marker {marker!r} was not given by this API; follow a Link with rel=next")
    return start


def _dropped(schema: Attributes | None, exclude_default: Collection[str]) -> Callable[[Item], set[str]]:
    """What the request's selector drops of an item."""
    arguments = asked().args
    if "all_fields" in arguments:
        return lambda _: set()
    if "fields" in arguments:
        wanted = _names("fields", schema)
        return lambda item: {name for name, value in item.items() if isinstance(value, dict | list)} - wanted
    unwanted = _names("exclude_fields", schema) if "exclude_fields" in arguments else set(exclude_default)
    return lambda item: {name for name in unwanted if isinstance(item.get(name), dict | list)}


def _selected(item: Item, dropped: set[str]) -> Item:
    return {name: value for name, value in item.items() if name not in dropped}


def _names(selector: str, schema: Attributes | None) -> set[str]:
    # A selector may name an attribute inside (a/b): the lab selects whole top-level attributes.
    names = {name.split("/")[0] for name in asked().args[selector].split(",")}
    _refuse_unknown(selector, names, schema)
    return names


def _refuse_unknown(parameter: str, names: Iterable[str], schema: Attributes | None) -> None:
    unknown = sorted(set(names) - schema.known) if schema else []
    if schema and unknown:
        known = ", ".join(sorted(schema.known))
        raise BadRequest(f"{parameter}: no attribute {', '.join(map(repr, unknown))}; there are {known}")
