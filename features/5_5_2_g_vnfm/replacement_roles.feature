# Table 5.5.2.2-1: who plays which role, by what each does.
@clause:5.5.2 @clause:5.5.2.2 @table:5.5.2.2-1
Feature: Roles where a generic VNFM takes the place of a specific one

  Scenario Outline: Roles of the replacement
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                                 | played by |
      | 1 | Software Modification Manager (SMM) of the replacement | smm       |
      | 2 | NFVO that manages the NS                             | nfvo      |
      | 3 | Specific VNFM                                        | <entity>  |
      | 4 | Generic VNFM                                         | gvnfm     |
      | 5 | Source VNF                                           | vnf-b1    |
      | 6 | Destination VNF                                      | vnf-b2    |

    Examples:
      | entity |
      | svnfm  |
