# Clause 5.3.3.7: the process begins while the source executes an operation that its consumer asked for.
@clause:5.3.3 @clause:5.3.3.7 @table:5.3.3.7-1 @support:none
Feature: Another instance takes the place while an LCM or VRM operation is ongoing

  @note:4 @interpretation:I-009 @interpretation:I-025
  Scenario Outline: The operation that is ongoing goes on by <action>
    Given a <entity> without internal support that runs its source version
    And an operation of its consumer is ongoing
    And the operator wants ongoing operations handled by <policy>
    And its descriptor offers for ongoing operations <capability>
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And (1) the SMM reads from the target's descriptor what it can do
    And (1) the SMM checks whether an operation is ongoing at the target
    And (1) the SMM goes on with the ongoing operation <action>
    And (2) the SMM makes sure of the resources of its plan before anything is changed
    And (2) the SMM holds a restoration point of the target before anything is changed
    And (3) the SMM collects of the source what its other instance needs
    And (4) the SMM instantiates the destination instance with the destination version, naming the resources it may use
    And (4) the destination instance is there, its application started and locked, and serves nobody
    And (5) the SMM has the tester verify the health of the destination instance, naming the resources it may use
    And (6) the tester looks at the destination instance
    And (7) the tester finds the destination instance healthy in the destination version, and frees its resources
    And (8) the SMM transfers the operational state data to the destination instance
    And (9) the SMM unlocks the application of the destination instance, which has its state
    And (9) the SMM starts the service interfaces of the destination instance towards impacted FEs, and it is authenticated to them
    And (10) the SMM starts the service interfaces of the destination instance towards impacted entities, and it is authenticated to them
    And (11) the SMM gracefully stops the service interfaces of the source instance towards impacted entities
    And (12) the SMM has the tester run all that applies to the destination version on the destination instance
    And (13) the tester looks at the destination instance
    And (14) the tester finds the destination instance in order in the destination version, and frees its resources
    And (15) the SMM waits until the service interfaces of the source instance towards impacted entities are shut down
    And (15) the SMM gracefully stops the service interfaces of the source instance towards impacted FEs
    And (15) the SMM waits until the service interfaces of the source instance towards impacted FEs are shut down
    And (15) the SMM terminates the source instance, which is shut down
    And (end) the SMM commits by releasing what protected the process, once the source instance is gone
    And the process ends with the destination version committed
    And the operation completes, once

    Examples: The operator's first wish is possible
      | entity | action         | policy                   | capability               |
      | nfvo   | PARALLEL       | PARALLEL, COMPLETE_FIRST | PARALLEL, COMPLETE_FIRST |
      | nfvo   | COMPLETE_FIRST | COMPLETE_FIRST, PARALLEL | PARALLEL, COMPLETE_FIRST |
      | vnfm   | PARALLEL       | PARALLEL, COMPLETE_FIRST | PARALLEL, COMPLETE_FIRST |
      | vnfm   | COMPLETE_FIRST | COMPLETE_FIRST, PARALLEL | PARALLEL, COMPLETE_FIRST |
      | vim    | PARALLEL       | PARALLEL, COMPLETE_FIRST | PARALLEL, COMPLETE_FIRST |
      | vim    | COMPLETE_FIRST | COMPLETE_FIRST, PARALLEL | PARALLEL, COMPLETE_FIRST |

    Examples: The descriptor leaves only the second
      | entity | action         | policy                   | capability     |
      | nfvo   | COMPLETE_FIRST | PARALLEL, COMPLETE_FIRST | COMPLETE_FIRST |
      | vnfm   | COMPLETE_FIRST | PARALLEL, COMPLETE_FIRST | COMPLETE_FIRST |
      | vim    | COMPLETE_FIRST | PARALLEL, COMPLETE_FIRST | COMPLETE_FIRST |

  @note:1
  Scenario Outline: An existing restoration point is used while the operation goes on
    Given a <entity> without internal support that runs its source version
    And a restoration point of it exists already
    And an operation of its consumer is ongoing
    And the operator wants ongoing operations handled by PARALLEL
    And its descriptor offers for ongoing operations PARALLEL, COMPLETE_FIRST
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And (1) the SMM checks whether an operation is ongoing at the target
    And (2) the SMM holds a restoration point of the target before anything is changed
    And (2) the SMM makes no restoration point besides the existing one
    And the process ends with the destination version committed
    And the existing restoration point is still there
    And the operation completes, once

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:2 @clause:5.8 @interpretation:I-013 @interpretation:I-025
  Scenario Outline: The destination fails in a way that may pass while the operation goes on
    Given a <entity> without internal support that runs its source version
    And an operation of its consumer is ongoing
    And the operator wants ongoing operations handled by PARALLEL
    And its descriptor offers for ongoing operations PARALLEL, COMPLETE_FIRST
    And these faults are armed
      | actor       | fault             | at                      | retry    |
      | destination | internal-rollback | fe-instantiation/deploy | possible |
    When the external manager has the SMM move the target to the destination version
    Then (1) the SMM checks whether an operation is ongoing at the target
    And the SMM instantiates the destination instance again after it failed
    And (15) the SMM terminates the source instance, which is shut down
    And (end) the SMM commits by releasing what protected the process, once the source instance is gone
    And the process ends with the destination version committed
    And the operation completes, once

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:2 @clause:5.3.3.6 @interpretation:I-025
  Scenario Outline: The destination does not pass its tests, and the operation outlives the rollback
    Given a <entity> without internal support that runs its source version
    And an operation of its consumer is ongoing
    And the operator wants ongoing operations handled by PARALLEL
    And its descriptor offers for ongoing operations PARALLEL, COMPLETE_FIRST
    And these faults are armed
      | actor  | fault       | at                    |
      | tester | failed-test | test-run/suite-system |
    When the external manager has the SMM move the target to the destination version
    Then (1) the SMM checks whether an operation is ongoing at the target
    And (7) the tester finds the destination instance healthy in the destination version, and frees its resources
    And (12) the SMM has the tester run all that applies to the destination version on the destination instance
    And the tester finds the destination instance not in order in the destination version
    And the SMM decides to roll back
    And the process ends with the source version committed
    And nothing of the destination instance is left
    And the operation completes, once

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |
