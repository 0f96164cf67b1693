# Clause 5.4.2: two entities whose interface with each other changes in an incompatible way are modified together.
@clause:5.4.2 @support:none
Feature: A software rollback of two entities, which both go back or neither

  @clause:5.4.2.6 @table:5.4.2.6-1 @table:5.4.2.4-1 @interpretation:I-100 @interpretation:I-117
  Scenario Outline: At 3, the second destination cannot be instantiated
    Given a <entity> and a <second> whose interface with each other is not compatible between versions
    And these faults are armed
      | actor | fault | at | retry |
      | destination 2 | internal-rollback | fe-instantiation/deploy | not feasible |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (1) for each of the two, the SMM makes sure of the resources for the way back
    And (2) for each of the two, the SMM learns how far the instances are, or knows it already
    And (15) the SMM terminates the destination instance that came to be, and asks for the end of no other
    And (end) for each of the two, the SMM commits by releasing what protected the process, once the destination instance is gone
    And the process ends with the source version committed
    And for each of the two, nothing of the destination instance is left
    And the two end together, both in the source version
    And at no moment a source of one entity talks to a destination of the other
    And for each of the two, the SMM leaves alone what never stopped of the source
    And these post-conditions hold
      | # | condition |
      | 1 | for each of the two, SMM, impacted FEs and impacted entities work normally |
      | 2 | for each of the two, the source instance works normally, runs the source version, and the destination is gone |
      | 2 | both source instances are able to communicate with each other, and both destinations are gone |

    Examples:
      | entity | second |
      | nfvo   | vim    |
      | vnfm   | nfvo   |
      | vim    | vnfm   |

  @clause:5.4.2.6 @table:5.4.2.6-1 @table:5.4.2.4-1 @interpretation:I-100
  Scenario Outline: At 6, one destination is not healthy
    Given a <entity> and a <second> whose interface with each other is not compatible between versions
    And these faults are armed
      | actor | fault | at |
      | tester | failed-test | test-run/suite-health |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (1) for each of the two, the SMM makes sure of the resources for the way back
    And (2) for each of the two, the SMM learns how far the instances are, or knows it already
    And (15) for each of the two, the SMM terminates the destination instance, which is shut down
    And (end) for each of the two, the SMM commits by releasing what protected the process, once the destination instance is gone
    And the process ends with the source version committed
    And for each of the two, nothing of the destination instance is left
    And the two end together, both in the source version
    And at no moment a source of one entity talks to a destination of the other
    And these post-conditions hold
      | # | condition |
      | 1 | for each of the two, SMM, impacted FEs and impacted entities work normally |
      | 2 | for each of the two, the source instance works normally, runs the source version, and the destination is gone |
      | 2 | both source instances are able to communicate with each other, and both destinations are gone |

    Examples:
      | entity | second |
      | nfvo   | vim    |
      | vnfm   | nfvo   |
      | vim    | vnfm   |

  @clause:5.4.2.6 @table:5.4.2.6-1 @table:5.4.2.4-1 @interpretation:I-100 @interpretation:I-118
  Scenario Outline: At 7, the second destination does not take the state over
    Given a <entity> and a <second> whose interface with each other is not compatible between versions
    And these faults are armed
      | actor | fault | at |
      | destination 2 | refuse | POST /nfvmanoswm/v1/state_data/import |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (1) for each of the two, the SMM makes sure of the resources for the way back
    And (2) for each of the two, the SMM learns how far the instances are, or knows it already
    And (7) for each of the two, the source instance has its state back from whoever had it last
    And (8) for each of the two, the SMM unlocks the application of the source instance, which has its state
    And (8) the SMM starts the service interface between the two source instances, and each is authenticated to the other
    And (9) for each of the two, the SMM starts the service interfaces of the source instance towards impacted FEs, and it is authenticated to them
    And (10) for each of the two, the SMM starts the service interfaces of the source instance towards impacted entities, and it is authenticated to them
    And (11) for each of the two, the SMM gracefully stops the service interfaces of the destination instance towards impacted entities
    And (12) for each of the two, the SMM has the tester run all that applies to the source version on the source instance
    And (13) for each of the two, the tester looks at the source instance
    And (14) for each of the two, the tester finds the source instance in order in the source version, and frees its resources
    And (15) for each of the two, the SMM waits until the service interfaces of the destination instance towards impacted entities are shut down
    And (15) for each of the two, the SMM gracefully stops the service interfaces of the destination instance towards impacted FEs
    And (15) for each of the two, the SMM waits until the service interfaces of the destination instance towards impacted FEs are shut down
    And (15) for each of the two, the SMM terminates the destination instance, which is shut down
    And (end) for each of the two, the SMM commits by releasing what protected the process, once the destination instance is gone
    And the process ends with the source version committed
    And for each of the two, nothing of the destination instance is left
    And the two end together, both in the source version
    And at no moment a source of one entity talks to a destination of the other
    And for each of the two, the SMM leaves alone what never stopped of the source
    And these post-conditions hold
      | # | condition |
      | 1 | for each of the two, SMM, impacted FEs and impacted entities work normally |
      | 2 | for each of the two, the source instance works normally, runs the source version, and the destination is gone |
      | 2 | both source instances are able to communicate with each other, and both destinations are gone |

    Examples:
      | entity | second |
      | nfvo   | vim    |
      | vnfm   | nfvo   |
      | vim    | vnfm   |

  @clause:5.4.2.6 @table:5.4.2.6-1 @table:5.4.2.4-1 @interpretation:I-101
  Scenario Outline: At 8, the second destination cannot be started
    Given a <entity> and a <second> whose interface with each other is not compatible between versions
    And these faults are armed
      | actor | fault | at |
      | destination 2 | refuse | POST /nfvmanocim/v2/mano_entity/mano_interfaces/pair-<interface>/change_state |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (1) for each of the two, the SMM makes sure of the resources for the way back
    And (2) for each of the two, the SMM learns how far the instances are, or knows it already
    And (7) for each of the two, the SMM transfers the operational state data to the source instance
    And (8) for each of the two, the SMM unlocks the application of the source instance, which has its state
    And (8) the SMM starts the service interface between the two source instances, and each is authenticated to the other
    And (9) for each of the two, the SMM starts the service interfaces of the source instance towards impacted FEs, and it is authenticated to them
    And (10) for each of the two, the SMM starts the service interfaces of the source instance towards impacted entities, and it is authenticated to them
    And (11) for each of the two, the SMM gracefully stops the service interfaces of the destination instance towards impacted entities
    And (12) for each of the two, the SMM has the tester run all that applies to the source version on the source instance
    And (13) for each of the two, the tester looks at the source instance
    And (14) for each of the two, the tester finds the source instance in order in the source version, and frees its resources
    And (15) for each of the two, the SMM waits until the service interfaces of the destination instance towards impacted entities are shut down
    And (15) for each of the two, the SMM gracefully stops the service interfaces of the destination instance towards impacted FEs
    And (15) for each of the two, the SMM waits until the service interfaces of the destination instance towards impacted FEs are shut down
    And (15) for each of the two, the SMM terminates the destination instance, which is shut down
    And (end) for each of the two, the SMM commits by releasing what protected the process, once the destination instance is gone
    And the process ends with the source version committed
    And for each of the two, nothing of the destination instance is left
    And the two end together, both in the source version
    And at no moment a source of one entity talks to a destination of the other
    And these post-conditions hold
      | # | condition |
      | 1 | for each of the two, SMM, impacted FEs and impacted entities work normally |
      | 2 | for each of the two, the source instance works normally, runs the source version, and the destination is gone |
      | 2 | both source instances are able to communicate with each other, and both destinations are gone |

    Examples:
      | entity | second | interface |
      | nfvo   | vim    | vrm-v1    |
      | vnfm   | nfvo   | nslcm-v1  |
      | vim    | vnfm   | vnflcm-v1 |

  @clause:5.4.2.6 @table:5.4.2.6-1 @table:5.4.2.4-1 @interpretation:I-101
  Scenario Outline: At 9, the second destination cannot be started
    Given a <entity> and a <second> whose interface with each other is not compatible between versions
    And these faults are armed
      | actor | fault | at |
      | destination 2 | refuse | POST /nfvmanocim/v2/mano_entity/mano_interfaces/<interface>/change_state |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (1) for each of the two, the SMM makes sure of the resources for the way back
    And (2) for each of the two, the SMM learns how far the instances are, or knows it already
    And (7) for each of the two, the SMM transfers the operational state data to the source instance
    And (8) for each of the two, the SMM unlocks the application of the source instance, which has its state
    And (8) the SMM starts the service interface between the two source instances, and each is authenticated to the other
    And (9) for each of the two, the SMM starts the service interfaces of the source instance towards impacted FEs, and it is authenticated to them
    And (10) for each of the two, the SMM starts the service interfaces of the source instance towards impacted entities, and it is authenticated to them
    And (11) for each of the two, the SMM gracefully stops the service interfaces of the destination instance towards impacted entities
    And (12) for each of the two, the SMM has the tester run all that applies to the source version on the source instance
    And (13) for each of the two, the tester looks at the source instance
    And (14) for each of the two, the tester finds the source instance in order in the source version, and frees its resources
    And (15) for each of the two, the SMM waits until the service interfaces of the destination instance towards impacted entities are shut down
    And (15) for each of the two, the SMM gracefully stops the service interfaces of the destination instance towards impacted FEs
    And (15) for each of the two, the SMM waits until the service interfaces of the destination instance towards impacted FEs are shut down
    And (15) for each of the two, the SMM terminates the destination instance, which is shut down
    And (end) for each of the two, the SMM commits by releasing what protected the process, once the destination instance is gone
    And the process ends with the source version committed
    And for each of the two, nothing of the destination instance is left
    And the two end together, both in the source version
    And at no moment a source of one entity talks to a destination of the other
    And these post-conditions hold
      | # | condition |
      | 1 | for each of the two, SMM, impacted FEs and impacted entities work normally |
      | 2 | for each of the two, the source instance works normally, runs the source version, and the destination is gone |
      | 2 | both source instances are able to communicate with each other, and both destinations are gone |

    Examples:
      | entity | second | interface |
      | nfvo   | vim    | vrm-v1    |
      | vnfm   | nfvo   | nslcm-v1  |
      | vim    | vnfm   | vnflcm-v1 |

  @clause:5.4.2.6 @table:5.4.2.6-1 @table:5.4.2.4-1 @interpretation:I-101
  Scenario Outline: At 10, the second destination cannot be started
    Given a <entity> and a <second> whose interface with each other is not compatible between versions
    And these faults are armed
      | actor | fault | at |
      | destination 2 | refuse | POST /nfvmanocim/v2/mano_entity/mano_interfaces/entities-<interface>/change_state |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (1) for each of the two, the SMM makes sure of the resources for the way back
    And (2) for each of the two, the SMM learns how far the instances are, or knows it already
    And (7) for each of the two, the SMM transfers the operational state data to the source instance
    And (8) for each of the two, the SMM unlocks the application of the source instance, which has its state
    And (8) the SMM starts the service interface between the two source instances, and each is authenticated to the other
    And (9) for each of the two, the SMM starts the service interfaces of the source instance towards impacted FEs, and it is authenticated to them
    And (10) for each of the two, the SMM starts the service interfaces of the source instance towards impacted entities, and it is authenticated to them
    And (11) for each of the two, the SMM gracefully stops the service interfaces of the destination instance towards impacted entities
    And (12) for each of the two, the SMM has the tester run all that applies to the source version on the source instance
    And (13) for each of the two, the tester looks at the source instance
    And (14) for each of the two, the tester finds the source instance in order in the source version, and frees its resources
    And (15) for each of the two, the SMM waits until the service interfaces of the destination instance towards impacted entities are shut down
    And (15) for each of the two, the SMM gracefully stops the service interfaces of the destination instance towards impacted FEs
    And (15) for each of the two, the SMM waits until the service interfaces of the destination instance towards impacted FEs are shut down
    And (15) for each of the two, the SMM terminates the destination instance, which is shut down
    And (end) for each of the two, the SMM commits by releasing what protected the process, once the destination instance is gone
    And the process ends with the source version committed
    And for each of the two, nothing of the destination instance is left
    And the two end together, both in the source version
    And at no moment a source of one entity talks to a destination of the other
    And these post-conditions hold
      | # | condition |
      | 1 | for each of the two, SMM, impacted FEs and impacted entities work normally |
      | 2 | for each of the two, the source instance works normally, runs the source version, and the destination is gone |
      | 2 | both source instances are able to communicate with each other, and both destinations are gone |

    Examples:
      | entity | second | interface |
      | nfvo   | vim    | vrm-v1    |
      | vnfm   | nfvo   | nslcm-v1  |
      | vim    | vnfm   | vnflcm-v1 |

  @clause:5.4.2.6 @table:5.4.2.6-1 @table:5.4.2.4-1 @interpretation:I-100 @interpretation:I-119
  Scenario Outline: At 11, the second source does not stop towards impacted entities
    Given a <entity> and a <second> whose interface with each other is not compatible between versions
    And these faults are armed
      | actor | fault | at |
      | target 2 | refuse | POST /nfvmanocim/v2/mano_entity/mano_interfaces/entities-<interface>/change_state |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (1) for each of the two, the SMM makes sure of the resources for the way back
    And (2) for each of the two, the SMM learns how far the instances are, or knows it already
    And (7) for each of the two, the SMM transfers the operational state data to the source instance
    And (8) for each of the two, the SMM unlocks the application of the source instance, which has its state
    And (8) the SMM starts the service interface between the two source instances, and each is authenticated to the other
    And (9) for each of the two, the SMM starts the service interfaces of the source instance towards impacted FEs, and it is authenticated to them
    And (10) for each of the two, the SMM starts the service interfaces of the source instance towards impacted entities, and it is authenticated to them
    And (11) for each of the two, the SMM gracefully stops the service interfaces of the destination instance towards impacted entities
    And (12) for each of the two, the SMM has the tester run all that applies to the source version on the source instance
    And (13) for each of the two, the tester looks at the source instance
    And (14) for each of the two, the tester finds the source instance in order in the source version, and frees its resources
    And (15) for each of the two, the SMM waits until the service interfaces of the destination instance towards impacted entities are shut down
    And (15) for each of the two, the SMM gracefully stops the service interfaces of the destination instance towards impacted FEs
    And (15) for each of the two, the SMM waits until the service interfaces of the destination instance towards impacted FEs are shut down
    And (15) for each of the two, the SMM terminates the destination instance, which is shut down
    And (end) for each of the two, the SMM commits by releasing what protected the process, once the destination instance is gone
    And the process ends with the source version committed
    And for each of the two, nothing of the destination instance is left
    And the two end together, both in the source version
    And at no moment a source of one entity talks to a destination of the other
    And these post-conditions hold
      | # | condition |
      | 1 | for each of the two, SMM, impacted FEs and impacted entities work normally |
      | 2 | for each of the two, the source instance works normally, runs the source version, and the destination is gone |
      | 2 | both source instances are able to communicate with each other, and both destinations are gone |

    Examples:
      | entity | second | interface |
      | nfvo   | vim    | vrm-v1    |
      | vnfm   | nfvo   | nslcm-v1  |
      | vim    | vnfm   | vnflcm-v1 |

  @clause:5.4.2.6 @table:5.4.2.6-1 @table:5.4.2.4-1 @interpretation:I-100
  Scenario Outline: At 14, one destination does not pass its tests
    Given a <entity> and a <second> whose interface with each other is not compatible between versions
    And these faults are armed
      | actor | fault | at |
      | tester | failed-test | test-run/suite-system |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (1) for each of the two, the SMM makes sure of the resources for the way back
    And (2) for each of the two, the SMM learns how far the instances are, or knows it already
    And (7) for each of the two, the SMM transfers the operational state data to the source instance
    And (8) for each of the two, the SMM unlocks the application of the source instance, which has its state
    And (8) the SMM starts the service interface between the two source instances, and each is authenticated to the other
    And (9) for each of the two, the SMM starts the service interfaces of the source instance towards impacted FEs, and it is authenticated to them
    And (10) for each of the two, the SMM starts the service interfaces of the source instance towards impacted entities, and it is authenticated to them
    And (11) for each of the two, the SMM gracefully stops the service interfaces of the destination instance towards impacted entities
    And (12) for each of the two, the SMM has the tester run all that applies to the source version on the source instance
    And (13) for each of the two, the tester looks at the source instance
    And (14) for each of the two, the tester finds the source instance in order in the source version, and frees its resources
    And (15) for each of the two, the SMM waits until the service interfaces of the destination instance towards impacted entities are shut down
    And (15) for each of the two, the SMM gracefully stops the service interfaces of the destination instance towards impacted FEs
    And (15) for each of the two, the SMM waits until the service interfaces of the destination instance towards impacted FEs are shut down
    And (15) for each of the two, the SMM terminates the destination instance, which is shut down
    And (end) for each of the two, the SMM commits by releasing what protected the process, once the destination instance is gone
    And the process ends with the source version committed
    And for each of the two, nothing of the destination instance is left
    And the two end together, both in the source version
    And at no moment a source of one entity talks to a destination of the other
    And these post-conditions hold
      | # | condition |
      | 1 | for each of the two, SMM, impacted FEs and impacted entities work normally |
      | 2 | for each of the two, the source instance works normally, runs the source version, and the destination is gone |
      | 2 | both source instances are able to communicate with each other, and both destinations are gone |

    Examples:
      | entity | second |
      | nfvo   | vim    |
      | vnfm   | nfvo   |
      | vim    | vnfm   |

  @clause:5.4.2.6 @table:5.4.2.6-1 @table:5.4.2.4-1 @interpretation:I-100
  Scenario Outline: At 15, the second source cannot be terminated, and both go back
    Given a <entity> and a <second> whose interface with each other is not compatible between versions
    And these faults are armed
      | actor | fault | at |
      | target 2 | refuse | POST /nfvmanoswm/v1/instance/terminate |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (1) for each of the two, the SMM makes sure of the resources for the way back
    And (2) for each of the two, the SMM learns how far the instances are, or knows it already
    And (7) for each of the two, the SMM transfers the operational state data to the source instance
    And (8) for each of the two, the SMM unlocks the application of the source instance, which has its state
    And (8) the SMM starts the service interface between the two source instances, and each is authenticated to the other
    And (9) for each of the two, the SMM starts the service interfaces of the source instance towards impacted FEs, and it is authenticated to them
    And (10) for each of the two, the SMM starts the service interfaces of the source instance towards impacted entities, and it is authenticated to them
    And (11) for each of the two, the SMM gracefully stops the service interfaces of the destination instance towards impacted entities
    And (12) for each of the two, the SMM has the tester run all that applies to the source version on the source instance
    And (13) for each of the two, the tester looks at the source instance
    And (14) for each of the two, the tester finds the source instance in order in the source version, and frees its resources
    And (15) for each of the two, the SMM waits until the service interfaces of the destination instance towards impacted entities are shut down
    And (15) for each of the two, the SMM gracefully stops the service interfaces of the destination instance towards impacted FEs
    And (15) for each of the two, the SMM waits until the service interfaces of the destination instance towards impacted FEs are shut down
    And (15) for each of the two, the SMM terminates the destination instance, which is shut down
    And (end) for each of the two, the SMM commits by releasing what protected the process, once the destination instance is gone
    And the process ends with the source version committed
    And for each of the two, nothing of the destination instance is left
    And the two end together, both in the source version
    And at no moment a source of one entity talks to a destination of the other
    And these post-conditions hold
      | # | condition |
      | 1 | for each of the two, SMM, impacted FEs and impacted entities work normally |
      | 2 | for each of the two, the source instance works normally, runs the source version, and the destination is gone |
      | 2 | both source instances are able to communicate with each other, and both destinations are gone |

    Examples:
      | entity | second |
      | nfvo   | vim    |
      | vnfm   | nfvo   |
      | vim    | vnfm   |

  @clause:5.4.2.6 @table:5.4.2.6-1 @table:5.4.2.4-1 @interpretation:I-100
  Scenario Outline: Beyond 15, an administrator has both sources come back
    Given a <entity> and a <second> whose interface with each other is not compatible between versions
    And the external manager keeps the commit to itself
    When the external manager has the SMM move the target to the destination version
    And the external manager asks the SMM for the rollback
    Then (begin) the SMM decides to roll back
    And (1) for each of the two, the SMM makes sure of the resources for the way back
    And (2) for each of the two, the SMM learns how far the instances are, or knows it already
    And (3) for each of the two, the SMM instantiates the source instance with the source version, naming the resources it may use
    And (3) for each of the two, the source instance is there, its application started and locked, and serves nobody
    And (4) for each of the two, the SMM has the tester verify the health of the source instance, naming the resources it may use
    And (5) for each of the two, the tester looks at the source instance
    And (6) for each of the two, the tester finds the source instance healthy in the source version, and frees its resources
    And (7) for each of the two, the SMM transfers the operational state data to the source instance
    And (8) for each of the two, the SMM unlocks the application of the source instance, which has its state
    And (8) the SMM starts the service interface between the two source instances, and each is authenticated to the other
    And (9) for each of the two, the SMM starts the service interfaces of the source instance towards impacted FEs, and it is authenticated to them
    And (10) for each of the two, the SMM starts the service interfaces of the source instance towards impacted entities, and it is authenticated to them
    And (11) for each of the two, the SMM gracefully stops the service interfaces of the destination instance towards impacted entities
    And (12) for each of the two, the SMM has the tester run all that applies to the source version on the source instance
    And (13) for each of the two, the tester looks at the source instance
    And (14) for each of the two, the tester finds the source instance in order in the source version, and frees its resources
    And (15) for each of the two, the SMM waits until the service interfaces of the destination instance towards impacted entities are shut down
    And (15) for each of the two, the SMM gracefully stops the service interfaces of the destination instance towards impacted FEs
    And (15) for each of the two, the SMM waits until the service interfaces of the destination instance towards impacted FEs are shut down
    And (15) for each of the two, the SMM terminates the destination instance, which is shut down
    And (end) for each of the two, the SMM commits by releasing what protected the process, once the destination instance is gone
    And the process ends with the source version committed
    And for each of the two, nothing of the destination instance is left
    And the two end together, both in the source version
    And at no moment a source of one entity talks to a destination of the other
    And these post-conditions hold
      | # | condition |
      | 1 | for each of the two, SMM, impacted FEs and impacted entities work normally |
      | 2 | for each of the two, the source instance works normally, runs the source version, and the destination is gone |
      | 2 | both source instances are able to communicate with each other, and both destinations are gone |

    Examples:
      | entity | second |
      | nfvo   | vim    |
      | vnfm   | nfvo   |
      | vim    | vnfm   |

  @clause:5.4.2.6 @table:5.4.2.6-1 @note:3
  Scenario Outline: The sources do not pass their tests on the way back
    Given a <entity> and a <second> whose interface with each other is not compatible between versions
    And these faults are armed
      | actor | fault | at | times |
      | tester | failed-test | test-run/suite-system | 2 |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (7) for each of the two, the SMM transfers the operational state data to the source instance
    And the SMM keeps what a fallback needs
    And the process ends with a call for a person

    Examples:
      | entity | second |
      | nfvo   | vim    |
      | vnfm   | nfvo   |
      | vim    | vnfm   |

  @clause:5.4.2.6 @table:5.4.2.6-1 @interpretation:I-101
  Scenario Outline: Nobody loses either of the two while both come back
    Given a <entity> and a <second> whose interface with each other is not compatible between versions
    And its peers keep using it
    And these faults are armed
      | actor | fault | at |
      | tester | failed-test | test-run/suite-performance |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And for each of the two, at every moment a started, unlocked service interface of either instance serves them
    And at no moment a source of one entity talks to a destination of the other
    And the process ends with the source version committed

    Examples:
      | entity | second |
      | nfvo   | vim    |
      | vnfm   | nfvo   |
      | vim    | vnfm   |
