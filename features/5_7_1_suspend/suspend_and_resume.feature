# Clause 5.7.1.5: the status is asked for, the work is suspended where that is safe, and goes on later.
@clause:5.7.1 @clause:5.7.1.5 @table:5.7.1.5-1 @support:internal-seamless
Feature: A modification under way is asked for its status, suspended and resumed

  @table:5.7.1.3-1 @table:5.7.1.4-1 @interpretation:I-030 @interpretation:I-031
  Scenario Outline: The conditions change while the target is at <step>
    Given a seamless <entity> that runs its source version
    And its peers keep using it
    And the external manager wants the process suspended while the target is at <step>
    And these pre-conditions hold
      | # | condition                                                |
      | 1 | the destination version is at hand                       |
      | 2 | the SMM works normally and has an execution plan         |
      | 3 | target, impacted FEs and impacted entities work normally |
      | 4 | resources for the modification and its tests are free    |
      | 5 | test suites for both versions are at hand                |
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then (begin) the SMM launches the software modification process
    And (1) the SMM makes sure of the resources of its plan before anything is changed
    And (1) the SMM holds a restoration point of the target before anything is changed
    And (1) the SMM starts special logs at the target before anything is changed
    And (2) the SMM asks the target for the destination version, naming the resources it may use
    And (3) the target begins to move to the destination version by itself
    And (4) the SMM learns from the target how far it is
    And (5) the target reports how far it is, and what it says is plausible
    And (6) the SMM asks the target to suspend its work
    And (7) the target goes on until it can safely be suspended
    And (8) the target reports to the SMM that its work is suspended
    And nothing goes on before the external manager says how
    And (9) the SMM has the target go on with its work
    And (10) the target moves to the destination version by itself
    And (10) the target's services stay up the whole time
    And (10) the target releases what it took for the destination version before it reports
    And (11) the target reports to the SMM that it completed the move to the destination version
    And (12) the SMM has the tester run every suite that applies to the destination version, naming the resources it may use
    And (13) the tester runs the suites it was asked for against the target and its peers
    And (14) the tester reports success for the destination version and frees its resources
    And (end) the SMM commits the move to the destination version at the target
    And (end) the SMM releases what protected the process
    And the process ends with the destination version committed
    And these post-conditions hold
      | # | condition                                                  |
      | 1 | SMM, impacted FEs and impacted entities work normally      |
      | 2 | the target works normally and runs the destination version |

    Examples:
      | entity | step    |
      | nfvo   | prepare |
      | nfvo   | deploy  |
      | vnfm   | prepare |
      | vnfm   | deploy  |
      | vim    | prepare |
      | vim    | deploy  |

  # behind the switch only the clearing away is left, which cannot be suspended
  @interpretation:I-032
  Scenario Outline: A step that cannot be suspended completes first
    Given a seamless <entity> that runs its source version
    And the external manager wants the process suspended while the target is at switch
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then (2) the SMM asks the target for the destination version, naming the resources it may use
    And (4) the SMM learns from the target how far it is
    And (5) the target reports how far it is, and what it says is plausible
    And (6) the SMM asks the target to suspend its work
    And (10) the target moves to the destination version by itself
    And (11) the target reports to the SMM that it completed the move to the destination version
    And the process is suspended once the target is through
    And nothing goes on before the external manager says how
    And (12) the SMM has the tester run every suite that applies to the destination version, naming the resources it may use
    And (14) the tester reports success for the destination version and frees its resources
    And (end) the SMM commits the move to the destination version at the target
    And the process ends with the destination version committed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:5 @interpretation:I-032
  Scenario Outline: A target that cannot be suspended still reports how far it is
    Given a seamless <entity> that runs its source version
    And its descriptor says that it cannot be suspended
    And the external manager wants the process suspended while the target is at deploy
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then (2) the SMM asks the target for the destination version, naming the resources it may use
    And (5) the target reports how far it is, and what it says is plausible
    And the target reports to the SMM at the steps of its descriptor
    And (6) the SMM asks the target to suspend its work
    And (11) the target reports to the SMM that it completed the move to the destination version
    And the process is suspended once the target is through
    And nothing goes on before the external manager says how
    And (14) the tester reports success for the destination version and frees its resources
    And (end) the SMM commits the move to the destination version at the target

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:5
  Scenario Outline: Without being asked the target reports at its steps
    Given a seamless <entity> that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then (3) the target begins to move to the destination version by itself
    And (4) the SMM learns from the target how far it is
    And (5) the target reports how far it is, and what it says is plausible
    And the target reports to the SMM at the steps of its descriptor
    And (11) the target reports to the SMM that it completed the move to the destination version

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:4 @interpretation:I-033
  Scenario Outline: The work is not to be completed after its suspension
    Given a seamless <entity> that runs its source version
    And the external manager wants the process suspended while the target is at deploy
    When the external manager has the SMM move the target to the destination version
    And the external manager asks the SMM for the rollback
    Then (2) the SMM asks the target for the destination version, naming the resources it may use
    And (6) the SMM asks the target to suspend its work
    And (7) the target goes on until it can safely be suspended
    And (8) the target reports to the SMM that its work is suspended
    And nothing goes on before the external manager says how
    And the SMM has the target undo what it did
    And the target undoes what it did, and releases what it took
    And the target reports to the SMM that its work is undone
    And (12) the SMM has the tester run every suite that applies to the source version, naming the resources it may use
    And (13) the tester runs the suites it was asked for against the target and its peers
    And (14) the tester reports success for the source version and frees its resources
    And (end) the SMM commits at the target that its work is undone
    And (end) the SMM releases what protected the process
    And the process ends with the source version committed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:1 @interpretation:I-002
  Scenario Outline: An existing restoration point outlives the suspension
    Given a seamless <entity> that runs its source version
    And a restoration point of it exists already
    And the external manager wants the process suspended while the target is at deploy
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then (1) the SMM holds a restoration point of the target before anything is changed
    And (8) the target reports to the SMM that its work is suspended
    And (9) the SMM has the target go on with its work
    And (end) the SMM commits the move to the destination version at the target
    And the SMM makes no restoration point besides the existing one
    And the existing restoration point is still there

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:2 @interpretation:I-013
  Scenario Outline: The target rolls back by itself after it was resumed, and is asked again
    Given a seamless <entity> that runs its source version
    And the external manager wants the process suspended while the target is at deploy
    And these faults are armed
      | actor  | fault             | at                           | retry    |
      | target | internal-rollback | software-modification/switch | possible |
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then (6) the SMM asks the target to suspend its work
    And (8) the target reports to the SMM that its work is suspended
    And (9) the SMM has the target go on with its work
    And the target reports that it rolled back by itself, and that a retry is possible
    And (2) the SMM asks the target for the destination version, naming the resources it may use
    And (11) the target reports to the SMM that it completed the move to the destination version
    And (end) the SMM commits the move to the destination version at the target
    And the process ends with the destination version committed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:3 @clause:5.2.2.6
  Scenario Outline: Tests that fail after a suspension lead to the software rollback
    Given a seamless <entity> that runs its source version
    And the external manager wants the process suspended while the target is at deploy
    And these faults are armed
      | actor  | fault       | at                    |
      | tester | failed-test | test-run/suite-system |
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then (8) the target reports to the SMM that its work is suspended
    And (9) the SMM has the target go on with its work
    And (11) the target reports to the SMM that it completed the move to the destination version
    And the tester reports that the destination version did not pass
    And the SMM decides to roll back
    And the SMM asks the target for the source version, naming the resources it may use
    And the target reports to the SMM that it completed the move to the source version
    And (12) the SMM has the tester run every suite that applies to the source version, naming the resources it may use
    And (14) the tester reports success for the source version and frees its resources
    And (end) the SMM commits the move to the source version at the target
    And the process ends with the source version committed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:3 @interpretation:I-007
  Scenario Outline: A target that crashes when it is to go on calls for a person
    Given a seamless <entity> that runs its source version
    And the external manager wants the process suspended while the target is at deploy
    And these faults are armed
      | actor  | fault | at                                                         |
      | target | crash | POST /nfvmanoswm/v1/software_modification_op_occs/*/resume |
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then (8) the target reports to the SMM that its work is suspended
    And the target fails without an answer
    And the SMM asked the target no more than 1 times to modify its software
    And the SMM keeps what a fallback needs
    And the process ends with a call for a person

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |
