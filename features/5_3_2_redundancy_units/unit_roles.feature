# Who plays which role: table 5.3.2.2-1; impacted FEs and impacted entities are those of the role mappings.
@clause:5.3.2 @clause:5.3.2.2 @table:5.3.2.2-1 @support:redundancy-units @interpretation:I-012
Feature: The roles of a modification of redundancy units, and who plays them

  Scenario Outline: The roles when units are replaced
    Given a <entity> of 2 redundancy units that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                                   | played by           |
      | 1 | Software Modification Manager (SMM)                    | smm                 |
      | 2 | Source NFV-MANO functional entity redundancy unit      | <entity>            |
      | 3 | Destination NFV-MANO functional entity redundancy unit | <entity>            |
      | 4 | Impacted NFV-MANO functional entity                    | <impacted FEs>      |
      | 5 | Impacted entity                                        | <impacted entities> |
      | 6 | Tester                                                 | tester              |

    Examples:
      | entity | impacted FEs      | impacted entities |
      | nfvo   | nfvo-2, vnfm, vim | oss               |
      | vnfm   | nfvo, vim         | vnf, em           |
      | vim    | nfvo, vnfm        | nfvi              |
