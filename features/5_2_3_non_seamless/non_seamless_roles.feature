# Who plays which role: table 5.2.3.2-1, with the actors of the role mappings of clauses 5.2.4 to 5.2.6.
@clause:5.2.3 @clause:5.2.3.2 @table:5.2.3.2-1 @support:internal-non-seamless @interpretation:I-012
Feature: The roles of a modification with new service interfaces, and who plays them

  Scenario Outline: The roles of the use case
    Given a non-seamless <entity> that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                               | played by           |
      | 1 | Software Modification Manager (SMM) | smm                 |
      | 2 | Target NFV-MANO functional entity  | <entity>            |
      | 3 | Impacted NFV-MANO functional entity | <impacted FEs>      |
      | 4 | Impacted entity                    | <impacted entities> |
      | 5 | Tester                             | tester              |

    Examples:
      | entity | impacted FEs      | impacted entities |
      | nfvo   | nfvo-2, vnfm, vim | oss               |
      | vnfm   | nfvo, vim         | vnf, em           |
      | vim    | nfvo, vnfm        | nfvi              |
