# Clauses 4.1.3 and 5.9.1: retry and software rollback come first; a fallback is the last resort of a modification process.
@clause:5.9 @clause:4.1.3 @table:5.9.5-1 @support:internal-seamless
Feature: An SMM that cannot complete its process hands over to the Fallback Manager

  @table:5.9.4-1 @interpretation:I-047
  Rule: The escalation is retry, software rollback, fallback

    Scenario Outline: Neither retry nor software rollback helps
      Given a seamless <entity> that runs its source version
      And a Fallback Manager stands by
      And these faults are armed
        | actor  | fault             | at                           | retry    | times |
        | target | internal-rollback | software-modification/switch | possible | 1     |
        | tester | failed-test       | test-run/suite-system        |          | 2     |
      When the external manager has the SMM move the target to the destination version
      Then the SMM asks the target for the destination version, naming the resources it may use
      And the target reports that it rolled back by itself, and that a retry is possible
      And the SMM asks the target for the destination version, naming the resources it may use
      And the tester reports that the destination version did not pass
      And the SMM decides to roll back
      And the SMM asks the target for the source version, naming the resources it may use
      And the SMM hands over to the Fallback Manager, naming the restoration point that it kept
      And (begin) the Fallback Manager takes up the request for a fallback
      And (1) the Fallback Manager stops every fallback target by force before it restores anything
      And (2) the Fallback Manager restores every fallback target from the same restoration point
      And (3) every fallback target comes up in the version of the restoration point, started and locked
      And (4) every fallback target discovers what it really manages
      And (5) every fallback target notifies the Fallback Manager that its state is reconciled
      And (6) the Fallback Manager unlocks every fallback target, and none before all have reconciled their state
      And (7) the Fallback Manager has the tester run every suite for the whole NFV-MANO, naming the resources it may use
      And (8) the tester reports to the Fallback Manager that everything runs as expected
      And (end) the Fallback Manager reports that the fallback succeeded, not before the tester did
      And (end) every fallback target is in the state of the restoration point, adjusted to what it really manages
      And the SMM releases what protected the process
      And the process ends with a fallback
      And these post-conditions hold
        | # | condition                                                                                |
        | 1 | fallback targets and impacted managed entities work normally, on a consistent set of data |

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |

    @interpretation:I-007
    Scenario Outline: The target crashed, and nobody knows its state
      Given a seamless <entity> that runs its source version
      And a Fallback Manager stands by
      And these faults are armed
        | actor  | fault | at                           | heals after |
        | target | crash | software-modification/switch | 30          |
      When the external manager has the SMM move the target to the destination version
      Then the target fails without an answer
      And the SMM hands over to the Fallback Manager, naming the restoration point that it kept
      And (begin) the Fallback Manager takes up the request for a fallback
      And (1) the Fallback Manager stops every fallback target by force before it restores anything
      And (2) the Fallback Manager restores every fallback target from the same restoration point
      And (3) every fallback target comes up in the version of the restoration point, started and locked
      And (4) every fallback target discovers what it really manages
      And (5) every fallback target notifies the Fallback Manager that its state is reconciled
      And (6) the Fallback Manager unlocks every fallback target, and none before all have reconciled their state
      And (7) the Fallback Manager has the tester run every suite for the whole NFV-MANO, naming the resources it may use
      And (8) the tester reports to the Fallback Manager that everything runs as expected
      And (end) the Fallback Manager reports that the fallback succeeded, not before the tester did
      And (end) every fallback target is in the state of the restoration point, adjusted to what it really manages
      And the process ends with a fallback

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |

  @note:0 @interpretation:I-047
  Rule: When the fallback fails as well, a person is called for

    Scenario Outline: The restoration point that was kept cannot be restored
      Given a seamless <entity> that runs its source version
      And a Fallback Manager stands by
      And these faults are armed
        | actor  | fault             | at                    | times |
        | tester | failed-test       | test-run/suite-system | 2     |
        | target | missing-resources | restoration/restore   | 9     |
      When the external manager has the SMM move the target to the destination version
      Then the SMM hands over to the Fallback Manager, naming the restoration point that it kept
      And (begin) the Fallback Manager takes up the request for a fallback
      And (1) the Fallback Manager stops every fallback target by force before it restores anything
      And (2) the Fallback Manager restores every fallback target from the same restoration point
      And the fallback to this restoration point cannot be completed
      And (end) the Fallback Manager reports that NFV-MANO has to be reinstalled, and why
      And the SMM keeps what a fallback needs
      And the process ends with a call for a person

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |
