# Clause 5.7.1.6: the target meets an issue outside of it, suspends its work, and leaves it to the SMM.
@clause:5.7.1 @clause:5.7.1.6 @table:5.7.1.6-1 @support:internal-seamless
Feature: A target suspends its work by itself, and asks for assistance

  @table:5.7.1.3-1 @table:5.7.1.4-1 @note:5 @interpretation:I-034
  Scenario Outline: The issue at <step> is not solved, and the work is undone
    Given a seamless <entity> that runs its source version
    And its peers keep using it
    And these faults are armed
      | actor  | fault          | at                           |
      | target | external-issue | software-modification/<step> |
    And these pre-conditions hold
      | # | condition                                                |
      | 1 | the destination version is at hand                       |
      | 2 | the SMM works normally and has an execution plan         |
      | 3 | target, impacted FEs and impacted entities work normally |
      | 4 | resources for the modification and its tests are free    |
      | 5 | test suites for both versions are at hand                |
    When the external manager has the SMM move the target to the destination version
    And the external manager asks the SMM for the rollback
    Then (begin) the SMM launches the software modification process
    And (1) the SMM makes sure of the resources of its plan before anything is changed
    And (1) the SMM holds a restoration point of the target before anything is changed
    And (1) the SMM starts special logs at the target before anything is changed
    And (2) the SMM asks the target for the destination version, naming the resources it may use
    And (3) the target begins to move to the destination version by itself
    And (4) the target suspends its work by itself, and asks the SMM for assistance
    And (5) the SMM does what it can to assist
    And nothing goes on before the external manager says how
    And (6) the SMM has the target undo what it did
    And (7) the target undoes what it did, and releases what it took
    And (8) the target reports to the SMM that its work is undone
    And (9) the SMM has the tester run every suite that applies to the source version, naming the resources it may use
    And (10) the tester runs the suites it was asked for against the target and its peers
    And (11) the tester reports success for the source version and frees its resources
    And (end) the SMM commits at the target that its work is undone
    And (end) the SMM releases what protected the process
    And the process ends with the source version committed
    And these post-conditions hold
      | # | condition                                              |
      | 1 | SMM, impacted FEs and impacted entities work normally  |
      | 2 | the target works normally and runs the source version  |

    Examples:
      | entity | step   |
      | nfvo   | deploy |
      | nfvo   | switch |
      | vnfm   | deploy |
      | vnfm   | switch |
      | vim    | deploy |
      | vim    | switch |

  @note:5 @interpretation:I-034
  Scenario Outline: The issue is solved by others, and the work goes on
    Given a seamless <entity> that runs its source version
    And these faults are armed
      | actor  | fault          | at                           |
      | target | external-issue | software-modification/switch |
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then (4) the target suspends its work by itself, and asks the SMM for assistance
    And (5) the SMM does what it can to assist
    And nothing goes on before the external manager says how
    And the SMM has the target go on with its work
    And the target moves to the destination version by itself
    And the target reports to the SMM at the steps of its descriptor
    And the target reports to the SMM that it completed the move to the destination version
    And (10) the tester runs the suites it was asked for against the target and its peers
    And (11) the tester reports success for the destination version and frees its resources
    And (end) the SMM commits the move to the destination version at the target
    And (end) the SMM releases what protected the process
    And the process ends with the destination version committed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @interpretation:I-034
  Scenario Outline: The resources that were indicated are gone, and the SMM finds others
    Given a seamless <entity> that runs its source version
    And it asks for assistance when it does not get its resources
    And these faults are armed
      | actor    | fault            | at                                     |
      | provider | lost-reservation | POST /vrm/v1/reservations/*/allocations |
    When the external manager has the SMM move the target to the destination version
    Then (4) the target suspends its work by itself, and asks the SMM for assistance
    And (5) the SMM does what it can to assist
    And the SMM has the target go on with its work
    And the target moves to the destination version by itself
    And the target reports to the SMM that it completed the move to the destination version
    And (10) the tester runs the suites it was asked for against the target and its peers
    And (11) the tester reports success for the destination version and frees its resources
    And (end) the SMM commits the move to the destination version at the target
    And (end) the SMM releases what protected the process
    And the process ends with the destination version committed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @interpretation:I-034
  Scenario Outline: The resources that were indicated are gone, and there are no others
    Given a seamless <entity> that runs its source version
    And it asks for assistance when it does not get its resources
    And these faults are armed
      | actor    | fault             | at                                      | after | times |
      | provider | lost-reservation  | POST /vrm/v1/reservations/*/allocations |       |       |
      | provider | missing-resources | POST /vrm/v1/reservations               | 3     | 9     |
    When the external manager has the SMM move the target to the destination version
    Then (4) the target suspends its work by itself, and asks the SMM for assistance
    And (5) the SMM does what it can to assist
    And (6) the SMM has the target undo what it did
    And (7) the target undoes what it did, and releases what it took
    And (8) the target reports to the SMM that its work is undone
    And (9) the SMM has the tester run every suite that applies to the source version, naming the resources it may use
    And (10) the tester runs the suites it was asked for against the target and its peers
    And (11) the tester reports success for the source version and frees its resources
    And (end) the SMM commits at the target that its work is undone
    And (end) the SMM releases what protected the process
    And the process ends with the source version committed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @clause:5.8 @interpretation:I-034 @interpretation:I-035
  Scenario Outline: Help that does not help is not given for ever
    Given a seamless <entity> that runs its source version
    And these faults are armed
      | actor  | fault          | at                           | needs     | times |
      | target | external-issue | software-modification/switch | RESOURCES | 99    |
    When the external manager has the SMM move the target to the destination version
    Then (4) the target suspends its work by itself, and asks the SMM for assistance
    And (5) the SMM does what it can to assist
    And the SMM has the target go on no more than 5 times
    And (6) the SMM has the target undo what it did
    And (7) the target undoes what it did, and releases what it took
    And (8) the target reports to the SMM that its work is undone
    And (9) the SMM has the tester run every suite that applies to the source version, naming the resources it may use
    And (10) the tester runs the suites it was asked for against the target and its peers
    And (11) the tester reports success for the source version and frees its resources
    And (end) the SMM commits at the target that its work is undone
    And (end) the SMM releases what protected the process
    And the process ends with the source version committed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:1 @note:4 @interpretation:I-002
  Scenario Outline: An existing restoration point outlives the undo
    Given a seamless <entity> that runs its source version
    And a restoration point of it exists already
    And these faults are armed
      | actor  | fault          | at                           |
      | target | external-issue | software-modification/switch |
    When the external manager has the SMM move the target to the destination version
    And the external manager asks the SMM for the rollback
    Then (1) the SMM holds a restoration point of the target before anything is changed
    And (4) the target suspends its work by itself, and asks the SMM for assistance
    And (6) the SMM has the target undo what it did
    And (8) the target reports to the SMM that its work is undone
    And (end) the SMM commits at the target that its work is undone
    And the SMM makes no restoration point besides the existing one
    And the existing restoration point is still there

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @note:3 @interpretation:I-007
  Scenario Outline: A target that crashes when it is to undo its work calls for a person
    Given a seamless <entity> that runs its source version
    And these faults are armed
      | actor  | fault          | at                                                       |
      | target | external-issue | software-modification/switch                             |
      | target | crash          | POST /nfvmanoswm/v1/software_modification_op_occs/*/undo |
    When the external manager has the SMM move the target to the destination version
    And the external manager asks the SMM for the rollback
    Then (4) the target suspends its work by itself, and asks the SMM for assistance
    And the target fails without an answer
    And the SMM asked the target no more than 1 times to modify its software
    And the SMM keeps what a fallback needs
    And the process ends with a call for a person

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |
