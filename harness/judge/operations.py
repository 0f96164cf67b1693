"""LCM and VRM operations that the target offers: how they look on the wire."""

from __future__ import annotations

from dataclasses import dataclass

from harness.judge.case import Case
from harness.judge.history import Entry

PENDING = "/nfvmanoswm/v1/pending_operations"
NOTICES = "/peer/v1/operation_notices"
ONGOING = ("STARTING", "PROCESSING")
ENTITIES = "/entities"
"""How the path of a service interface towards impacted entities begins, where they have one of their own."""

PATIENCE = 800.0
"""Lab seconds after which a subject that did nothing has had its time, however slow the machine."""

RAN = ("PROCESSING", "COMPLETED", "FAILED_TEMP", "FAILED")


@dataclass(frozen=True)
class Kind:
    """One type of operation: where its occurrences are, and how a notification names one."""

    occurrences: str
    notification: str
    id: str


KINDS = {
    "NS_LCM": Kind("/nslcm/v1/ns_lcm_op_occs", "NsLcmOperationOccurrenceNotification", "nsLcmOpOccId"),
    "VNF_LCM": Kind("/vnflcm/v1/vnf_lcm_op_occs", "VnfLcmOperationOccurrenceNotification", "vnfLcmOpOccId"),
    "VRM": Kind("/vrm/v1/vrm_op_occs", "VirtualisedResourceOperationOccurrenceNotification", "opOccId"),
}


@dataclass(frozen=True)
class Operation:
    """An operation that the target accepted from its consumer, and what was seen of it."""

    case: Case
    kind: Kind
    trigger: Entry

    @property
    def id(self) -> str:
        return (self.trigger.location or "").rsplit("/", 1)[-1]

    def notifications(self, to: str | None = None) -> list[Entry]:
        told = self.case.history.notifications(self.kind.notification, to=to)
        mine = [entry for entry in told if entry.source in self.case.roles.instances]
        return [entry for entry in mine if entry.asked(self.kind.id) == self.id]

    def states(self) -> list[tuple[Entry, str]]:
        """Each state that was notified or answered to a query, in the order it was seen."""
        path = f"{self.kind.occurrences}/{self.id}"
        asked = [e for e in self.case.history.find("GET", path) if e.ok and e.to in self.case.roles.instances]
        seen = [(entry, str(entry.asked("operationState"))) for entry in self.notifications()]
        seen += [(entry, str(entry.told("operationState"))) for entry in asked]
        return sorted(seen, key=lambda pair: pair[0].sent)

    @property
    def completed(self) -> Entry | None:
        """The first entry that shows it completed."""
        return next((entry for entry, state in self.states() if state == "COMPLETED"), None)

    @property
    def ran(self) -> Entry | None:
        """The first entry that shows that it was executed, whatever came of it."""
        return next((entry for entry, state in self.states() if state in RAN), None)


def forgotten(one: Operation) -> list[Entry]:
    """Lists of its instances that the target gave after the operation and that lack the one it was about."""
    collection, _, rest = one.trigger.path.partition("_instances/")
    done = one.completed
    if not rest or done is None:
        return []
    path, instance = f"{collection}_instances", rest.split("/")[0]
    path = path.removeprefix(ENTITIES)
    asked = one.case.history.find("GET", path, after=done.sent)
    whole = [
        entry
        for entry in asked
        if entry.to in one.case.roles.instances and entry.ok and not entry.query and isinstance(entry.response, list)
    ]
    gone = any(e.ok for e in one.case.history.find("DELETE", f"{path}/{instance}", to=one.case.roles.target))
    return [] if gone else [entry for entry in whole if all(item.get("id") != instance for item in entry.items)]


def hurried(case: Case, since: Entry, awaited: Entry | None) -> Entry | None:
    """The harness' own release of held work that came before what it awaited, and too soon to blame anybody for it.

    Such a release is a time-out of the observation: what came after it says nothing about the subject.
    """
    events = (e for e in case.history.entries if e.kind == "lab" and e.event == "released" and e.sent > since.sent)
    release = next((event for event in events if event.to == case.roles.target), None)
    if release is None or (awaited and awaited.sent < release.sent) or release.at - since.at >= PATIENCE:
        return None
    return release


def kind_of(case: Case) -> str:
    """The type of operation that the scenario is about; raises KeyError when it is about none."""
    return str(case.facts["operation"])


def operations(case: Case) -> list[Operation]:
    """The operations that the consumer triggered at the target, in order."""
    kind = KINDS[kind_of(case)]
    asked = (e for e in case.history.find("POST", source=case.roles.consumer) if e.to in case.roles.instances)
    return [
        Operation(case, kind, entry)
        for entry in asked
        if entry.status == 202 and (entry.location or "").removeprefix(ENTITIES).startswith(kind.occurrences)
    ]


def untriggered(case: Case) -> list[Entry]:
    """Notifications of operations that the target executes in its consumer's name, though it never asked for them."""
    kind = KINDS[kind_of(case)]
    asked_for = {one.id for one in operations(case)}
    told = [e for e in case.history.notifications(kind.notification) if e.source in case.roles.instances]
    mine = [entry for entry in told if entry.asked("requestedBy") == case.roles.consumer]
    return [entry for entry in mine if entry.asked(kind.id) not in asked_for]


def operation(case: Case) -> Operation | None:
    """The first operation the consumer triggered."""
    return next(iter(operations(case)), None)
