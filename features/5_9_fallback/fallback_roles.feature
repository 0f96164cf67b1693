# Who plays which role: table 5.9.2-1.
@clause:5.9 @clause:5.9.2 @table:5.9.2-1
Feature: The roles of a fallback, and who plays them

  @interpretation:I-042
  Scenario Outline: The roles of the fallback
    Given a <entity> that may have to fall back
    And it manages something
    And a restoration point that holds <targets>
    When the external manager has the Fallback Manager fall back
    Then these roles were played
      | # | role                                        | played by         |
      | 1 | Fallback Manager                            | fallback-manager  |
      | 2 | Fallback target NFV-MANO functional entity  | <targets>         |
      | 3 | Impacted managed entity                     | <managed>         |
      | 4 | Tester                                      | tester            |

    Examples:
      | entity | targets    | managed   |
      | nfvo   | nfvo, vnfm | vnf       |
      | vnfm   | vnfm, vim  | vnf, nfvi |
      | vim    | vim        | nfvi      |
