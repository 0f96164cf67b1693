# Who plays which role: table 5.7.1.2-1, with the actors of the role mappings of clauses 5.2.4 to 5.2.6.
@clause:5.7.1 @clause:5.7.1.2 @table:5.7.1.2-1 @support:internal-seamless @interpretation:I-012
Feature: The roles of a modification that is suspended, and who plays them

  Scenario Outline: The roles of the use case
    Given a seamless <entity> that runs its source version
    And the external manager wants the process suspended while the target is at deploy
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then these roles were played
      | # | role                                | played by           |
      | 1 | Software Modification Manager (SMM) | smm                 |
      | 2 | Target NFV-MANO functional entity   | <entity>            |
      | 3 | Impacted NFV-MANO functional entity | <impacted FEs>      |
      | 4 | Impacted entity                     | <impacted entities> |
      | 5 | Tester                              | tester              |

    Examples:
      | entity | impacted FEs      | impacted entities |
      | nfvo   | nfvo-2, vnfm, vim | oss               |
      | vnfm   | nfvo, vim         | vnf, em           |
      | vim    | nfvo, vnfm        | nfvi              |
