# Clause 5.8.1: what may be tried again, what never, and what is looked up first; in any flow, the rollback's included.
@clause:5.8 @clause:5.8.1 @support:internal-seamless
Feature: Errors of the moment, errors for good, and requests without an answer

  @table:5.8.5-1
  Scenario Outline: A transient error of the <actor> is got over: <at>
    Given a seamless <entity> that runs its source version
    And these faults are armed
      | actor   | fault           | at   |
      | <actor> | transient-error | <at> |
    When the external manager has the SMM move the target to the destination version
    Then the SMM asks again for what could not be done at the moment
    And (11) the tester reports success for the destination version and frees its resources
    And (end) the SMM commits the move to the destination version at the target
    And (end) the SMM releases what protected the process

    Examples:
      | entity | actor    | at                                                         |
      | nfvo   | target   | GET /nfvmanoswm/v1/capability                              |
      | nfvo   | provider | POST /vrm/v1/reservations                                  |
      | nfvo   | target   | POST /nfvmanoswm/v1/restoration_points                     |
      | nfvo   | tester   | POST /tester/v1/test_runs                                  |
      | nfvo   | target   | POST /nfvmanoswm/v1/software_modification_op_occs/*/commit |
      | vnfm   | target   | GET /nfvmanoswm/v1/capability                              |
      | vnfm   | provider | POST /vrm/v1/reservations                                  |
      | vnfm   | target   | POST /nfvmanoswm/v1/restoration_points                     |
      | vnfm   | tester   | POST /tester/v1/test_runs                                  |
      | vnfm   | target   | POST /nfvmanoswm/v1/software_modification_op_occs/*/commit |
      | vim    | target   | GET /nfvmanoswm/v1/capability                              |
      | vim    | provider | POST /vrm/v1/reservations                                  |
      | vim    | target   | POST /nfvmanoswm/v1/restoration_points                     |
      | vim    | tester   | POST /tester/v1/test_runs                                  |
      | vim    | target   | POST /nfvmanoswm/v1/software_modification_op_occs/*/commit |

  @table:5.8.5-1
  Scenario Outline: A permanent error of the <actor> is taken as it is: <at>
    Given a seamless <entity> that runs its source version
    And these faults are armed
      | actor   | fault  | at   |
      | <actor> | refuse | <at> |
    When the external manager has the SMM move the target to the destination version
    Then the SMM does not ask again for what was refused for good
    And the process ends with nothing changed

    Examples:
      | entity | actor    | at                                     |
      | nfvo   | target   | GET /nfvmanoswm/v1/capability          |
      | nfvo   | provider | POST /vrm/v1/reservations              |
      | nfvo   | target   | POST /nfvmanoswm/v1/restoration_points |
      | vnfm   | target   | GET /nfvmanoswm/v1/capability          |
      | vnfm   | provider | POST /vrm/v1/reservations              |
      | vnfm   | target   | POST /nfvmanoswm/v1/restoration_points |
      | vim    | target   | GET /nfvmanoswm/v1/capability          |
      | vim    | provider | POST /vrm/v1/reservations              |
      | vim    | target   | POST /nfvmanoswm/v1/restoration_points |

  @table:5.8.5-1
  Scenario Outline: Before the target is asked to change, a permanent error ends the process without a trace
    Given a seamless <entity> that runs its source version
    And these faults are armed
      | actor  | fault  | at                            |
      | target | refuse | POST /nfvmanologm/v1/log_jobs |
    When the external manager has the SMM move the target to the destination version
    Then the SMM does not ask again for what was refused for good
    And (1) the SMM holds a restoration point of the target before anything is changed
    And (end) the SMM releases what protected the process
    And the process ends with nothing changed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |
  @table:5.8.5-1 @interpretation:I-006 @interpretation:I-037
  Scenario Outline: An operation with side effects is looked up, not repeated: <at> at the <actor>
    Given a seamless <entity> that runs its source version
    And these faults are armed
      | actor   | fault         | at   |
      | <actor> | lost-response | <at> |
    When the external manager has the SMM move the target to the destination version
    Then the SMM looks up what became of a request without an answer, and never has it done twice
    And (end) the SMM commits the move to the destination version at the target
    And (end) the SMM releases what protected the process
    And the process ends with the destination version committed

    Examples:
      | entity | actor    | at                                         |
      | nfvo   | provider | POST /vrm/v1/reservations                  |
      | nfvo   | target   | POST /nfvmanoswm/v1/restoration_points     |
      | nfvo   | target   | POST /nfvmanologm/v1/log_jobs              |
      | nfvo   | target   | POST /nfvmanoswm/v1/software_modifications |
      | nfvo   | tester   | POST /tester/v1/test_runs                  |
      | vnfm   | provider | POST /vrm/v1/reservations                  |
      | vnfm   | target   | POST /nfvmanoswm/v1/restoration_points     |
      | vnfm   | target   | POST /nfvmanologm/v1/log_jobs              |
      | vnfm   | target   | POST /nfvmanoswm/v1/software_modifications |
      | vnfm   | tester   | POST /tester/v1/test_runs                  |
      | vim    | provider | POST /vrm/v1/reservations                  |
      | vim    | target   | POST /nfvmanoswm/v1/restoration_points     |
      | vim    | target   | POST /nfvmanologm/v1/log_jobs              |
      | vim    | target   | POST /nfvmanoswm/v1/software_modifications |
      | vim    | tester   | POST /tester/v1/test_runs                  |

  @table:5.8.5-1 @interpretation:I-006 @interpretation:I-007
  Scenario Outline: What the target cannot tell is not repeated in hope
    Given a seamless <entity> that runs its source version
    And these faults are armed
      | actor  | fault | at                                               | times |
      | target | hang  | POST /nfvmanoswm/v1/software_modifications       |       |
      | target | hang  | GET /nfvmanoswm/v1/software_modification_op_occs | 99    |
    When the external manager has the SMM move the target to the destination version
    Then the target fails without an answer
    And the SMM looks up what became of a request without an answer, and never has it done twice
    And the SMM keeps what a fallback needs
    And the process ends with a call for a person

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @table:5.2.2.6-1 @interpretation:I-036
  Scenario Outline: A retry within the rollback: the tester's resources for the source version come late
    Given a seamless <entity> that runs its source version
    And these faults are armed
      | actor  | fault             | at                    | after | retry    |
      | tester | failed-test       | test-run/suite-system |       |          |
      | tester | missing-resources | test-run/acquire      | 1     | possible |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (2) the SMM asks the target for the source version, naming the resources it may use
    And (4) the target reports to the SMM that it completed the move to the source version
    And (5) the SMM has the tester run every suite that applies to the source version, naming the resources it may use
    And the tester reports that it could not get its resources
    And the SMM makes sure of the test resources and has the tester run again
    And (6) the tester reports success for the source version and frees its resources
    And (end) the SMM commits the move to the source version at the target
    And the process ends with the source version committed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @table:5.2.2.6-1
  Scenario Outline: A retry within the rollback: the target cannot take up the request at once
    Given a seamless <entity> that runs its source version
    And these faults are armed
      | actor  | fault           | at                                         | after |
      | tester | failed-test     | test-run/suite-system                      |       |
      | target | transient-error | POST /nfvmanoswm/v1/software_modifications | 1     |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And the SMM asks again for what could not be done at the moment
    And (2) the SMM asks the target for the source version, naming the resources it may use
    And (4) the target reports to the SMM that it completed the move to the source version
    And (5) the SMM has the tester run every suite that applies to the source version, naming the resources it may use
    And (6) the tester reports success for the source version and frees its resources
    And (end) the SMM commits the move to the source version at the target
    And the process ends with the source version committed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |
