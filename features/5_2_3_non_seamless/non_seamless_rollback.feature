# Clause 5.2.3.6: the way back, from where it has to be entered for the row at which the modification failed.
@clause:5.2.3 @clause:5.2.3.6 @table:5.2.3.6-1 @table:5.2.3.4-1 @support:internal-non-seamless
Feature: A software rollback by the SMM that moves the services back to the old service interfaces

  @note:3
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
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:3 @interpretation:I-015
  Scenario Outline: The new service interfaces towards impacted entities cannot be started
    Given a non-seamless <entity> that runs its source version
    And these faults are armed
      | actor  | fault  | at                                                                               |
      | target | refuse | POST /nfvmanocim/v2/mano_entity/mano_interfaces/entities-<interface>/change_state |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (1) the SMM makes sure of the resources for the way back
    And (2) the SMM learns which service interfaces are old and new, and whom they concern
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
      | entity | interface |
      | nfvo   | nslcm-v2  |
      | vnfm   | vnflcm-v2 |
      | vim    | vrm-v2    |

  @note:3 @interpretation:I-015
  Scenario Outline: The new service interfaces towards impacted FEs cannot be started
    Given a non-seamless <entity> that runs its source version
    And these faults are armed
      | actor  | fault  | at                                                                      |
      | target | refuse | POST /nfvmanocim/v2/mano_entity/mano_interfaces/<interface>/change_state |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (1) the SMM makes sure of the resources for the way back
    And (2) the SMM learns which service interfaces are old and new, and whom they concern
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
      | entity | interface |
      | nfvo   | nslcm-v2  |
      | vnfm   | vnflcm-v2 |
      | vim    | vrm-v2    |

  @note:2 @interpretation:I-016
  Scenario Outline: The target has rolled back by itself
    Given a non-seamless <entity> that runs its source version
    And these faults are armed
      | actor  | fault             | at                           | retry        |
      | target | internal-rollback | software-modification/deploy | not feasible |
    When the external manager has the SMM move the target to the destination version
    Then the target reports that it rolled back by itself, and that a retry is not feasible
    And the SMM does not ask for the destination version again
    And (10) the SMM has the tester run every suite that applies to the source version, naming the resources it may use
    And (11) the tester reports success for the source version and frees its resources
    And (end) the SMM releases what protected the process
    And the process ends with the source version committed
    And the target has no new service interfaces any more

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |
