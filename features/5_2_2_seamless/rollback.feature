# Clause 5.2.2.6: the SMM rolls the software back, because tests did not pass or because an administrator wants it.
@clause:5.2.2 @clause:5.2.2.6 @table:5.2.2.6-1 @support:internal-seamless
Feature: A software rollback by the SMM

  @table:5.2.2.3-1 @table:5.2.2.4-1 @note:3
  Scenario Outline: The destination version does not pass its tests
    Given a seamless <entity> that runs its source version
    And its peers keep using it
    And these faults are armed
      | actor  | fault       | at                    |
      | tester | failed-test | test-run/suite-system |
    And these pre-conditions hold
      | # | condition                                                     |
      | 1 | destination version and execution plan are at hand            |
      | 2 | SMM, target, impacted FEs and impacted entities work normally |
      | 3 | resources for the modification and its tests are free         |
      | 4 | test suites for both versions are at hand                     |
    When the external manager has the SMM move the target to the destination version
    Then the tester reports that the destination version did not pass
    And (begin) the SMM decides to roll back
    And (1) the SMM makes sure of the resources for the way back
    And (2) the SMM asks the target for the source version, naming the resources it may use
    And (3) the target moves to the source version by itself
    And (3) the target's services stay up the whole time
    And (3) the target releases what it took for the source version before it reports
    And (4) the target reports to the SMM that it completed the move to the source version
    And (5) the SMM has the tester run every suite that applies to the source version, naming the resources it may use
    And (6) the tester reports success for the source version and frees its resources
    And (end) the SMM commits the move to the source version at the target
    And (end) the SMM releases what protected the process
    And the process ends with the source version committed
    And these post-conditions hold
      | # | condition                                              |
      | 1 | SMM, impacted FEs and impacted entities work normally  |
      | 2 | the target works normally and runs the source version  |

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:4 @table:5.2.2.4-1 @interpretation:I-008
  Scenario Outline: An administrator wants the source version back before the commit
    Given a seamless <entity> that runs its source version
    And the external manager keeps the commit to itself
    When the external manager has the SMM move the target to the destination version
    And the external manager asks the SMM for the rollback
    Then (begin) the SMM decides to roll back
    And the SMM waits for the external manager before it commits
    And (1) the SMM makes sure of the resources for the way back
    And (2) the SMM asks the target for the source version, naming the resources it may use
    And (3) the target moves to the source version by itself
    And (4) the target reports to the SMM that it completed the move to the source version
    And (5) the SMM has the tester run every suite that applies to the source version, naming the resources it may use
    And (6) the tester reports success for the source version and frees its resources
    And (end) the SMM commits the move to the source version at the target
    And (end) the SMM releases what protected the process
    And these post-conditions hold
      | # | condition                                              |
      | 1 | SMM, impacted FEs and impacted entities work normally  |
      | 2 | the target works normally and runs the source version  |

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |
