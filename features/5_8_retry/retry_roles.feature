# Who plays which role: table 5.8.2-1, with the actors of the role mappings of clauses 5.2.4 to 5.2.6.
@clause:5.8 @clause:5.8.2 @table:5.8.2-1 @support:internal-seamless @interpretation:I-012
Feature: The roles of a retry, and who plays them

  Scenario Outline: The roles of the use case
    Given a seamless <entity> that runs its source version
    And these faults are armed
      | actor  | fault             | at               | retry    |
      | tester | missing-resources | test-run/acquire | possible |
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                   | played by           |
      | 1 | Software Modification Manager (SMM)    | smm                 |
      | 2 | Source NFV-MANO functional entity      | <entity>            |
      | 3 | Destination NFV-MANO functional entity | <entity>            |
      | 4 | Impacted NFV-MANO functional entity    | <impacted FEs>      |
      | 5 | Impacted entity                        | <impacted entities> |
      | 6 | Tester                                 | tester              |

    Examples:
      | entity | impacted FEs      | impacted entities |
      | nfvo   | nfvo-2, vnfm, vim | oss               |
      | vnfm   | nfvo, vim         | vnf, em           |
      | vim    | nfvo, vnfm        | nfvi              |
