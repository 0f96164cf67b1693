# Clause 5.4.2: two entities whose interface with each other changes in an incompatible way are modified together.
@clause:5.4.2 @support:none
Feature: Two entities that do not understand each other across versions are modified together

  @clause:5.4.2.5 @table:5.4.2.5-1 @table:5.4.2.3-1 @table:5.4.2.4-1 @interpretation:I-100 @interpretation:I-101 @interpretation:I-120
  Scenario Outline: Both destinations take the places of both sources
    Given a <entity> and a <second> whose interface with each other is not compatible between versions
    And these pre-conditions hold
      | # | condition |
      | 1 | both destination versions are at hand, and neither understands the source version of the other |
      | 2 | for each of the two, the SMM works normally and has an execution plan for an entity without support of its own |
      | 3 | for each of the two, SMM, target, impacted FEs and impacted entities work normally |
      | 3 | the two are able to communicate with each other |
      | 4 | for each of the two, resources for the modification and its tests are free |
      | 5 | for each of the two, test suites for both versions are at hand |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And (1) for each of the two, the SMM makes sure of the resources of its plan before anything is changed
    And (1) for each of the two, the SMM holds a restoration point of the target before anything is changed
    And (1) for each of the two, the SMM starts special logs at the target before anything is changed
    And (2) for each of the two, the SMM collects of the source what its other instance needs
    And (3) for each of the two, the SMM instantiates the destination instance with the destination version, naming the resources it may use
    And (3) for each of the two, the destination instance is there, its application started and locked, and serves nobody
    And (4) for each of the two, the SMM has the tester verify the health of the destination instance, naming the resources it may use
    And (5) for each of the two, the tester looks at the destination instance
    And (6) for each of the two, the tester finds the destination instance healthy in the destination version, and frees its resources
    And (7) for each of the two, the SMM transfers the operational state data to the destination instance
    And (8) for each of the two, the SMM unlocks the application of the destination instance, which has its state
    And (8) the SMM starts the service interface between the two destination instances, and each is authenticated to the other
    And (9) for each of the two, the SMM starts the service interfaces of the destination instance towards impacted FEs, and it is authenticated to them
    And (10) for each of the two, the SMM starts the service interfaces of the destination instance towards impacted entities, and it is authenticated to them
    And (11) for each of the two, the SMM gracefully stops the service interfaces of the source instance towards impacted entities
    And (12) for each of the two, the SMM has the tester run all that applies to the destination version on the destination instance
    And (13) for each of the two, the tester looks at the destination instance
    And (14) for each of the two, the tester finds the destination instance in order in the destination version, and frees its resources
    And (15) for each of the two, the SMM waits until the service interfaces of the source instance towards impacted entities are shut down
    And (15) for each of the two, the SMM gracefully stops the service interfaces of the source instance towards impacted FEs
    And (15) for each of the two, the SMM waits until the service interfaces of the source instance towards impacted FEs are shut down
    And (15) for each of the two, the SMM terminates the source instance, which is shut down
    And neither source instance is terminated before the tester found both others in order
    And (end) for each of the two, the SMM commits by releasing what protected the process, once the source instance is gone
    And the process ends with the destination version committed
    And for each of the two, nothing of the source instance is left
    And the two end together, both in the destination version
    And at no moment a source of one entity talks to a destination of the other
    And these post-conditions hold
      | # | condition |
      | 1 | for each of the two, SMM, impacted FEs and impacted entities work normally |
      | 2 | for each of the two, the destination instance works normally, runs the destination version, and the source is gone |
      | 2 | both destination instances are able to communicate with each other, and both sources are gone |

    Examples:
      | entity | second |
      | nfvo   | vim    |
      | vnfm   | nfvo   |
      | vim    | vnfm   |

  @clause:5.4.2.5 @table:5.4.2.5-1 @interpretation:I-101
  Scenario Outline: Nobody loses either of the two meanwhile
    Given a <entity> and a <second> whose interface with each other is not compatible between versions
    And its peers keep using it
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And for each of the two, at every moment a started, unlocked service interface of either instance serves them
    And at no moment a source of one entity talks to a destination of the other
    And the process ends with the destination version committed

    Examples:
      | entity | second |
      | nfvo   | vim    |
      | vnfm   | nfvo   |
      | vim    | vnfm   |

  @clause:5.4.2.5 @table:5.4.2.5-1 @note:1
  Scenario Outline: An existing restoration point of the first of the two is used
    Given a <entity> and a <second> whose interface with each other is not compatible between versions
    And a restoration point of it exists already
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And (1) the SMM makes no restoration point besides the existing one
    And the process ends with the destination version committed
    And the existing restoration point is still there

    Examples:
      | entity | second |
      | nfvo   | vim    |
      | vnfm   | nfvo   |
      | vim    | vnfm   |

  @clause:5.4.2.5 @table:5.4.2.5-1 @note:3
  Scenario Outline: What was committed for both is not rolled back
    Given a <entity> and a <second> whose interface with each other is not compatible between versions
    And the external manager keeps the commit to itself
    When the external manager has the SMM move the target to the destination version
    And the external manager asks the SMM for the commit
    And the external manager asks the SMM for the rollback
    Then (begin) the SMM launches the software modification process
    And (end) for each of the two, the SMM commits by releasing what protected the process, once the source instance is gone
    And the SMM refuses to roll back what is committed
    And the two end together, both in the destination version
    And the process ends with the destination version committed

    Examples:
      | entity | second |
      | nfvo   | vim    |
      | vnfm   | nfvo   |
      | vim    | vnfm   |

  @clause:5.4.2.5 @table:5.4.2.5-1 @clause:5.8 @note:2
  Scenario Outline: The second destination fails in a way that may pass
    Given a <entity> and a <second> whose interface with each other is not compatible between versions
    And these faults are armed
      | actor         | fault             | at                      | retry    |
      | destination 2 | internal-rollback | fe-instantiation/deploy | possible |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And the two end together, both in the destination version
    And at no moment a source of one entity talks to a destination of the other
    And the process ends with the destination version committed

    Examples:
      | entity | second |
      | nfvo   | vim    |
      | vnfm   | nfvo   |
      | vim    | vnfm   |

  @clause:5.4.2.2 @table:5.4.2.2-1
  Scenario Outline: The roles of two entities that are modified together
    Given a <entity> and a <second> whose interface with each other is not compatible between versions
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                   | played by |
      | 1 | Software Modification Manager (SMM)    | smm |
      | 2 | Source NFV-MANO functional entity      | <entity>, <second> |
      | 3 | Destination NFV-MANO functional entity | <entity>-b, <second>-b |
      | 4 | Impacted NFV-MANO functional entity    | <impacted FEs> |
      | 5 | Impacted entity                        | <impacted entities> |
      | 6 | Tester                                 | tester |

    Examples:
      | entity | second | impacted FEs | impacted entities |
      | nfvo   | vim    | nfvo-2, vnfm | oss, nfvi         |
      | vnfm   | nfvo   | vim, nfvo-2  | vnf, em, oss      |
      | vim    | vnfm   | nfvo         | nfvi, vnf, em     |
