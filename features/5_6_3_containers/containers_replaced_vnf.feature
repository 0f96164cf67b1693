# Clause 5.6.3.6: what is done to source and destination instances is done to the VNFs that embed them.
@clause:5.6.3 @clause:5.6.3.6 @table:5.3.3.5-1 @support:none @interpretation:I-058
Feature: The instances of a CISM that VNFs embed come and go by lifecycle management of VNFs

  Scenario Outline: The VNFs come and go by their VNFM
    Given a <entity> without internal support that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And (3) the VNFM instantiates the VNF of the destination instance
    And (14) the VNFM terminates the VNF of the source instance
    And the process ends with the destination version committed

    Examples:
      | entity   |
      | vnf-cism |
