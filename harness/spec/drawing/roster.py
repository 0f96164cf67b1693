"""Who takes part in a flow: every way in which the document writes a role, led to one lifeline."""

from __future__ import annotations

import re

from harness.spec.drawing.model import Lifeline
from harness.spec.lint.roles import declared, name
from harness.spec.model import Document, Table

ARTICLES = re.compile(r"^(?:(?:a|an|the|two|both|all|new|selected|respective|its|their)\s+)+", re.IGNORECASE)
ANY_HYPHEN = re.compile(r"[-\s]")


class Roster:
    """The roles of one flow, found by any of their names.

    A role that only the cells of the flow name is no less a lifeline: whether it is declared is the lint's affair, and
    shown.
    """

    def __init__(self, document: Document, table: Table) -> None:
        self._home: dict[str, str] = {}
        """Each name as it is compared -> the key of its lifeline."""
        self._declared: dict[str, str] = {}
        for key, written in declared(document, table).items():
            home = name(written)
            self._home[key] = home
            self._declared.setdefault(home, written)
        use_case = document.use_case(table)
        self._in_order = [
            name(row.actor)
            for actors in document.tables
            if actors.kind == "actors" and actors.clause.rpartition(".")[0] == use_case
            for row in actors.rows
        ]
        self._written: dict[str, str] = {}
        for row in table.rows:
            for role in row.actors.everybody if row.actors else ():
                self.add(role)

    def add(self, role: str) -> str:
        """The key of a role's lifeline, which is made if there is none."""
        home = self._home.setdefault(name(role), name(role))
        self._written.setdefault(home, role[:1].upper() + role[1:])
        return home

    def find(self, words: str) -> str:
        """The key of the role that some words of a text name, if it is one that is known; empty otherwise."""
        home = self._home.get(name(ARTICLES.sub("", words.strip())), "")
        if home and home not in self._written:
            self._written[home] = self._declared[home]
        return home

    def impacted(self, functional: bool) -> str:
        """The key of the impacted functional entities, or of the other impacted entities; empty where there is none."""
        for home, written in (*self._declared.items(), *self._written.items()):
            if home.startswith("impacted") and ("functional" in home) == functional:
                self._written.setdefault(home, written)
                return home
        return ""

    def pattern(self) -> str:
        """A regular expression for any role as a text may write it, the longest names first."""
        known = {*self._declared.values(), *self._written.values()}
        short = [re.sub(r"\s*\([^)]*\)", "", role) for role in known]
        short += [found for role in known for found in re.findall(r"\(([A-Z][\w-]*)\)", role)]
        forms = [_form(role) for role in sorted(set(short), key=lambda role: (-len(role), role)) if role]
        return f"(?:{'|'.join(forms)})" if forms else r"(?!)"

    def lifelines(self, used: list[str], beginning: str, partners: dict[str, str]) -> tuple[Lifeline, ...]:
        """A lifeline for each key that is used: who begins, then as the actors table has them.

        Whom it does not have stands beside whoever it first has to do with (`partners`).
        """
        order = [key for key in self._in_order if key in used]
        for key in used:
            if key not in order:
                partner = partners.get(key, "")
                order.insert(order.index(partner) + 1 if partner in order else len(order), key)
        order.sort(key=lambda key: key != beginning)
        return tuple(Lifeline(key, self._written[key], key in self._declared) for key in order)


def _form(role: str) -> str:
    """A role as texts vary it: capitals, hyphens, the plural."""
    words = re.escape(role).replace(r"entity", "entit(?:y|ies)").replace(r"entities", "entit(?:y|ies)")
    return re.sub(r"(?:\\-|\\ )", r"[-\\s]?", words) + "s?"
