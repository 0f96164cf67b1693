# Clause 5.6.3: the flow of clause 5.3.3.5 is the template for every placement of the CISM.
@clause:5.6.3 @table:5.3.3.5-1 @support:none @interpretation:I-050 @interpretation:I-051
Feature: Another instance takes the place of an entity where there are containers

  @table:5.3.3.3-1 @table:5.3.3.4-1 @interpretation:I-001 @interpretation:I-021 @interpretation:I-022
  Scenario Outline: Another instance takes the place
    Given a <entity> without internal support that runs its source version
    And these pre-conditions hold
      | # | condition                                                                              |
      | 1 | the destination version is at hand, and an empty host for its instance                 |
      | 2 | the SMM works normally and has an execution plan for an entity without support of its own |
      | 3 | SMM, target, impacted FEs and impacted entities work normally                          |
      | 4 | resources for the modification and its tests are free                                  |
      | 5 | test suites for both versions are at hand                                              |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And (1) the SMM makes sure of the resources of its plan before anything is changed
    And (1) the SMM holds a restoration point of the target before anything is changed
    And (1) the SMM starts special logs at the target before anything is changed
    And (2) the SMM collects of the source what its other instance needs
    And (3) the SMM instantiates the destination instance with the destination version, naming the resources it may use
    And (3) the destination instance is there, its application started and locked, and serves nobody
    And (4) the SMM has the tester verify the health of the destination instance, naming the resources it may use
    And (5) the tester looks at the destination instance
    And (6) the tester finds the destination instance healthy in the destination version, and frees its resources
    And (7) the SMM transfers the operational state data to the destination instance
    And (8) the SMM unlocks the application of the destination instance, which has its state
    And (8) the SMM starts the service interfaces of the destination instance towards impacted FEs, and it is authenticated to them
    And (9) the SMM starts the service interfaces of the destination instance towards impacted entities, and it is authenticated to them
    And (10) the SMM gracefully stops the service interfaces of the source instance towards impacted entities
    And (11) the SMM has the tester run all that applies to the destination version on the destination instance
    And (12) the tester looks at the destination instance
    And (13) the tester finds the destination instance in order in the destination version, and frees its resources
    And (14) the SMM waits until the service interfaces of the source instance towards impacted entities are shut down
    And (14) the SMM gracefully stops the service interfaces of the source instance towards impacted FEs
    And (14) the SMM waits until the service interfaces of the source instance towards impacted FEs are shut down
    And (14) the SMM terminates the source instance, which is shut down
    And (end) the SMM commits by releasing what protected the process, once the source instance is gone
    And the process ends with the destination version committed
    And nothing of the source instance is left
    And these post-conditions hold
      | # | condition                                                                                       |
      | 1 | SMM, impacted FEs and impacted entities work normally                                           |
      | 2 | the destination instance works normally, runs the destination version, and the source is gone |

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

  @table:5.3.3.3-1 @table:5.3.3.4-1 @interpretation:I-001 @interpretation:I-021 @interpretation:I-022 @clause:5.6.3.6 @interpretation:I-053 @interpretation:I-058
  Scenario Outline: Another instance takes the place of a VNF that embeds a CISM
    Given a <entity> without internal support that runs its source version
    And these pre-conditions hold
      | # | condition                                                                              |
      | 1 | the destination version is at hand, and an empty host for its instance                 |
      | 2 | the SMM works normally and has an execution plan for an entity without support of its own |
      | 3 | SMM, target, impacted FEs and impacted entities work normally                          |
      | 4 | resources for the modification and its tests are free                                  |
      | 5 | test suites for both versions are at hand                                              |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And (1) the SMM makes sure of the resources of its plan before anything is changed
    And (1) the SMM holds a restoration point of the target before anything is changed
    And (1) the SMM starts special logs at the target before anything is changed
    And (2) the SMM collects of the source what its other instance needs
    And (3) the SMM instantiates the destination instance with the destination version, naming the resources it may use
    And (3) the VNFM instantiates the VNF of the destination instance
    And (3) the destination instance is there, its application started and locked, and serves nobody
    And (4) the SMM has the tester verify the health of the destination instance, naming the resources it may use
    And (5) the tester looks at the destination instance
    And (6) the tester finds the destination instance healthy in the destination version, and frees its resources
    And (7) the SMM transfers the operational state data to the destination instance
    And (8) the SMM unlocks the application of the destination instance, which has its state
    And (8) the SMM starts the service interfaces of the destination instance towards impacted FEs, and it is authenticated to them
    And (9) the SMM starts the service interfaces of the destination instance towards impacted entities, and it is authenticated to them
    And (10) the SMM gracefully stops the service interfaces of the source instance towards impacted entities
    And (11) the SMM has the tester run all that applies to the destination version on the destination instance
    And (12) the tester looks at the destination instance
    And (13) the tester finds the destination instance in order in the destination version, and frees its resources
    And (14) the SMM waits until the service interfaces of the source instance towards impacted entities are shut down
    And (14) the SMM gracefully stops the service interfaces of the source instance towards impacted FEs
    And (14) the SMM waits until the service interfaces of the source instance towards impacted FEs are shut down
    And (14) the SMM terminates the source instance, which is shut down
    And (14) the VNFM terminates the VNF of the source instance
    And (end) the SMM commits by releasing what protected the process, once the source instance is gone
    And the process ends with the destination version committed
    And nothing of the source instance is left
    And these post-conditions hold
      | # | condition                                                                                       |
      | 1 | SMM, impacted FEs and impacted entities work normally                                           |
      | 2 | the destination instance works normally, runs the destination version, and the source is gone |

    Examples:
      | entity   |
      | vnf-cism |
