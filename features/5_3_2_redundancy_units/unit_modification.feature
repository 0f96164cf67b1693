# Clause 5.3.2.5: the SMM replaces the redundancy units of an entity one by one; rows 3 to 12 are judged for all of them.
@clause:5.3.2 @clause:5.3.2.5 @table:5.3.2.5-1 @support:redundancy-units
Feature: The redundancy units of an entity are replaced in a rolling manner

  @table:5.3.2.3-1 @table:5.3.2.4-1 @interpretation:I-001 @interpretation:I-080 @interpretation:I-082 @interpretation:I-083 @interpretation:I-085 @interpretation:I-087
  Scenario Outline: All units are replaced
    Given a <entity> of <units> redundancy units that runs its source version
    And these pre-conditions hold
      | # | condition                                                                                |
      | 1 | destination version and execution plan are at hand                                       |
      | 2 | the SMM has its execution plan, and the units of the target can be seen                  |
      | 3 | SMM, impacted FEs and impacted entities work normally, and so do all units of the target |
      | 4 | resources for the modification and its tests are free                                    |
      | 5 | test suites for both versions are at hand                                                |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And (1) the SMM makes sure of the resources of its plan before anything is changed
    And (1) the SMM holds a restoration point of the target before anything is changed
    And (1) the SMM starts special logs at the target before anything is changed
    And (2) the SMM learns which redundancy units the target has
    And (3) the SMM instantiates a destination unit for each that it replaces, locked and told which one that is
    And (4) the SMM has the tester verify the health of each new destination unit, naming the resources it may use
    And (5) the tester looks at each new destination unit
    And (6) the tester reports that each new destination unit is healthy, before it serves
    And (7) each new destination unit has the state of the unit that it replaces
    And (8) the SMM starts the service interfaces of each destination unit that takes over towards impacted FEs
    And (9) the SMM starts the service interfaces of each destination unit that takes over towards impacted entities
    And (10) the SMM gracefully stops each unit whose place a destination unit takes, once that one serves
    And (11) the SMM terminates each unit whose place a destination unit takes, once it knows that it is shut down
    And (12) the SMM replaces one unit at a time, until all units run the destination version
    And (13) the SMM has the tester run every suite that applies to the destination version, naming the resources it may use
    And (14) the tester runs every suite against the destination units and the system as a whole
    And (15) the tester reports success for the destination version and frees its resources
    And (end) the SMM releases what protected the process
    And the process ends with the destination version committed
    And these post-conditions hold
      | # | condition                                                             |
      | 1 | SMM, impacted FEs and impacted entities work normally                 |
      | 2 | all units of the target work normally and run the destination version |

    Examples:
      | entity | units |
      | nfvo   | 1     |
      | nfvo   | 2     |
      | nfvo   | 3     |
      | nfvo   | 5     |
      | vnfm   | 1     |
      | vnfm   | 2     |
      | vnfm   | 3     |
      | vnfm   | 5     |
      | vim    | 1     |
      | vim    | 2     |
      | vim    | 3     |
      | vim    | 5     |

  @interpretation:I-084
  Scenario Outline: The services of the target stay up while its units are replaced
    Given a <entity> of <units> redundancy units that runs its source version
    And its peers keep using it
    When the external manager has the SMM move the target to the destination version
    Then (12) the SMM replaces one unit at a time, until all units run the destination version
    And the target's services stay up the whole time
    And the target reports the destination version only once all its units run it

    Examples:
      | entity | units |
      | nfvo   | 1     |
      | nfvo   | 3     |
      | vnfm   | 1     |
      | vnfm   | 3     |
      | vim    | 1     |
      | vim    | 3     |

  Scenario Outline: An operation that a unit was working on is not lost with it
    Given a <entity> of <units> redundancy units that runs its source version
    And an operation of its consumer is ongoing
    When the external manager has the SMM move the target to the destination version
    Then (12) the SMM replaces one unit at a time, until all units run the destination version
    And the operation completes, once

    Examples:
      | entity | units |
      | nfvo   | 1     |
      | nfvo   | 3     |
      | vnfm   | 1     |
      | vnfm   | 3     |
      | vim    | 1     |
      | vim    | 3     |

  @note:1 @interpretation:I-002
  Scenario Outline: A restoration point of the entity exists already
    Given a <entity> of 2 redundancy units that runs its source version
    And a restoration point of it exists already
    When the external manager has the SMM move the target to the destination version
    Then (1) the SMM holds a restoration point of the target before anything is changed
    And the SMM makes no restoration point besides the existing one
    And the process ends with the destination version committed
    And the existing restoration point is still there

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |
