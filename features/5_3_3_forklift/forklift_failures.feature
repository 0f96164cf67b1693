# Notes 2 of 5.3.3.5-1, 5.3.3.7-1 and 5.3.3.8-1, note 3 of 5.3.3.6-1: an instance fails, and the SMM decides what follows.
@clause:5.3.3 @support:none
Feature: An instance that fails while it takes the place, or while it comes back

  @clause:5.3.3.5 @table:5.3.3.5-1 @note:2 @clause:5.8 @interpretation:I-013
  Scenario Outline: The destination fails in a way that may pass
    Given a <entity> without internal support that runs its source version
    And these faults are armed
      | actor       | fault             | at                      | retry    |
      | destination | internal-rollback | fe-instantiation/deploy | possible |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And the SMM instantiates the destination instance again after it failed
    And (14) the SMM terminates the source instance, which is shut down
    And (end) the SMM commits by releasing what protected the process, once the source instance is gone
    And the process ends with the destination version committed

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @clause:5.3.3.5 @table:5.3.3.5-1 @note:2 @interpretation:I-007
  Scenario Outline: The destination crashes for good
    Given a <entity> without internal support that runs its source version
    And these faults are armed
      | actor       | fault | at                      |
      | destination | crash | fe-instantiation/deploy |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And the SMM asked the target no more than 1 times to modify its software
    And the SMM keeps what a fallback needs
    And the process ends with a call for a person

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |

  @clause:5.3.3.6 @table:5.3.3.6-1 @note:3 @interpretation:I-007
  Scenario Outline: The source does not pass its tests on the way back
    Given a <entity> without internal support that runs its source version
    And these faults are armed
      | actor  | fault       | at                    | times |
      | tester | failed-test | test-run/suite-system | 2     |
    When the external manager has the SMM move the target to the destination version
    Then the tester finds the destination instance not in order in the destination version
    And (begin) the SMM decides to roll back
    And (7) the SMM transfers the operational state data to the source instance
    And the tester finds the source instance not in order in the source version
    And the SMM keeps what a fallback needs
    And the process ends with a call for a person

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |
