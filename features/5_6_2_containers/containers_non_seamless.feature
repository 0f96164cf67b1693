# Clause 5.6.2.1: the same holds for entities whose support is not seamless, so the flow of clause 5.2.3 applies to a CISM.
@clause:5.6.2 @clause:5.6.2.4 @table:5.2.3.4-1 @support:internal-non-seamless @interpretation:I-051
Feature: A CISM modifies its own software, and its peers move over to new service interfaces

  @table:5.2.3.5-1 @table:5.2.3.3-1 @interpretation:I-001 @interpretation:I-003 @interpretation:I-004
  Scenario Outline: The services move over to the new service interfaces
    Given a non-seamless <entity> that runs its source version
    And these pre-conditions hold
      | # | condition                                                                                 |
      | 1 | the destination version with its new service interfaces, and execution plan, are at hand |
      | 2 | SMM, target, impacted FEs and impacted entities work normally                             |
      | 3 | resources for the modification and its tests are free                                     |
      | 4 | test suites for both versions are at hand                                                 |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And (1) the SMM makes sure of the resources of its plan before anything is changed
    And (1) the SMM holds a restoration point of the target before anything is changed
    And (1) the SMM starts special logs at the target before anything is changed
    And (2) the SMM learns which service interfaces are old and new, and whom they concern
    And (3) the SMM asks the target for the destination version, naming the resources it may use
    And (4) the target moves to the destination version by itself
    And (4) the target releases what it took for the destination version before it reports
    And (4) the target opens its new service interfaces, locked, and keeps the old ones
    And (5) the target reports to the SMM that it completed the move to the destination version
    And (6) the SMM verifies that the new service interfaces are locked
    And (7) the SMM starts the new service interfaces towards impacted FEs, and the target is authenticated to them
    And (8) the SMM starts the new service interfaces towards impacted entities, and the target is authenticated to them
    And (9) the SMM gracefully stops the old service interfaces towards impacted entities
    And (10) the SMM has the tester run every suite that applies to the destination version, naming the resources it may use
    And (11) the tester reports success for the destination version and frees its resources
    And (12) the SMM waits until the old service interfaces towards impacted entities are shut down
    And (12) the SMM gracefully stops the old service interfaces towards impacted FEs
    And (end) the SMM commits the move to the destination version at the target
    And (end) the SMM releases what protected the process
    And the process ends with the destination version committed
    And these post-conditions hold
      | # | condition                                                     |
      | 1 | SMM, impacted FEs and impacted entities work normally         |
      | 2 | the target works normally and runs the destination version    |

    Examples:
      | entity |
      | cism   |

  @table:5.2.3.6-1 @note:3
  Scenario Outline: The destination version does not pass its tests
    Given a non-seamless <entity> that runs its source version
    And these faults are armed
      | actor  | fault       | at                    |
      | tester | failed-test | test-run/suite-system |
    When the external manager has the SMM move the target to the destination version
    Then the tester reports that the destination version did not pass
    And (begin) the SMM decides to roll back
    And (1) the SMM makes sure of the resources for the way back
    And (2) the SMM learns which service interfaces are old and new, and whom they concern
    And (3) the SMM starts the old service interfaces towards impacted FEs, and the target is authenticated to them
    And (4) the SMM starts the old service interfaces towards impacted entities, and the target is authenticated to them
    And (5) the SMM gracefully stops the new service interfaces towards impacted entities
    And (5) the SMM waits until the new service interfaces towards impacted entities are shut down
    And (6) the SMM gracefully stops the new service interfaces towards impacted FEs
    And (7) the SMM asks the target for the source version, naming the resources it may use
    And (8) the target moves to the source version by itself
    And (8) the target releases what it took for the source version before it reports
    And (9) the target reports to the SMM that it completed the move to the source version
    And (10) the SMM has the tester run every suite that applies to the source version, naming the resources it may use
    And (11) the tester reports success for the source version and frees its resources
    And (end) the SMM commits the move to the source version at the target
    And (end) the SMM releases what protected the process
    And the process ends with the source version committed
    And the target has no new service interfaces any more
    And these post-conditions hold
      | # | condition                                              |
      | 1 | SMM, impacted FEs and impacted entities work normally  |
      | 2 | the target works normally and runs the source version  |

    Examples:
      | entity |
      | cism   |
