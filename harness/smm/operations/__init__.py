"""The abstract operations that plans may name (GR Inf.002), each one small class; the registry says which is which.

A plan names operations, never interfaces. A new use case brings new classes, entries here, and a plan; the engine and
its decisions stay as they are. A mutant replaces one entry: `{**OPERATIONS, "run-tests": MyRunTests()}`.
"""

from __future__ import annotations

from collections.abc import Mapping

from harness.smm.operations.base import Absent, Context, Done, Failed, Launch, Operation, Outcome, Waiting
from harness.smm.operations.components import CheckWayBack, FindComponents
from harness.smm.operations.fallback import AwaitFallback, RequestFallback
from harness.smm.operations.instances import (
    AwaitInstance,
    AwaitInstantiation,
    CollectInstanceInformation,
    CommitInstance,
    FindHost,
    InstantiateEntity,
    RecallInstanceInformation,
    ReleaseUnlessInhabited,
    TerminateEntity,
    TransferState,
    UnlockApplication,
)
from harness.smm.operations.interfaces import (
    AwaitStopped,
    CollectInterfaces,
    StartInterfaces,
    StopInterfaces,
    VerifyLocked,
)
from harness.smm.operations.modification import (
    AwaitSoftwareModification,
    CommitSoftwareModification,
    RequestSoftwareModification,
)
from harness.smm.operations.network_service import (
    AssociateNsd,
    AwaitNsRollback,
    AwaitNsUpdate,
    ConcludeReplacement,
    ReadNetworkService,
    RemoveNsd,
    RollBackNsUpdate,
    UpdateNsd,
)
from harness.smm.operations.ongoing import AwaitOngoingOperations, FindOngoingOperations
from harness.smm.operations.pair import CommitPair, FindPair, StartBetween
from harness.smm.operations.parallel import (
    AwaitOperation,
    AwaitSuspension,
    EndOperationHandling,
    GiveWay,
    NotifyConsumer,
    ResumeSoftwareModification,
    SetOperationHandling,
    SettleOperation,
    SuspendSoftwareModification,
)
from harness.smm.operations.protection import (
    RemoveRestorationPoint,
    SecureRestorationPoint,
    StartSpecialLogs,
    StopSpecialLogs,
)
from harness.smm.operations.resources import CheckResources, ReleaseResources, ReserveResources
from harness.smm.operations.suspended_tests import (
    AwaitTestsHalt,
    ContinueTests,
    LookAtInstance,
    QueryTests,
    SuspendTests,
)
from harness.smm.operations.suspension import (
    ContinueSoftwareModification,
    QuerySoftwareModification,
    UndoSoftwareModification,
)
from harness.smm.operations.target import (
    ChooseOperationHandling,
    ReadTarget,
    Subscribe,
    Unsubscribe,
    UnwatchOperations,
    WatchOperations,
)
from harness.smm.operations.testing import AwaitTests, FindTestSuites, RunTests, RunTestsOf
from harness.smm.operations.traffic import AwaitNoTraffic, RedirectTraffic
from harness.smm.operations.units import (
    AwaitUnit,
    AwaitUnitTests,
    CollectUnits,
    InstantiateUnit,
    StartUnit,
    StopUnit,
    TerminateUnit,
    TestUnit,
    VerifyUnits,
)
from harness.smm.operations.vnfms import (
    ConnectVnfm,
    FindGVnfm,
    InstantiateVnfm,
    ReleaseUnlessLivedIn,
    RetireVnfm,
    SetVnfmPeering,
    StopLogsUnlessGone,
    UnlockVnfm,
    VerifyVnfm,
)

__all__ = ["OPERATIONS", "Absent", "Context", "Done", "Failed", "Launch", "Operation", "Outcome", "Waiting"]

