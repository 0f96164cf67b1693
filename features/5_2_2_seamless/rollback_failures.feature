# The note of table 5.2.2.6-1: what becomes of a software rollback that does not go through at once.
@clause:5.2.2 @clause:5.2.2.6 @table:5.2.2.6-1 @note:0 @support:internal-seamless
Feature: A software rollback that fails is tried again where that may help, and else leaves what a fallback needs

  @clause:5.8
  Scenario Outline: A request for the source version that cannot be served now is sent again
    Given a seamless <entity> that runs its source version
    And these faults are armed
      | actor  | fault           | at                                         | after |
      | tester | failed-test     | test-run/suite-system                      |       |
      | target | transient-error | POST /nfvmanoswm/v1/software_modifications | 1     |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (2) the SMM asks the target for the source version, naming the resources it may use
    And (3) the target moves to the source version by itself
    And (4) the target reports to the SMM that it completed the move to the source version
    And (5) the SMM has the tester run every suite that applies to the source version, naming the resources it may use
    And (6) the tester reports success for the source version and frees its resources
    And the SMM asked the target no more than 2 times to modify its software
    And (end) the SMM commits the move to the source version at the target
    And the process ends with the source version committed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @clause:5.8 @interpretation:I-013
  Scenario Outline: A target that takes the rollback back by itself is asked once more
    Given a seamless <entity> that runs its source version
    And these faults are armed
      | actor  | fault             | at                           | after | retry    |
      | tester | failed-test       | test-run/suite-system        |       |          |
      | target | internal-rollback | software-modification/switch | 1     | possible |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (2) the SMM asks the target for the source version, naming the resources it may use
    And the target reports that it took its way back to the source version back, and that a retry is possible
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

  @interpretation:I-007
  Scenario Outline: The source version does not pass its tests either
    Given a seamless <entity> that runs its source version
    And these faults are armed
      | actor  | fault       | at                    | times |
      | tester | failed-test | test-run/suite-system | 2     |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (4) the target reports to the SMM that it completed the move to the source version
    And (5) the SMM has the tester run every suite that applies to the source version, naming the resources it may use
    And the tester reports that the source version did not pass
    And the SMM keeps what a fallback needs
    And the process ends with a call for a person

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @interpretation:I-006 @interpretation:I-007
  Scenario Outline: The target crashes on its way back
    Given a seamless <entity> that runs its source version
    And these faults are armed
      | actor  | fault       | at                           | after |
      | tester | failed-test | test-run/suite-system        |       |
      | target | crash       | software-modification/switch | 1     |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (2) the SMM asks the target for the source version, naming the resources it may use
    And the target fails without an answer
    And the SMM asked the target no more than 2 times to modify its software
    And the SMM keeps what a fallback needs
    And the process ends with a call for a person

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @clause:5.9 @interpretation:I-047
  Scenario Outline: A Fallback Manager takes over from a rollback that failed
    Given a seamless <entity> that runs its source version
    And a Fallback Manager stands by
    And these faults are armed
      | actor  | fault       | at                    | times |
      | tester | failed-test | test-run/suite-system | 2     |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (2) the SMM asks the target for the source version, naming the resources it may use
    And (5) the SMM has the tester run every suite that applies to the source version, naming the resources it may use
    And the tester reports that the source version did not pass
    And the SMM hands over to the Fallback Manager, naming the restoration point that it kept
    And the SMM releases what protected the process
    And the process ends with a fallback

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |
