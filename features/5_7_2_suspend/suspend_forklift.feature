# Clause 5.7.2.5: the SMM itself knows how far it is, and has suspended whoever is at work for it.
@clause:5.7.2 @clause:5.7.2.5 @table:5.7.2.5-1 @support:none
Feature: A process without internal support is asked for its status, suspended and resumed

  @table:5.7.2.3-1 @table:5.7.2.4-1 @interpretation:I-110 @interpretation:I-111 @interpretation:I-112
  Scenario Outline: The conditions change while the destination is tested
    Given a <entity> without internal support that runs its source version
    And the tester has two suites for the health of what does not serve yet
    And the external manager wants the process suspended while the tester is at suite-health
    And the external manager keeps the commit to itself
    And these pre-conditions hold
      | # | condition                                                                              |
      | 1 | the destination version is at hand, and an empty host for its instance                 |
      | 2 | the SMM works normally and has an execution plan for an entity without support of its own |
      | 3 | SMM, target, impacted FEs and impacted entities work normally                          |
      | 4 | resources for the modification and its tests are free                                  |
      | 5 | test suites for both versions are at hand                                              |
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    And the external manager asks the SMM for the commit
    Then (begin) the SMM launches the software modification process
    And (1) the SMM launches the software modification process
    And (2) the SMM makes sure of the resources of its plan before anything is changed
    And (2) the SMM holds a restoration point of the target before anything is changed
    And (2) the SMM starts special logs at the target before anything is changed
    And (3) the SMM collects of the source what its other instance needs
    And (4) the SMM instantiates the destination instance with the destination version, naming the resources it may use
    And (4) the destination instance is there, its application started and locked, and serves nobody
    And (5) the SMM has the tester verify the health of the destination instance, naming the resources it may use
    And (6) the tester looks at the destination instance
    And (7) the SMM is asked how far the process is, and learns it from the tester
    And (8) the SMM reports that the destination instance is being tested, and how far that is
    And (9) the SMM takes the external manager's wish to suspend the process
    And (10) the SMM has the tester suspend its tests
    And (11) the tester suspends its tests, and reports that they are incomplete
    And (12) the SMM reports that the process is suspended at testing the destination instance
    And nothing goes on before the external manager says how
    And (13) the SMM takes the external manager's wish to resume the process
    And (13) the SMM looks at the destination instance before it goes on
    And (14) the SMM has the tester go on with its tests, naming the resources it may use
    And (15) the tester runs what was left of its tests on the destination instance
    And (16) the tester finds the destination instance healthy in the destination version, and frees its resources
    And (17) the SMM transfers the operational state data to the destination instance
    And (18) the SMM unlocks the application of the destination instance, which has its state
    And (18) the SMM starts the service interfaces of the destination instance towards impacted FEs, and it is authenticated to them
    And (19) the SMM starts the service interfaces of the destination instance towards impacted entities, and it is authenticated to them
    And (20) the SMM gracefully stops the service interfaces of the source instance towards impacted entities
    And (21) the SMM has the tester run all that applies to the destination version on the destination instance
    And (22) the tester looks at the destination instance
    And (23) the tester finds the destination instance in order in the destination version, and frees its resources
    And (24) the SMM waits until the service interfaces of the source instance towards impacted entities are shut down
    And (24) the SMM gracefully stops the service interfaces of the source instance towards impacted FEs
    And (24) the SMM waits until the service interfaces of the source instance towards impacted FEs are shut down
    And (24) the SMM terminates the source instance, which is shut down
    And (25) the SMM reports that everything but the commit is done
    And (end) the SMM waits for the external manager before it commits
    And (end) the SMM commits by releasing what protected the process, once the source instance is gone
    And the process ends with the destination version committed
    And nothing of the source instance is left
    And these post-conditions hold
      | # | condition                                                                                       |
      | 1 | SMM, impacted FEs and impacted entities work normally                                           |
      | 2 | the destination instance works normally, runs the destination version, and the source is gone |

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  # one suite alone, which has nothing behind it: it completes first
  @interpretation:I-113
  Scenario Outline: Tests that have nothing left complete first, and the process is suspended before the transfer
    Given a <entity> without internal support that runs its source version
    And the external manager wants the process suspended while the tester is at suite-health
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then (5) the SMM has the tester verify the health of the destination instance, naming the resources it may use
    And (6) the tester looks at the destination instance
    And (7) the SMM is asked how far the process is, and learns it from the tester
    And (8) the SMM reports that the destination instance is being tested, and how far that is
    And (9) the SMM takes the external manager's wish to suspend the process
    And (10) the SMM has the tester suspend its tests
    And (16) the tester finds the destination instance healthy in the destination version, and frees its resources
    And the process is suspended between two steps
    And nothing goes on before the external manager says how
    And (17) the SMM transfers the operational state data to the destination instance
    And the process ends with the destination version committed
    And nothing of the source instance is left

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:1
  Scenario Outline: An existing restoration point outlives the suspension
    Given a <entity> without internal support that runs its source version
    And the tester has two suites for the health of what does not serve yet
    And the external manager wants the process suspended while the tester is at suite-health
    And a restoration point of it exists already
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then (begin) the SMM launches the software modification process
    And (11) the tester suspends its tests, and reports that they are incomplete
    And (14) the SMM has the tester go on with its tests, naming the resources it may use
    And (16) the tester finds the destination instance healthy in the destination version, and frees its resources
    And the SMM makes no restoration point besides the existing one
    And the process ends with the destination version committed
    And the existing restoration point is still there

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:3
  Scenario Outline: What is committed after a suspension is not rolled back
    Given a <entity> without internal support that runs its source version
    And the tester has two suites for the health of what does not serve yet
    And the external manager wants the process suspended while the tester is at suite-health
    And the external manager keeps the commit to itself
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    And the external manager asks the SMM for the commit
    And the external manager asks the SMM for the rollback
    Then (begin) the SMM launches the software modification process
    And (11) the tester suspends its tests, and reports that they are incomplete
    And (14) the SMM has the tester go on with its tests, naming the resources it may use
    And (25) the SMM reports that everything but the commit is done
    And (end) the SMM commits by releasing what protected the process, once the source instance is gone
    And the SMM refuses to roll back what is committed
    And the process ends with the destination version committed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @interpretation:I-114
  Scenario Outline: The process stands between two steps, at <point> of the <role>, and goes on
    Given a <entity> without internal support that runs its source version
    And its peers keep using it
    And the external manager wants the process suspended while the <role> is at <point>
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then (begin) the SMM launches the software modification process
    And the process is suspended between two steps
    And nothing goes on before the external manager says how
    And (13) the SMM takes the external manager's wish to resume the process
    And (24) the SMM terminates the source instance, which is shut down
    And at every moment a started, unlocked service interface of either instance serves them
    And the process ends with the destination version committed
    And nothing of the source instance is left

    Examples:
      | entity | role        | point                   |
      | nfvo   | destination | fe-instantiation/deploy |
      | nfvo   | destination | state-change/unlock     |
      | nfvo   | target      | state-change/drain      |
      | vnfm   | destination | fe-instantiation/deploy |
      | vnfm   | destination | state-change/unlock     |
      | vnfm   | target      | state-change/drain      |
      | vim    | destination | fe-instantiation/deploy |
      | vim    | destination | state-change/unlock     |
      | vim    | target      | state-change/drain      |

  @interpretation:I-112
  Scenario Outline: The second tests are suspended
    Given a <entity> without internal support that runs its source version
    And the external manager wants the process suspended while the tester is at suite-performance
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then (16) the tester finds the destination instance healthy in the destination version, and frees its resources
    And (21) the SMM has the tester run all that applies to the destination version on the destination instance
    And (7) the SMM is asked how far the process is, and learns it from the tester
    And (8) the SMM reports that the destination instance is being tested, and how far that is
    And (9) the SMM takes the external manager's wish to suspend the process
    And (10) the SMM has the tester suspend its tests
    And (11) the tester suspends its tests, and reports that they are incomplete
    And (12) the SMM reports that the process is suspended at testing the destination instance
    And nothing goes on before the external manager says how
    And (13) the SMM takes the external manager's wish to resume the process
    And (13) the SMM looks at the destination instance before it goes on
    And (14) the SMM has the tester go on with its tests, naming the resources it may use
    And (15) the tester runs what was left of its tests on the destination instance
    And (23) the tester finds the destination instance in order in the destination version, and frees its resources
    And (24) the SMM terminates the source instance, which is shut down
    And the process ends with the destination version committed
    And nothing of the source instance is left

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |
