@clause:5.5.2 @clause:5.5.2.5 @table:5.5.2.5-1
Feature: A specific VNFM is replaced by a generic one

  Scenario Outline: A clean replacement
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And (1) the SMM makes sure of the resources of its plan before anything is changed

    Examples:
      | entity |
      | svnfm  |

  Scenario Outline: A new one
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    And no generic VNFM can manage another VNF
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process

    Examples:
      | entity |
      | svnfm  |

  Scenario Outline: Failed test
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    And no generic VNFM can manage another VNF
    And these faults are armed
      | actor  | fault       | at                    |
      | tester | failed-test | test-run/suite-system |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process

    Examples:
      | entity |
      | svnfm  |
