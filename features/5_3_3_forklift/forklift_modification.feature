@clause:5.3.3 @clause:5.3.3.5 @table:5.3.3.5-1 @support:none
Feature: x

  Scenario Outline: Another instance takes the place
    Given a <entity> without internal support that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process

    Examples:
      | entity |
      | nfvo   |
      | vnfm   |
      | vim    |
