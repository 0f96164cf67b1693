# Who plays which role: table 5.2.2-1, and its mappings for each kind of target.
@clause:5.2.2 @clause:5.2.2.2 @support:internal-seamless @interpretation:I-012
Feature: The roles of a seamless modification, and who plays them

  @table:5.2.2-1
  Scenario Outline: The roles of the use case
    Given a seamless <entity> that runs its source version
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

  @table:5.2.4-1 @clause:5.2.4
  Scenario Outline: The roles when an NFVO is modified
    Given a seamless <entity> that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                               | played by         |
      | 1 | Software Modification Manager (SMM) | smm               |
      | 2 | Target NFV-MANO functional entity  | nfvo              |
      | 3 | Impacted NFV-MANO functional entity | nfvo-2, vnfm, vim |
      | 4 | Impacted entity                    | oss               |
      | 5 | Tester                             | tester            |

    Examples:
      | entity |
      | nfvo   |

  @table:5.2.5-1 @clause:5.2.5
  Scenario Outline: The roles when a VNFM is modified
    Given a seamless <entity> that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                               | played by |
      | 1 | Software Modification Manager (SMM) | smm       |
      | 2 | Target NFV-MANO functional entity  | vnfm      |
      | 3 | Impacted NFV-MANO functional entity | nfvo, vim |
      | 4 | Impacted entity                    | vnf, em   |
      | 5 | Tester                             | tester    |

    Examples:
      | entity |
      | vnfm   |

  @table:5.2.6-1 @clause:5.2.6
  Scenario Outline: The roles when a VIM is modified
    Given a seamless <entity> that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                               | played by  |
      | 1 | Software Modification Manager (SMM) | smm        |
      | 2 | Target NFV-MANO functional entity  | vim        |
      | 3 | Impacted NFV-MANO functional entity | nfvo, vnfm |
      | 4 | Impacted entity                    | nfvi       |
      | 5 | Tester                             | tester     |

    Examples:
      | entity |
      | vim    |