OPERATIONS: Mapping[str, Operation] = {
    "read-target": ReadTarget(),
    "find-components": FindComponents(),
    "check-way-back": CheckWayBack(),
    "choose-operation-handling": ChooseOperationHandling(),
    "watch-operations": WatchOperations(),
    "unwatch-operations": UnwatchOperations(),
    "find-ongoing-operations": FindOngoingOperations(),
    "await-ongoing-operations": AwaitOngoingOperations(),
    "subscribe": Subscribe(),
    "unsubscribe": Unsubscribe(),
    "find-test-suites": FindTestSuites(),
    "check-resources": CheckResources(),
    "reserve-resources": ReserveResources(),
    "release-resources": ReleaseResources(),
    "secure-restoration-point": SecureRestorationPoint(),
    "remove-restoration-point": RemoveRestorationPoint(),
    "start-special-logs": StartSpecialLogs(),
    "stop-special-logs": StopSpecialLogs(),
    "request-software-modification": RequestSoftwareModification(),
    "await-software-modification": AwaitSoftwareModification(),
    "run-tests": RunTests(),
    "await-tests": AwaitTests(),
    "query-tests": QueryTests(),
    "suspend-tests": SuspendTests(),
    "await-tests-halt": AwaitTestsHalt(),
    "continue-tests": ContinueTests(),
    "look-at-instance": LookAtInstance(),
    "commit-software-modification": CommitSoftwareModification(),
    "notify-consumer": NotifyConsumer(),
    "settle-operation": SettleOperation(),
    "suspend-software-modification": SuspendSoftwareModification(),
    "await-suspension": AwaitSuspension(),
    "await-operation": AwaitOperation(),
    "request-fallback": RequestFallback(),
    "await-fallback": AwaitFallback(),
    "collect-interfaces": CollectInterfaces(),
    "verify-locked": VerifyLocked(),
    "start-interfaces": StartInterfaces(),
    "stop-interfaces": StopInterfaces(),
    "await-stopped": AwaitStopped(),
    "collect-units": CollectUnits(),
    "instantiate-unit": InstantiateUnit(),
    "await-unit": AwaitUnit(),
    "test-unit": TestUnit(),
    "start-unit": StartUnit(),
    "stop-unit": StopUnit(),
    "terminate-unit": TerminateUnit(),
    "await-unit-tests": AwaitUnitTests(),
    "verify-units": VerifyUnits(),
    "resume-software-modification": ResumeSoftwareModification(),
    "read-network-service": ReadNetworkService(),
    "find-g-vnfm": FindGVnfm(),
    "instantiate-vnfm": InstantiateVnfm(),
    "verify-vnfm": VerifyVnfm(),
    "set-vnfm-peering": SetVnfmPeering(),
    "unlock-vnfm": UnlockVnfm(),
    "connect-vnfm": ConnectVnfm(),
    "retire-vnfm": RetireVnfm(),
    "release-unless-lived-in": ReleaseUnlessLivedIn(),
    "stop-logs-unless-gone": StopLogsUnlessGone(),
    "update-nsd": UpdateNsd(),
    "remove-nsd": RemoveNsd(),
    "associate-nsd": AssociateNsd(),
    "await-ns-update": AwaitNsUpdate(),
    "roll-back-ns-update": RollBackNsUpdate(),
    "await-ns-rollback": AwaitNsRollback(),
    "redirect-traffic": RedirectTraffic(),
    "await-no-traffic": AwaitNoTraffic(),
    "run-tests-of": RunTestsOf(),
    "conclude-replacement": ConcludeReplacement(),
    "find-host": FindHost(),
    "recall-instance-information": RecallInstanceInformation(),
    "commit-instance": CommitInstance(),
    "give-way": GiveWay(),
    "set-operation-handling": SetOperationHandling(),
    "end-operation-handling": EndOperationHandling(),
    "collect-instance-information": CollectInstanceInformation(),
    "instantiate-entity": InstantiateEntity(),
    "await-instantiation": AwaitInstantiation(),
    "transfer-state": TransferState(),
    "unlock-application": UnlockApplication(),
    "terminate-entity": TerminateEntity(),
    "await-termination": AwaitInstance(),
    "release-unless-inhabited": ReleaseUnlessInhabited(),
    "find-pair": FindPair(),
    "start-between": StartBetween(),
    "commit-pair": CommitPair(),
    "query-software-modification": QuerySoftwareModification(),
    "continue-software-modification": ContinueSoftwareModification(),
    "undo-software-modification": UndoSoftwareModification(),
}
