"""Who acts in a use case: its actors table against its flows, and the role mappings against the actors tables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from harness.spec.lint.finding import Finding
from harness.spec.lint.registry import rule
from harness.spec.model import Document, Table
from harness.spec.references import CLAUSES, expanded

ALIAS = re.compile(
    r"referred to as (?:the )?(?P<name>[^.(,]+?)(?:\s*\([^)]*\))?\s*(?:\([^)]*\)\s*)?(?:when|$|\.|,)", re.IGNORECASE
)
PLURAL = re.compile(r"\b(entit)ies\b")
SHORT = re.compile(r"\s*\(([A-Z][A-Za-z-]*)\)")
UNTIDY = re.compile(r",\s*$|\s,|[^\s<]->|->\S|\S<->")
HYPHENS = re.compile(r"[-\s]+")


@lru_cache(maxsize=65_536)
def name(role: str) -> str:
    """A role as it is compared: without its abbreviation, its capitals, its hyphens and its plural."""
    text = SHORT.sub("", PLURAL.sub(r"\1y", role)).casefold().strip(" ,")
    text = re.sub(r"\b(unit|instance)s\b", r"\1", text)
    return HYPHENS.sub("", text)


def declared(document: Document, table: Table) -> dict[str, str]:
    """The roles of the actors tables that a flow goes by, as they are compared, with how they are written."""
    return _declared(document).get(document.use_case(table), {})


@lru_cache(maxsize=4)
def _declared(document: Document) -> dict[str, dict[str, str]]:
    """What the actors tables of each use case declare."""
    use_cases: dict[str, dict[str, str]] = {}
    for actors in (table for table in document.tables if table.kind == "actors"):
        found = use_cases.setdefault(actors.clause.rpartition(".")[0], {})
        for row in actors.rows:
            found[name(row.actor)] = row.actor
            found |= {name(short): row.actor for short in SHORT.findall(row.actor)}
        for note in actors.notes:
            found |= {name(alias["name"]): alias["name"] for alias in ALIAS.finditer(note.text)}
    return use_cases


@rule("role-undeclared")
def roles_that_act_undeclared(document: Document) -> Iterator[Finding]:
    """Whoever acts in a flow is in the actors table of its use case."""
    for table in document.flows:
        known = declared(document, table)
        if not known:
            continue
        told: set[str] = set()
        for row in table.rows:
            for role in row.actors.everybody if row.actors else ():
                if name(role) in known or name(role) in told:
                    continue
                told.add(name(role))
                rows = [
                    other.number
                    for other in table.rows
                    if other.actors and name(role) in map(name, other.actors.everybody)
                ]
                more = f" (also in {', '.join(rows[1:])})" if len(rows) > 1 else ""
                near = [
                    written for key, written in known.items() if key.endswith(name(role)) or name(role).endswith(key)
                ]
                yield Finding(
                    table.ref(row),
                    row.place,
                    role,
                    f"the actors table of clause {document.use_case(table)} has no such role{more}",
                    f"call it {near[0]!r}, as the table does" if near else "add the role to the actors table",
                )


@rule("role-idle")
def roles_that_never_act(document: Document) -> Iterator[Finding]:
    """Each role of an actors table acts, or is spoken of, in a flow of its use case."""
    for actors in document.tables:
        if actors.kind != "actors":
            continue
        use_case = actors.clause.rpartition(".")[0]
        flows = [table for table in document.within(use_case, "flow") if document.use_case(table) == use_case]
        said = {name(role) for table in flows for row in table.rows if row.actors for role in row.actors.everybody}
        spoken = HYPHENS.sub(
            "", " ".join(PLURAL.sub(r"\1y", row.text) for table in flows for row in table.rows).casefold()
        )
        aliased = any(ALIAS.search(note.text) for note in actors.notes)
        for row in actors.rows if flows else ():
            keys = {name(row.actor), *map(name, SHORT.findall(row.actor))}
            if keys & said or any(key in spoken for key in keys):
                continue
            if aliased and any(ref.kind == "note" for ref in row.references) and _through_alias(actors, said):
                continue
            yield Finding(
                actors.ref(row),
                row.place,
                row.actor,
                f"no row of the flows of clause {use_case} has or names it",
                "say in the flows what it does, or drop the role",
                "likely",
            )


def _through_alias(actors: Table, said: set[str]) -> bool:
    """Whether the flows speak of the role by the common name that a note gives it."""
    return any(name(alias["name"]) in said for note in actors.notes for alias in ALIAS.finditer(note.text))


@rule("mapping-of-another-clause")
def mappings_of_roles_that_are_not_there(document: Document) -> Iterator[Finding]:
    """The clause that the header of a role mapping names has an actors table with the roles that are mapped."""
    for table in document.tables:
        if table.kind != "role-mapping":
            continue
        for found in CLAUSES.finditer(" ".join(table.columns)):
            number = expanded(found["list"])[0]
            there = document.tables_of(number, "actors")
            known = {name(row.actor) for t in there for row in t.rows}
            missing = [row.actor for row in table.rows if name(row.actor) not in known]
            if missing:
                fit = _fitting(document, {name(row.actor) for row in table.rows})
                what = "has no actors table" if not there else f"has no role {missing[0]!r}"
                yield Finding(
                    table.id,
                    table.place,
                    found[0],
                    f"clause {number} {what}",
                    f"refer to clause {fit}, which has these roles" if fit else "name the clause that has these roles",
                )


def _fitting(document: Document, wanted: set[str]) -> str:
    with_role = [_with_role(document).get(role, []) for role in wanted]
    rarest = min(with_role, key=len, default=[])
    return next((t.clause for t in rarest if wanted <= {name(row.actor) for row in t.rows}), "")


@lru_cache(maxsize=4)
def _with_role(document: Document) -> dict[str, list[Table]]:
    """The actors tables in which each role is."""
    found = defaultdict(list)
    for table in document.tables:
        for role in {name(row.actor) for row in table.rows} if table.kind == "actors" else ():
            found[role].append(table)
    return dict(found)


@rule("actor-form")
def actors_written_out_of_form(document: Document) -> Iterator[Finding]:
    """The cell of those who act is a list without a comma at its end, and an arrow with a space on either side."""
    for table in document.flows:
        for row in table.rows:
            if UNTIDY.search(row.actor):
                yield Finding(
                    table.ref(row),
                    row.place,
                    row.actor,
                    "a comma or an arrow stands out of its form",
                    f"write {_tidy(row.actor)!r}",
                )


def _tidy(cell: str) -> str:
    return re.sub(r"\s*(<->|->)\s*", r" \1 ", re.sub(r"\s+,", ",", cell).rstrip(" ,"))
