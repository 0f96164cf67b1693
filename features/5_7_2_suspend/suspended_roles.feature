# Who plays which role: table 5.7.2.2-1, with the actors of the role mappings of clauses 5.3.4 to 5.3.6.
@clause:5.7.2 @clause:5.7.2.2 @table:5.7.2.2-1 @support:none @interpretation:I-012
Feature: The roles of a process that is suspended without internal support, and who plays them

  Scenario Outline: The roles of the use case
    Given a <entity> without internal support that runs its source version
    And the tester has two suites for the health of what does not serve yet
    And the external manager wants the process suspended while the tester is at suite-health
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then these roles were played
      | # | role                                   | played by           |
      | 1 | Software Modification Manager (SMM)    | smm                 |
      | 2 | Source NFV-MANO functional entity      | <entity>            |
      | 3 | Destination NFV-MANO functional entity | <entity>-b          |
      | 4 | Impacted NFV-MANO functional entity    | <impacted FEs>      |
      | 5 | Impacted entity                        | <impacted entities> |
      | 6 | Tester                                 | tester              |
      | 7 | External Manager                       | observer            |

    Examples:
      | entity | impacted FEs      | impacted entities |
      | nfvo   | nfvo-2, vnfm, vim | oss               |
      | vnfm   | nfvo, vim         | vnf, em           |
      | vim    | nfvo, vnfm        | nfvi              |
