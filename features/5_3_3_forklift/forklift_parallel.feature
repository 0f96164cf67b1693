# Clause 5.3.3.8: an operation is triggered while another instance takes the place.
@clause:5.3.3 @clause:5.3.3.8 @table:5.3.3.8-1 @support:none
Feature: An LCM or VRM operation that arrives while another instance takes the place

  @note:4 @interpretation:I-010 @interpretation:I-011 @interpretation:I-026
  Scenario Outline: The operation that arrives in between is handled by <action>
    Given a <entity> without internal support that runs its source version
    And an operation of its consumer arrives at <point> of the <role>
    And the operator wants parallel operations handled by <policy>
    And its descriptor offers for parallel operations <capability>
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And (1) the SMM makes sure of the resources of its plan before anything is changed
    And (1) the SMM holds a restoration point of the target before anything is changed
    And (2) the SMM reads from the target's descriptor what it can do
    And (2) the SMM learns of the operation while one instance takes the other's place
    And (2) between the instances the operation is handled by <action>
    And (3) the SMM collects of the source what its other instance needs
    And (4) the SMM instantiates the destination instance with the destination version, naming the resources it may use
    And (4) the destination instance is there, its application started and locked, and serves nobody
    And (5) the SMM has the tester verify the health of the destination instance, naming the resources it may use
    And (6) the tester looks at the destination instance
    And (7) the tester finds the destination instance healthy in the destination version, and frees its resources
    And (8) the SMM transfers the operational state data to the destination instance
    And (9) the SMM unlocks the application of the destination instance, which has its state
    And (9) the SMM starts the service interfaces of the destination instance towards impacted FEs, and it is authenticated to them
    And (10) the SMM starts the service interfaces of the destination instance towards impacted entities, and it is authenticated to them
    And (11) the SMM gracefully stops the service interfaces of the source instance towards impacted entities
    And (12) the SMM has the tester run all that applies to the destination version on the destination instance
    And (13) the tester looks at the destination instance
    And (14) the tester finds the destination instance in order in the destination version, and frees its resources
    And (15) the SMM waits until the service interfaces of the source instance towards impacted entities are shut down
    And (15) the SMM gracefully stops the service interfaces of the source instance towards impacted FEs
    And (15) the SMM waits until the service interfaces of the source instance towards impacted FEs are shut down
    And (15) the SMM terminates the source instance, which is shut down
    And (16) the SMM commits by releasing what protected the process, once the source instance is gone
    And (end) the operation that arrived is brought to its end as <action> asks
    And the process ends with the destination version committed

    Examples: It reaches the source
      | entity | action | policy | capability | point | role |
      | nfvo | PARALLEL | PARALLEL, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | fe-instantiation/deploy | destination |
      | nfvo | DELAY | DELAY, PARALLEL | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | fe-instantiation/deploy | destination |
      | nfvo | NOTIFY_CONSUMER | NOTIFY_CONSUMER, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | fe-instantiation/deploy | destination |
      | nfvo | SUSPEND | SUSPEND, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | fe-instantiation/deploy | destination |
      | vnfm | PARALLEL | PARALLEL, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | fe-instantiation/deploy | destination |
      | vnfm | DELAY | DELAY, PARALLEL | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | fe-instantiation/deploy | destination |
      | vnfm | NOTIFY_CONSUMER | NOTIFY_CONSUMER, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | fe-instantiation/deploy | destination |
      | vnfm | SUSPEND | SUSPEND, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | fe-instantiation/deploy | destination |
      | vim | PARALLEL | PARALLEL, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | fe-instantiation/deploy | destination |
      | vim | DELAY | DELAY, PARALLEL | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | fe-instantiation/deploy | destination |
      | vim | NOTIFY_CONSUMER | NOTIFY_CONSUMER, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | fe-instantiation/deploy | destination |
      | vim | SUSPEND | SUSPEND, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | fe-instantiation/deploy | destination |

    Examples: It reaches the destination
      | entity | action | policy | capability | point | role |
      | nfvo | PARALLEL | PARALLEL, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | test-run/suite-system | tester |
      | nfvo | DELAY | DELAY, PARALLEL | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | test-run/suite-system | tester |
      | nfvo | NOTIFY_CONSUMER | NOTIFY_CONSUMER, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | test-run/suite-system | tester |
      | nfvo | SUSPEND | SUSPEND, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | test-run/suite-system | tester |
      | vnfm | PARALLEL | PARALLEL, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | test-run/suite-system | tester |
      | vnfm | DELAY | DELAY, PARALLEL | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | test-run/suite-system | tester |
      | vnfm | NOTIFY_CONSUMER | NOTIFY_CONSUMER, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | test-run/suite-system | tester |
      | vnfm | SUSPEND | SUSPEND, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | test-run/suite-system | tester |
      | vim | PARALLEL | PARALLEL, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | test-run/suite-system | tester |
      | vim | DELAY | DELAY, PARALLEL | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | test-run/suite-system | tester |
      | vim | NOTIFY_CONSUMER | NOTIFY_CONSUMER, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | test-run/suite-system | tester |
      | vim | SUSPEND | SUSPEND, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND | test-run/suite-system | tester |

    Examples: The descriptor leaves only another
      | entity | action | policy | capability | point | role |
      | nfvo | DELAY | NOTIFY_CONSUMER, DELAY | PARALLEL, DELAY, SUSPEND | fe-instantiation/deploy | destination |
      | vnfm | DELAY | NOTIFY_CONSUMER, DELAY | PARALLEL, DELAY, SUSPEND | fe-instantiation/deploy | destination |
      | vim | DELAY | NOTIFY_CONSUMER, DELAY | PARALLEL, DELAY, SUSPEND | fe-instantiation/deploy | destination |
