# Clause 5.3.3.6: the way back, from where it has to be entered for the row at which the modification failed.
@clause:5.3.3 @clause:5.3.3.6 @table:5.3.3.6-1 @table:5.3.3.4-1 @support:none
Feature: A software rollback in which the source goes on, or comes back, and the destination goes

  @note:2 @interpretation:I-020
  Scenario Outline: At 3, the destination cannot be instantiated
    Given a <entity> without internal support that runs its source version
    And these faults are armed
      | actor | fault | at | retry |
      | destination | internal-rollback | fe-instantiation/deploy | not feasible |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (1) the SMM makes sure of the resources for the way back
    And (2) the SMM learns how far the instances are, or knows it already
    And (end) the SMM commits by releasing what protected the process, once the destination instance is gone
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

  @note:2 @interpretation:I-020
  Scenario Outline: At 6, the destination is not healthy
    Given a <entity> without internal support that runs its source version
    And these faults are armed
      | actor | fault | at |
      | tester | failed-test | test-run/suite-health |
    When the external manager has the SMM move the target to the destination version
    Then the tester finds the destination instance not in order in the destination version
    And (begin) the SMM decides to roll back
    And (1) the SMM makes sure of the resources for the way back
    And (2) the SMM learns how far the instances are, or knows it already
    And (14) the SMM terminates the destination instance, which is shut down
    And (end) the SMM commits by releasing what protected the process, once the destination instance is gone
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

  @note:2 @interpretation:I-023
  Scenario Outline: At 7, the destination does not take the state over
    Given a <entity> without internal support that runs its source version
    And these faults are armed
      | actor | fault | at |
      | destination | refuse | POST /nfvmanoswm/v1/state_data/import |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (1) the SMM makes sure of the resources for the way back
    And (2) the SMM learns how far the instances are, or knows it already
    And (7) the source instance goes on with the state that it had handed over
    And (8) the SMM unlocks the application of the source instance, which has its state
    And (8) the SMM starts the service interfaces of the source instance towards impacted FEs, and it is authenticated to them
    And (9) the SMM starts the service interfaces of the source instance towards impacted entities, and it is authenticated to them
    And (10) the SMM gracefully stops the service interfaces of the destination instance towards impacted entities
    And (11) the SMM has the tester run all that applies to the source version on the source instance
    And (12) the tester looks at the source instance
    And (13) the tester finds the source instance in order in the source version, and frees its resources
    And (14) the SMM waits until the service interfaces of the destination instance towards impacted entities are shut down
    And (14) the SMM gracefully stops the service interfaces of the destination instance towards impacted FEs
    And (14) the SMM waits until the service interfaces of the destination instance towards impacted FEs are shut down
    And (14) the SMM terminates the destination instance, which is shut down
    And (end) the SMM commits by releasing what protected the process, once the destination instance is gone
    And the process ends with the source version committed
    And the SMM leaves alone what never stopped of the source
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

  @note:2 @interpretation:I-021 @interpretation:I-022
  Scenario Outline: At 8, the destination cannot be started towards impacted FEs
    Given a <entity> without internal support that runs its source version
    And these faults are armed
      | actor | fault | at |
      | destination | refuse | POST /nfvmanocim/v2/mano_entity/mano_interfaces/<interface>/change_state |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (1) the SMM makes sure of the resources for the way back
    And (2) the SMM learns how far the instances are, or knows it already
    And (7) the SMM transfers the operational state data to the source instance
    And (8) the SMM unlocks the application of the source instance, which has its state
    And (8) the SMM starts the service interfaces of the source instance towards impacted FEs, and it is authenticated to them
    And (9) the SMM starts the service interfaces of the source instance towards impacted entities, and it is authenticated to them
    And (10) the SMM gracefully stops the service interfaces of the destination instance towards impacted entities
    And (11) the SMM has the tester run all that applies to the source version on the source instance
    And (12) the tester looks at the source instance
    And (13) the tester finds the source instance in order in the source version, and frees its resources
    And (14) the SMM waits until the service interfaces of the destination instance towards impacted entities are shut down
    And (14) the SMM gracefully stops the service interfaces of the destination instance towards impacted FEs
    And (14) the SMM waits until the service interfaces of the destination instance towards impacted FEs are shut down
    And (14) the SMM terminates the destination instance, which is shut down
    And (end) the SMM commits by releasing what protected the process, once the destination instance is gone
    And the process ends with the source version committed
    And the SMM leaves alone what never stopped of the source
    And nothing of the destination instance is left
    And these post-conditions hold
      | # | condition                                                                                   |
      | 1 | SMM, impacted FEs and impacted entities work normally                                       |
      | 2 | the source instance works normally, runs the source version, and the destination is gone |

    Examples:
      | entity | interface |
      | nfvo   | nslcm-v1  |
      | vnfm   | vnflcm-v1 |
      | vim    | vrm-v1    |

  @note:2 @interpretation:I-021 @interpretation:I-022
  Scenario Outline: At 9, the destination cannot be started towards impacted entities
    Given a <entity> without internal support that runs its source version
    And these faults are armed
      | actor | fault | at |
      | destination | refuse | POST /nfvmanocim/v2/mano_entity/mano_interfaces/entities-<interface>/change_state |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (1) the SMM makes sure of the resources for the way back
    And (2) the SMM learns how far the instances are, or knows it already
    And (7) the SMM transfers the operational state data to the source instance
    And (8) the SMM unlocks the application of the source instance, which has its state
    And (8) the SMM starts the service interfaces of the source instance towards impacted FEs, and it is authenticated to them
    And (9) the SMM starts the service interfaces of the source instance towards impacted entities, and it is authenticated to them
    And (10) the SMM gracefully stops the service interfaces of the destination instance towards impacted entities
    And (11) the SMM has the tester run all that applies to the source version on the source instance
    And (12) the tester looks at the source instance
    And (13) the tester finds the source instance in order in the source version, and frees its resources
    And (14) the SMM waits until the service interfaces of the destination instance towards impacted entities are shut down
    And (14) the SMM gracefully stops the service interfaces of the destination instance towards impacted FEs
    And (14) the SMM waits until the service interfaces of the destination instance towards impacted FEs are shut down
    And (14) the SMM terminates the destination instance, which is shut down
    And (end) the SMM commits by releasing what protected the process, once the destination instance is gone
    And the process ends with the source version committed
    And the SMM leaves alone what never stopped of the source
    And nothing of the destination instance is left
    And these post-conditions hold
      | # | condition                                                                                   |
      | 1 | SMM, impacted FEs and impacted entities work normally                                       |
      | 2 | the source instance works normally, runs the source version, and the destination is gone |

    Examples:
      | entity | interface |
      | nfvo   | nslcm-v1  |
      | vnfm   | vnflcm-v1 |
      | vim    | vrm-v1    |

  @note:2 @interpretation:I-021 @interpretation:I-022
  Scenario Outline: At 10, the source cannot be stopped towards impacted entities
    Given a <entity> without internal support that runs its source version
    And these faults are armed
      | actor | fault | at |
      | target | refuse | POST /nfvmanocim/v2/mano_entity/mano_interfaces/entities-<interface>/change_state |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (1) the SMM makes sure of the resources for the way back
    And (2) the SMM learns how far the instances are, or knows it already
    And (7) the SMM transfers the operational state data to the source instance
    And (8) the SMM unlocks the application of the source instance, which has its state
    And (8) the SMM starts the service interfaces of the source instance towards impacted FEs, and it is authenticated to them
    And (9) the SMM starts the service interfaces of the source instance towards impacted entities, and it is authenticated to them
    And (10) the SMM gracefully stops the service interfaces of the destination instance towards impacted entities
    And (11) the SMM has the tester run all that applies to the source version on the source instance
    And (12) the tester looks at the source instance
    And (13) the tester finds the source instance in order in the source version, and frees its resources
    And (14) the SMM waits until the service interfaces of the destination instance towards impacted entities are shut down
    And (14) the SMM gracefully stops the service interfaces of the destination instance towards impacted FEs
    And (14) the SMM waits until the service interfaces of the destination instance towards impacted FEs are shut down
    And (14) the SMM terminates the destination instance, which is shut down
    And (end) the SMM commits by releasing what protected the process, once the destination instance is gone
    And the process ends with the source version committed
    And the SMM leaves alone what never stopped of the source
    And nothing of the destination instance is left
    And these post-conditions hold
      | # | condition                                                                                   |
      | 1 | SMM, impacted FEs and impacted entities work normally                                       |
      | 2 | the source instance works normally, runs the source version, and the destination is gone |

    Examples:
      | entity | interface |
      | nfvo   | nslcm-v1  |
      | vnfm   | vnflcm-v1 |
      | vim    | vrm-v1    |

  @note:2 @note:4 @interpretation:I-021 @interpretation:I-022
  Scenario Outline: At 13, the destination does not pass its tests
    Given a <entity> without internal support that runs its source version
    And these faults are armed
      | actor | fault | at |
      | tester | failed-test | test-run/suite-system |
    When the external manager has the SMM move the target to the destination version
    Then the tester finds the destination instance not in order in the destination version
    And (begin) the SMM decides to roll back
    And (1) the SMM makes sure of the resources for the way back
    And (2) the SMM learns how far the instances are, or knows it already
    And (7) the SMM transfers the operational state data to the source instance
    And (8) the SMM unlocks the application of the source instance, which has its state
    And (8) the SMM starts the service interfaces of the source instance towards impacted FEs, and it is authenticated to them
    And (9) the SMM starts the service interfaces of the source instance towards impacted entities, and it is authenticated to them
    And (10) the SMM gracefully stops the service interfaces of the destination instance towards impacted entities
    And (11) the SMM has the tester run all that applies to the source version on the source instance
    And (12) the tester looks at the source instance
    And (13) the tester finds the source instance in order in the source version, and frees its resources
    And (14) the SMM waits until the service interfaces of the destination instance towards impacted entities are shut down
    And (14) the SMM gracefully stops the service interfaces of the destination instance towards impacted FEs
    And (14) the SMM waits until the service interfaces of the destination instance towards impacted FEs are shut down
    And (14) the SMM terminates the destination instance, which is shut down
    And (end) the SMM commits by releasing what protected the process, once the destination instance is gone
    And the process ends with the source version committed
    And the SMM leaves alone what never stopped of the source
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

  @note:1 @interpretation:I-024
  Scenario Outline: At 14, the source cannot be terminated, and goes on
    Given a <entity> without internal support that runs its source version
    And these faults are armed
      | actor | fault | at |
      | target | refuse | POST /nfvmanoswm/v1/instance/terminate |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (1) the SMM makes sure of the resources for the way back
    And (2) the SMM learns how far the instances are, or knows it already
    And (7) the SMM transfers the operational state data to the source instance
    And (8) the SMM unlocks the application of the source instance, which has its state
    And (8) the SMM starts the service interfaces of the source instance towards impacted FEs, and it is authenticated to them
    And (9) the SMM starts the service interfaces of the source instance towards impacted entities, and it is authenticated to them
    And (10) the SMM gracefully stops the service interfaces of the destination instance towards impacted entities
    And (11) the SMM has the tester run all that applies to the source version on the source instance
    And (12) the tester looks at the source instance
    And (13) the tester finds the source instance in order in the source version, and frees its resources
    And (14) the SMM waits until the service interfaces of the destination instance towards impacted entities are shut down
    And (14) the SMM gracefully stops the service interfaces of the destination instance towards impacted FEs
    And (14) the SMM waits until the service interfaces of the destination instance towards impacted FEs are shut down
    And (14) the SMM terminates the destination instance, which is shut down
    And (end) the SMM commits by releasing what protected the process, once the destination instance is gone
    And the process ends with the source version committed
    And the SMM leaves alone what never stopped of the source
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

  @note:2 @interpretation:I-024
  Scenario Outline: Beyond 14, an administrator has the source come back
    Given a <entity> without internal support that runs its source version
    And the external manager keeps the commit to itself
    When the external manager has the SMM move the target to the destination version
    And the external manager asks the SMM for the rollback
    Then (begin) the SMM decides to roll back
    And (1) the SMM makes sure of the resources for the way back
    And (2) the SMM learns how far the instances are, or knows it already
    And (3) the SMM instantiates the source instance with the source version, naming the resources it may use
    And (3) the source instance is there, its application started and locked, and serves nobody
    And (4) the SMM has the tester verify the health of the source instance, naming the resources it may use
    And (5) the tester looks at the source instance
    And (6) the tester finds the source instance healthy in the source version, and frees its resources
    And (7) the SMM transfers the operational state data to the source instance
    And (8) the SMM unlocks the application of the source instance, which has its state
    And (8) the SMM starts the service interfaces of the source instance towards impacted FEs, and it is authenticated to them
    And (9) the SMM starts the service interfaces of the source instance towards impacted entities, and it is authenticated to them
    And (10) the SMM gracefully stops the service interfaces of the destination instance towards impacted entities
    And (11) the SMM has the tester run all that applies to the source version on the source instance
    And (12) the tester looks at the source instance
    And (13) the tester finds the source instance in order in the source version, and frees its resources
    And (14) the SMM waits until the service interfaces of the destination instance towards impacted entities are shut down
    And (14) the SMM gracefully stops the service interfaces of the destination instance towards impacted FEs
    And (14) the SMM waits until the service interfaces of the destination instance towards impacted FEs are shut down
    And (14) the SMM terminates the destination instance, which is shut down
    And (end) the SMM commits by releasing what protected the process, once the destination instance is gone
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

  @note:2 @interpretation:I-021 @interpretation:I-022
  Scenario Outline: The peers of an entity that comes back never lose it
    Given a <entity> without internal support that runs its source version
    And its peers keep using it
    And these faults are armed
      | actor  | fault       | at                     |
      | tester | failed-test | test-run/suite-performance |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And at every moment a started, unlocked service interface of either instance serves them
    And the process ends with the source version committed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |
