"""The conversation about one software modification: request, reports, queries, commit."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from harness.judge.case import Case
from harness.judge.history import Entry

MODIFY = "/nfvmanoswm/v1/software_modifications"
INSTANTIATE = "/nfvmanoswm/v1/instance/instantiate"
OCCURRENCES = "/nfvmanoswm/v1/software_modification_op_occs"
UNITS = "/nfvmanoswm/v1/redundancy_units"
REPORT = "SoftwareModificationOperationOccurrenceNotification"
CHANGES = (INSTANTIATE, UNITS, "/nslcm/v1/ns_instances/*/update")
"""What changes something besides the target as a whole (clauses 5.3.2, 5.3.3 and 5.5.2)."""

TERMINAL = ("COMPLETED", "ROLLED_BACK", "FAILED")


@dataclass(frozen=True)
class Attempt:
    """One request that reached the target and was taken up, with what followed it until the next such request."""

    case: Case
    request: Entry
    until: float
    """The tick of the next request that was taken up, or infinity."""

    @cached_property
    def occurrence(self) -> str | None:
        """The id of its operation occurrence: from the Location, or, when no answer arrived, from the first report."""
        if self.request.location:
            return self.request.location.rsplit("/", 1)[-1]
        told = [entry.asked("softwareModificationOpOccId") for entry in self._all_reports if entry.sent < self.until]
        return next((str(named) for named in told if named), None)

    @property
    def _all_reports(self) -> list[Entry]:
        roles = self.case.roles
        return self.case.history.notifications(REPORT, source=roles.target, to=roles.smm, after=self.request.sent)

    @cached_property
    def reports(self) -> list[Entry]:
        """The target's notifications to the SMM about this occurrence."""
        return [entry for entry in self._all_reports if entry.asked("softwareModificationOpOccId") == self.occurrence]

    @cached_property
    def answers(self) -> list[tuple[Entry, dict[str, Any]]]:
        """What the target answered about this occurrence, alone or in a list, whoever asked."""
        history, target = self.case.history, self.case.roles.target
        asked = [
            entry
            for path in (OCCURRENCES, f"{OCCURRENCES}/{self.occurrence}")
            for entry in history.find("GET", path, to=target)
        ]
        return [(entry, item) for entry in asked for item in entry.items if item.get("id") == self.occurrence]

    @property
    def queries(self) -> list[Entry]:
        """The entries of these answers."""
        return [entry for entry, _ in self.answers]

    @property
    def last_report(self) -> Entry | None:
        """The first notification of a final state: what the target reports as the end of its work."""
        return next((entry for entry in self.reports if entry.asked("operationState") in TERMINAL), None)

    @cached_property
    def ended(self) -> Entry | None:
        """The first entry that shows the occurrence in a final state."""
        shown = [entry for entry, item in self.answers if item.get("operationState") in TERMINAL]
        shown += [self.last_report] if self.last_report else []
        return min(shown, key=lambda entry: entry.sent, default=None)

    @property
    def end(self) -> float:
        """The tick at which its work was over: when the target said so, else when the next request came."""
        return self.ended.sent if self.ended else self.until

    @cached_property
    def commits(self) -> list[Entry]:
        path = f"{OCCURRENCES}/{self.occurrence}/commit"
        roles = self.case.roles
        return [entry for entry in self.case.history.find("POST", path, source=roles.smm, to=roles.target) if entry.ok]


def requests(case: Case) -> list[Entry]:
    """Every request of the SMM to modify the target's software, taken up or not.

    Where another instance takes the target's place, it is the request for that instance (GR clause 5.3.3).
    """
    if not case.roles.destination:
        return list(case.history.find("POST", MODIFY, source=case.roles.smm, to=case.roles.target))
    asked = case.history.find("POST", INSTANTIATE, source=case.roles.smm)
    return [entry for entry in asked if entry.to in case.roles.instances]


def taken_up(entry: Entry) -> bool:
    """Whether the target took the request up; of a lost answer only the reports tell, so it counts too."""
    return entry.status == 202 or entry.failure == "lost"


def attempts(case: Case) -> list[Attempt]:
    """All attempts of the history, in order."""
    taken = [entry for entry in requests(case) if taken_up(entry)]
    following = [*(entry.sent for entry in taken[1:]), math.inf]
    return [Attempt(case, request, until) for request, until in zip(taken, following, strict=False)]


def attempt(case: Case, version: str) -> Attempt | None:
    """The attempt to reach this version that the order has come to: the last one asked for by now, else the next."""
    wanted = [one for one in attempts(case) if one.request.asked("destinationSoftwareVersion") == version]
    begun = [one for one in wanted if one.request.sent <= case.after]
    return begun[-1] if begun else next(iter(wanted), None)


def first_request(case: Case) -> Entry | None:
    """The first request after the row before, taken up or not: from here on things may change."""
    return next((entry for entry in changes(case) if entry.sent > case.after), None)


def changes(case: Case) -> list[Entry]:
    """Every request of the SMM that begins to change something: the target, an instance beside it, or an NS."""
    smm = case.roles.smm
    others = [entry for path in CHANGES for entry in case.history.find("POST", path, source=smm)]
    return sorted([*requests(case), *others], key=lambda entry: entry.sent)
