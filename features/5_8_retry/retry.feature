# Clause 5.8.5: the tester does not get the resources that the SMM indicated; what helps is another attempt.
@clause:5.8 @clause:5.8.5 @table:5.8.5-1 @support:internal-seamless
Feature: What failed for the moment is tried again

  @table:5.8.3-1 @table:5.8.4-1 @interpretation:I-036
  Scenario Outline: The tester gets its resources at another attempt, after <fault> at the <actor>
    Given a seamless <entity> that runs its source version
    And its peers keep using it
    And these faults are armed
      | actor   | fault   | at   | after   |
      | <actor> | <fault> | <at> | <after> |
    And these pre-conditions hold
      | # | condition                                                |
      | 1 | the destination version is at hand                       |
      | 2 | the SMM works normally and has an execution plan         |
      | 3 | target, impacted FEs and impacted entities work normally |
      | 4 | resources for the modification and its tests are free    |
      | 5 | test suites for both versions are at hand                |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And (1) the SMM makes sure of the resources of its plan before anything is changed
    And (1) the SMM holds a restoration point of the target before anything is changed
    And (1) the SMM starts special logs at the target before anything is changed
    And (2) the SMM asks the target for the destination version, naming the resources it may use
    And (3) the target moves to the destination version by itself
    And (3) the target's services stay up the whole time
    And (3) the target releases what it took for the destination version before it reports
    And (4) the target reports to the SMM that it completed the move to the destination version
    And (5) the SMM has the tester run every suite that applies to the destination version, naming the resources it may use
    And (6) the tester does not get hold of the resources it was pointed to
    And (7) the tester reports that it could not get its resources
    And (8) the SMM verifies the resources it named, and allocates new ones where they are gone
    And (9) the SMM makes sure of the test resources and has the tester run again
    And (10) the tester runs the suites it was asked for against the target and its peers
    And (11) the tester reports success for the destination version and frees its resources
    And (end) the SMM commits the move to the destination version at the target
    And (end) the SMM releases what protected the process
    And the SMM asked the target no more than 1 times to modify its software
    And the process ends with the destination version committed
    And these post-conditions hold
      | # | condition                                                  |
      | 1 | SMM, impacted FEs and impacted entities work normally      |
      | 2 | the target works normally and runs the destination version |

    # the target takes its own resources first, so the second request for an allocation is the tester's
    Examples:
      | entity | actor    | fault             | at                                      | after |
      | nfvo   | tester   | missing-resources | test-run/acquire                        |       |
      | nfvo   | provider | lost-reservation  | POST /vrm/v1/reservations/*/allocations | 1     |
      | vnfm   | tester   | missing-resources | test-run/acquire                        |       |
      | vnfm   | provider | lost-reservation  | POST /vrm/v1/reservations/*/allocations | 1     |
      | vim    | tester   | missing-resources | test-run/acquire                        |       |
      | vim    | provider | lost-reservation  | POST /vrm/v1/reservations/*/allocations | 1     |

  @note:1 @note:4 @interpretation:I-002
  Scenario Outline: An existing restoration point outlives the retry
    Given a seamless <entity> that runs its source version
    And a restoration point of it exists already
    And these faults are armed
      | actor  | fault             | at               | retry    |
      | tester | missing-resources | test-run/acquire | possible |
    When the external manager has the SMM move the target to the destination version
    Then (1) the SMM holds a restoration point of the target before anything is changed
    And (7) the tester reports that it could not get its resources
    And (9) the SMM makes sure of the test resources and has the tester run again
    And (11) the tester reports success for the destination version and frees its resources
    And (end) the SMM commits the move to the destination version at the target
    And the SMM makes no restoration point besides the existing one
    And the existing restoration point is still there

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:3
  Scenario Outline: A permanent error is not tried again, but rolled back
    Given a seamless <entity> that runs its source version
    And these faults are armed
      | actor  | fault             | at               | retry        |
      | tester | missing-resources | test-run/acquire | not feasible |
    When the external manager has the SMM move the target to the destination version
    Then (5) the SMM has the tester run every suite that applies to the destination version, naming the resources it may use
    And (7) the tester reports that it could not get its resources
    And the SMM does not have the destination version tested again
    And the SMM decides to roll back
    And the SMM asks the target for the source version, naming the resources it may use
    And the target reports to the SMM that it completed the move to the source version
    And the SMM has the tester run every suite that applies to the source version, naming the resources it may use
    And the tester reports success for the source version and frees its resources
    And (end) the SMM commits the move to the source version at the target
    And the process ends with the source version committed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:3 @interpretation:I-035
  Scenario Outline: Attempts are limited, and then the process is rolled back
    Given a seamless <entity> that runs its source version
    And these faults are armed
      | actor  | fault             | at               | retry    | times |
      | tester | missing-resources | test-run/acquire | possible | 99    |
    When the external manager has the SMM move the target to the destination version
    Then (5) the SMM has the tester run every suite that applies to the destination version, naming the resources it may use
    And (7) the tester reports that it could not get its resources
    And the SMM has the destination version tested no more than 5 times
    And the SMM decides to roll back
    And the SMM asks the target for the source version, naming the resources it may use
    And the target reports to the SMM that it completed the move to the source version
    And the SMM has the source version tested no more than 5 times
    And the SMM keeps what a fallback needs
    And the process ends with a call for a person

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:2 @interpretation:I-035
  Scenario Outline: A modification that rolls back again and again is given up
    Given a seamless <entity> that runs its source version
    And these faults are armed
      | actor  | fault             | at                           | retry    | times |
      | target | internal-rollback | software-modification/switch | possible | 99    |
    When the external manager has the SMM move the target to the destination version
    Then (2) the SMM asks the target for the destination version, naming the resources it may use
    And (4) the target reports that it rolled back by itself, and that a retry is possible
    And (2) the SMM asks the target for the destination version, naming the resources it may use
    And the SMM asked the target no more than 5 times to modify its software
    And (10) the tester runs the suites it was asked for against the target and its peers
    And (11) the tester reports success for the source version and frees its resources
    And (end) the SMM releases what protected the process
    And the process ends with the source version committed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |
