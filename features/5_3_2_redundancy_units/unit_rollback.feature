# Note 2 of table 5.3.2.5-1: what follows a failure. The way back is the same table with source and destination
# exchanged (I-081): units of the destination version are replaced, one by one, by units of the source version.
@clause:5.3.2 @clause:5.3.2.5 @table:5.3.2.5-1 @table:5.3.2.4-1 @support:redundancy-units
Feature: A software rollback replaces destination units by source units, wherever the modification failed

  @note:2 @interpretation:I-081
  Scenario Outline: The destination version does not pass the tests of the whole
    Given a <entity> of <units> redundancy units that runs its source version
    And these faults are armed
      | actor  | fault       | at                    |
      | tester | failed-test | test-run/suite-system |
    When the external manager has the SMM move the target to the destination version
    Then the tester reports that the destination version did not pass
    And the SMM decides to roll back
    And (1) the SMM makes sure of the resources for the way back
    And (3) the SMM instantiates a source unit for each that it replaces, locked and told which one that is
    And (4) the SMM has the tester verify the health of each new source unit, naming the resources it may use
    And (5) the tester looks at each new source unit
    And (6) the tester reports that each new source unit is healthy, before it serves
    And (7) each new source unit has the state of the unit that it replaces
    And (8) the SMM starts the service interfaces of each source unit that takes over towards impacted FEs
    And (9) the SMM starts the service interfaces of each source unit that takes over towards impacted entities
    And (10) the SMM gracefully stops each unit whose place a source unit takes, once that one serves
    And (11) the SMM terminates each unit whose place a source unit takes, once it knows that it is shut down
    And (12) the SMM replaces one unit at a time, until all units run the source version
    And (13) the SMM has the tester run every suite that applies to the source version, naming the resources it may use
    And (14) the tester runs every suite against the source units and the system as a whole
    And (15) the tester reports success for the source version and frees its resources
    And (end) the SMM releases what protected the process
    And the process ends with the source version committed
    And these post-conditions hold
      | # | condition                                                        |
      | 1 | SMM, impacted FEs and impacted entities work normally            |
      | 2 | all units of the target work normally and run the source version |

    Examples:
      | entity | units |
      | nfvo   | 3     |
      | vnfm   | 1     |
      | vnfm   | 3     |
      | vim    | 3     |

  @note:2 @interpretation:I-081 @interpretation:I-086
  Scenario Outline: It fails at the second of three units
    Given a <entity> of 3 redundancy units that runs its source version
    And these faults are armed
      | actor   | fault   | at   | after   | retry   |
      | <actor> | <fault> | <at> | <after> | <retry> |
    When the external manager has the SMM move the target to the destination version
    Then the SMM decides to roll back
    And (1) the SMM makes sure of the resources for the way back
    And (3) the SMM instantiates a source unit for each that it replaces, locked and told which one that is
    And (4) the SMM has the tester verify the health of each new source unit, naming the resources it may use
    And (5) the tester looks at each new source unit
    And (6) the tester reports that each new source unit is healthy, before it serves
    And (7) each new source unit has the state of the unit that it replaces
    And (8) the SMM starts the service interfaces of each source unit that takes over towards impacted FEs
    And (9) the SMM starts the service interfaces of each source unit that takes over towards impacted entities
    And (10) the SMM gracefully stops each unit whose place a source unit takes, once that one serves
    And (11) the SMM terminates each unit whose place a source unit takes, once it knows that it is shut down
    And (12) the SMM replaces one unit at a time, until all units run the source version
    And (13) the SMM has the tester run every suite that applies to the source version, naming the resources it may use
    And (14) the tester runs every suite against the source units and the system as a whole
    And (15) the tester reports success for the source version and frees its resources
    And (end) the SMM releases what protected the process
    And the process ends with the source version committed
    And these post-conditions hold
      | # | condition                                                        |
      | 1 | SMM, impacted FEs and impacted entities work normally            |
      | 2 | all units of the target work normally and run the source version |

    Examples: row 3, it is refused, or cannot be instantiated
      | entity | actor  | fault             | at                                   | after | retry        |
      | nfvo   | target | refuse            | POST /nfvmanoswm/v1/redundancy_units | 1     |              |
      | vnfm   | target | refuse            | POST /nfvmanoswm/v1/redundancy_units | 1     |              |
      | vim    | target | refuse            | POST /nfvmanoswm/v1/redundancy_units | 1     |              |
      | nfvo   | target | internal-rollback | redundancy-unit/deploy               | 1     | not feasible |
      | vnfm   | target | internal-rollback | redundancy-unit/deploy               | 1     | not feasible |
      | vim    | target | internal-rollback | redundancy-unit/deploy               | 1     | not feasible |

    Examples: row 6, it is not healthy
      | entity | actor  | fault       | at                    | after | retry |
      | nfvo   | tester | failed-test | test-run/suite-health | 1     |       |
      | vnfm   | tester | failed-test | test-run/suite-health | 1     |       |
      | vim    | tester | failed-test | test-run/suite-health | 1     |       |

    Examples: rows 8 and 9, its service interfaces cannot be started, or it crashes
      | entity | actor  | fault             | at                                                                                     | after | retry        |
      | nfvo   | target | refuse            | POST /nfvmanoswm/v1/redundancy_units/*/service_interfaces/impacted-fe/change_state     | 1     |              |
      | vnfm   | target | refuse            | POST /nfvmanoswm/v1/redundancy_units/*/service_interfaces/impacted-fe/change_state     | 1     |              |
      | vim    | target | refuse            | POST /nfvmanoswm/v1/redundancy_units/*/service_interfaces/impacted-fe/change_state     | 1     |              |
      | nfvo   | target | refuse            | POST /nfvmanoswm/v1/redundancy_units/*/service_interfaces/impacted-entity/change_state | 1     |              |
      | vnfm   | target | refuse            | POST /nfvmanoswm/v1/redundancy_units/*/service_interfaces/impacted-entity/change_state | 1     |              |
      | vim    | target | refuse            | POST /nfvmanoswm/v1/redundancy_units/*/service_interfaces/impacted-entity/change_state | 1     |              |
      | nfvo   | target | internal-rollback | redundancy-unit/serve                                                                  | 1     | not feasible |
      | vnfm   | target | internal-rollback | redundancy-unit/serve                                                                  | 1     | not feasible |
      | vim    | target | internal-rollback | redundancy-unit/serve                                                                  | 1     | not feasible |

    Examples: row 10, the source unit cannot be stopped
      | entity | actor  | fault             | at                        | after | retry        |
      | nfvo   | target | internal-rollback | redundancy-unit/hand-over | 1     | not feasible |
      | vnfm   | target | internal-rollback | redundancy-unit/hand-over | 1     | not feasible |
      | vim    | target | internal-rollback | redundancy-unit/hand-over | 1     | not feasible |

    Examples: row 11, the source unit cannot be terminated
      | entity | actor  | fault  | at                                               | after | retry |
      | nfvo   | target | refuse | POST /nfvmanoswm/v1/redundancy_units/*/terminate | 1     |       |
      | vnfm   | target | refuse | POST /nfvmanoswm/v1/redundancy_units/*/terminate | 1     |       |
      | vim    | target | refuse | POST /nfvmanoswm/v1/redundancy_units/*/terminate | 1     |       |

  @note:2 @interpretation:I-081
  Scenario Outline: The services stay up on the way back
    Given a <entity> of <units> redundancy units that runs its source version
    And its peers keep using it
    And these faults are armed
      | actor  | fault       | at                    |
      | tester | failed-test | test-run/suite-system |
    When the external manager has the SMM move the target to the destination version
    Then the tester reports that the destination version did not pass
    And the SMM decides to roll back
    And (12) the SMM replaces one unit at a time, until all units run the source version
    And the target's services stay up the whole time

    Examples:
      | entity | units |
      | nfvo   | 2     |
      | vnfm   | 1     |
      | vnfm   | 2     |
      | vim    | 2     |

  @note:2
  Scenario Outline: A unit that could not be instantiated is tried again
    Given a <entity> of 2 redundancy units that runs its source version
    And these faults are armed
      | actor  | fault   | at   | after | retry   |
      | target | <fault> | <at> | 1     | <retry> |
    When the external manager has the SMM move the target to the destination version
    Then the SMM has the failed destination unit instantiated again
    And (12) the SMM replaces one unit at a time, until all units run the destination version
    And the process ends with the destination version committed

    Examples:
      | entity | fault             | at                                   | retry    |
      | nfvo   | internal-rollback | redundancy-unit/prepare              | possible |
      | vnfm   | internal-rollback | redundancy-unit/prepare              | possible |
      | vim    | internal-rollback | redundancy-unit/prepare              | possible |
      | nfvo   | transient-error   | POST /nfvmanoswm/v1/redundancy_units |          |
      | vnfm   | transient-error   | POST /nfvmanoswm/v1/redundancy_units |          |
      | vim    | transient-error   | POST /nfvmanoswm/v1/redundancy_units |          |

  @note:2 @interpretation:I-006
  Scenario Outline: The answer about a new unit is lost
    Given a <entity> of 2 redundancy units that runs its source version
    And these faults are armed
      | actor  | fault         | at                                   |
      | target | lost-response | POST /nfvmanoswm/v1/redundancy_units |
    When the external manager has the SMM move the target to the destination version
    Then (12) the SMM replaces one unit at a time, until all units run the destination version
    And the target was made to instantiate no more than 2 units
    And the process ends with the destination version committed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:2
  Scenario Outline: The first unit is refused
    Given a <entity> of 2 redundancy units that runs its source version
    And these faults are armed
      | actor  | fault  | at                                   |
      | target | refuse | POST /nfvmanoswm/v1/redundancy_units |
    When the external manager has the SMM move the target to the destination version
    Then the SMM has not touched the target's units
    And the process ends with nothing changed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:3 @interpretation:I-008
  Scenario Outline: An administrator decides for a rollback before the commit
    Given a <entity> of 2 redundancy units that runs its source version
    And the external manager keeps the commit to itself
    When the external manager has the SMM move the target to the destination version
    And the external manager asks the SMM for the rollback
    Then the SMM decides to roll back
    And (12) the SMM replaces one unit at a time, until all units run the source version
    And the process ends with the source version committed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:3
  Scenario Outline: After the commit there is no way back
    Given a <entity> of 2 redundancy units that runs its source version
    And the external manager keeps the commit to itself
    When the external manager has the SMM move the target to the destination version
    And the external manager asks the SMM for the commit
    And the external manager asks the SMM for the rollback
    Then the SMM refuses to roll back what is committed
    And the process ends with the destination version committed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |
