# Clauses 5.6.2.3 and 5.6.3.3, second case: the two functions of a CISM, in VNFM and VIM, are not independent of each other.
@clause:5.6.3 @clause:5.6.3.3 @clause:5.6.2.3 @clause:5.4.2 @support:none @interpretation:I-124
Feature: The two parts of a distributed CISM are modified together

  @table:5.4.2.5-1 @table:5.4.2.3-1 @table:5.4.2.4-1 @interpretation:I-100 @interpretation:I-101 @interpretation:I-120
  Scenario Outline: Both parts of the CISM move to the destination version
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
      | entity           | second           |
      | vnfm@distributed | vim@distributed  |
      | vim@distributed  | vnfm@distributed |

  @table:5.4.2.6-1 @table:5.4.2.4-1 @interpretation:I-100
  Scenario Outline: One part does not pass its tests, and both go back
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
      | entity           | second           |
      | vnfm@distributed | vim@distributed  |
      | vim@distributed  | vnfm@distributed |

  @table:5.4.2.5-1 @interpretation:I-101
  Scenario Outline: Nobody loses MCIOs or their resources meanwhile
    Given a <entity> and a <second> whose interface with each other is not compatible between versions
    And its peers keep using it
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And for each of the two, at every moment a started, unlocked service interface of either instance serves them
    And at no moment a source of one entity talks to a destination of the other
    And the process ends with the destination version committed

    Examples:
      | entity           | second           |
      | vnfm@distributed | vim@distributed  |
      | vim@distributed  | vnfm@distributed |

  @table:5.4.2.2-1
  Scenario Outline: The roles where two parts of a CISM are modified together
    Given a <entity> and a <second> whose interface with each other is not compatible between versions
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                                     | played by            |
      | 1 | Software Modification Manager (SMM)                      | smm                  |
      | 2 | Source NFV-MANO functional entity                        | <sources>            |
      | 2 | Functions of the CISM among the source functional entities | <sources>          |
      | 3 | Destination NFV-MANO functional entity                   | <destinations>       |
      | 4 | Impacted NFV-MANO functional entity                      | nfvo                 |
      | 5 | Impacted entity                                          | <impacted entities>  |
      | 6 | Tester                                                   | tester               |

    Examples:
      | entity           | second           | sources   | destinations  | impacted entities       |
      | vnfm@distributed | vim@distributed  | vnfm, vim | vnfm-b, vim-b | vnf, em, mcio, nfvi, cis |
      | vim@distributed  | vnfm@distributed | vim, vnfm | vim-b, vnfm-b | nfvi, cis, vnf, em, mcio |
