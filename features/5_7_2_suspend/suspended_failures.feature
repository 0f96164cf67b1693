# Notes 2, 4 and 5 of table 5.7.2.5-1: what fails while the process stands or when it goes on, and what is given up.
@clause:5.7.2 @clause:5.7.2.5 @table:5.7.2.5-1 @support:none
Feature: A suspended process that does not go on to its end

  @note:5 @clause:5.3.3.6 @table:5.7.2.4-1 @interpretation:I-115
  Scenario Outline: The external manager gives up while the tests are suspended
    Given a <entity> without internal support that runs its source version
    And the tester has two suites for the health of what does not serve yet
    And the external manager wants the process suspended while the tester is at suite-health
    When the external manager has the SMM move the target to the destination version
    And the external manager asks the SMM for the rollback
    Then (9) the SMM takes the external manager's wish to suspend the process
    And (10) the SMM has the tester suspend its tests
    And (11) the tester suspends its tests, and reports that they are incomplete
    And (12) the SMM reports that the process is suspended at testing the destination instance
    And nothing goes on before the external manager says how
    And the SMM decides to roll back
    And the SMM makes sure of the resources for the way back
    And the SMM rolls back without testing or changing what was never reached
    And the SMM terminates the destination instance, which is shut down
    And the process ends with the source version committed
    And nothing of the destination instance is left
    And these post-conditions hold
      | # | condition                                                                                   |
      | 1 | SMM, impacted FEs and impacted entities work normally                                       |
      | 2 | the source instance works normally, runs the source version, and the destination is gone |

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:5 @clause:5.3.3.6 @interpretation:I-115
  Scenario Outline: The external manager gives up before the transfer, or in front of the tests, at <point> of the <role>
    Given a <entity> without internal support that runs its source version
    And the external manager wants the process suspended while the <role> is at <point>
    When the external manager has the SMM move the target to the destination version
    And the external manager asks the SMM for the rollback
    Then the process is suspended between two steps
    And nothing goes on before the external manager says how
    And the SMM decides to roll back
    And the SMM makes sure of the resources for the way back
    And the SMM rolls back without testing or changing what was never reached
    And the SMM terminates the destination instance, which is shut down
    And the process ends with the source version committed
    And nothing of the destination instance is left

    Examples:
      | entity | role        | point                   |
      | nfvo   | destination | fe-instantiation/deploy |
      | nfvo   | tester      | suite-health            |
      | vnfm   | destination | fe-instantiation/deploy |
      | vnfm   | tester      | suite-health            |
      | vim    | destination | fe-instantiation/deploy |
      | vim    | tester      | suite-health            |

  @note:5 @clause:5.3.3.6 @interpretation:I-115
  Scenario Outline: The external manager gives up once the destination has the state, at <point> of the <role>
    Given a <entity> without internal support that runs its source version
    And the external manager wants the process suspended while the <role> is at <point>
    When the external manager has the SMM move the target to the destination version
    And the external manager asks the SMM for the rollback
    Then nothing goes on before the external manager says how
    And the SMM decides to roll back
    And the SMM makes sure of the resources for the way back
    And the SMM transfers the operational state data to the source instance
    And the SMM has the tester run all that applies to the source version on the source instance
    And the tester finds the source instance in order in the source version, and frees its resources
    And the SMM terminates the destination instance, which is shut down
    And the process ends with the source version committed
    And nothing of the destination instance is left

    Examples:
      | entity | role        | point                   |
      | nfvo   | destination | state-change/unlock     |
      | nfvo   | target      | state-change/drain      |
      | nfvo   | tester      | suite-performance       |
      | vnfm   | destination | state-change/unlock     |
      | vnfm   | target      | state-change/drain      |
      | vnfm   | tester      | suite-performance       |
      | vim    | destination | state-change/unlock     |
      | vim    | target      | state-change/drain      |
      | vim    | tester      | suite-performance       |

  @note:2 @clause:5.3.3.6 @table:5.7.2.4-1
  Scenario Outline: What was left of the tests is not passed
    Given a <entity> without internal support that runs its source version
    And the tester has two suites for the health of what does not serve yet
    And the external manager wants the process suspended while the tester is at suite-health
    And these faults are armed
      | actor  | fault       | at                       |
      | tester | failed-test | test-run/suite-functions |
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then (11) the tester suspends its tests, and reports that they are incomplete
    And (13) the SMM takes the external manager's wish to resume the process
    And (13) the SMM looks at the destination instance before it goes on
    And (14) the SMM has the tester go on with its tests, naming the resources it may use
    And the tester finds the destination instance not in order in the destination version
    And the SMM decides to roll back
    And the SMM makes sure of the resources for the way back
    And the SMM terminates the destination instance, which is shut down
    And the process ends with the source version committed
    And nothing of the destination instance is left
    And these post-conditions hold
      | # | condition                                                                                   |
      | 1 | SMM, impacted FEs and impacted entities work normally                                       |
      | 2 | the source instance works normally, runs the source version, and the destination is gone |

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:4 @clause:5.8 @interpretation:I-116
  Scenario Outline: The destination crashes while the process is suspended, and comes back in time
    Given a <entity> without internal support that runs its source version
    And the tester has two suites for the health of what does not serve yet
    And the external manager wants the process suspended while the tester is at suite-health
    And these faults are armed
      | actor       | fault | at                                | when      | heals after |
      | destination | crash | GET /nfvmanocim/v2/mano_entity/mano_interfaces | suspended | 0.5         |
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then (12) the SMM reports that the process is suspended at testing the destination instance
    And nothing goes on before the external manager says how
    And (13) the SMM takes the external manager's wish to resume the process
    And (13) the SMM looks at the destination instance before it goes on
    And (14) the SMM has the tester go on with its tests, naming the resources it may use
    And (15) the tester runs what was left of its tests on the destination instance
    And (16) the tester finds the destination instance healthy in the destination version, and frees its resources
    And the process ends with the destination version committed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:4 @clause:5.9 @interpretation:I-116 @interpretation:I-007
  Scenario Outline: The destination crashes for good while the process is suspended
    Given a <entity> without internal support that runs its source version
    And the tester has two suites for the health of what does not serve yet
    And the external manager wants the process suspended while the tester is at suite-health
    And these faults are armed
      | actor       | fault | at                                | when      |
      | destination | crash | GET /nfvmanocim/v2/mano_entity/mano_interfaces | suspended |
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then (12) the SMM reports that the process is suspended at testing the destination instance
    And nothing goes on before the external manager says how
    And (13) the SMM takes the external manager's wish to resume the process
    And (13) the SMM looks at the destination instance before it goes on
    And the SMM keeps what a fallback needs
    And the process ends with a call for a person

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:4 @clause:5.3.3.6 @table:5.7.2.4-1 @interpretation:I-116
  Scenario Outline: An interface of the destination fails while the process is suspended
    Given a <entity> without internal support that runs its source version
    And the tester has two suites for the health of what does not serve yet
    And the external manager wants the process suspended while the tester is at suite-health
    And these faults are armed
      | actor       | fault           | at                             | when      | times |
      | destination | transient-error | GET /nfvmanocim/v2/mano_entity | suspended | 4     |
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then (12) the SMM reports that the process is suspended at testing the destination instance
    And nothing goes on before the external manager says how
    And (13) the SMM takes the external manager's wish to resume the process
    And (13) the SMM looks at the destination instance before it goes on
    And the SMM decides to roll back
    And the SMM makes sure of the resources for the way back
    And the SMM terminates the destination instance, which is shut down
    And the process ends with the source version committed
    And nothing of the destination instance is left
    And these post-conditions hold
      | # | condition                                                                                   |
      | 1 | SMM, impacted FEs and impacted entities work normally                                       |
      | 2 | the source instance works normally, runs the source version, and the destination is gone |

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |
