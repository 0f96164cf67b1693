# Clause 5.6.3: the software rollback of clause 5.3.3.6 for every placement of the CISM.
@clause:5.6.3 @table:5.3.3.6-1 @table:5.3.3.4-1 @support:none @interpretation:I-050
Feature: A software rollback to the source instance where there are containers

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
    And nothing of the destination instance is left
    And these post-conditions hold
      | # | condition                                                                                   |
      | 1 | SMM, impacted FEs and impacted entities work normally                                       |
      | 2 | the source instance works normally, runs the source version, and the destination is gone |

    @clause:5.6.3.2
    Examples:
      | entity        |
      | nfvo@embedded |
      | vnfm@embedded |
      | vim@embedded  |

    @clause:5.6.3.3
    Examples:
      | entity           |
      | nfvo@distributed |
      | vnfm@distributed |
      | vim@distributed  |

    @clause:5.6.3.4
    Examples:
      | entity          |
      | nfvo@standalone |
      | vnfm@standalone |
      | vim@standalone  |
      | cism            |

    @clause:5.6.3.5
    Examples:
      | entity     |
      | cism@alone |

    @clause:5.6.3.6
    Examples:
      | entity      |
      | nfvo@shared |
      | vnfm@shared |
      | vim@shared  |

    @interpretation:I-055
    Examples:
      | entity |
      | wim    |

  @note:2 @note:4 @interpretation:I-021 @interpretation:I-022 @clause:5.6.3.6 @interpretation:I-053 @interpretation:I-058
  Scenario Outline: At 13, the destination does not pass its tests in a VNF that embeds a CISM
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
    And (14) the VNFM terminates the VNF of the destination instance
    And (end) the SMM commits by releasing what protected the process, once the destination instance is gone
    And the process ends with the source version committed
    And nothing of the destination instance is left
    And these post-conditions hold
      | # | condition                                                                                   |
      | 1 | SMM, impacted FEs and impacted entities work normally                                       |
      | 2 | the source instance works normally, runs the source version, and the destination is gone |

    Examples:
      | entity   |
      | vnf-cism |
