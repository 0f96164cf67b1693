# Who plays which role: table 5.3.3.2-1, and its mappings for each kind of target.
@clause:5.3.3 @clause:5.3.3.2 @support:none @interpretation:I-012
Feature: The roles where another instance takes the place of the one that runs, and who plays them

  @table:5.3.3.2-1
  Scenario Outline: The roles of source and destination
    Given a <entity> without internal support that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                  | played by |
      | 1 | Software Modification Manager (SMM)   | smm |
      | 2 | Source NFV-MANO functional entity     | <entity> |
      | 3 | Destination NFV-MANO functional entity | <entity>-b |
      | 4 | Impacted NFV-MANO functional entity   | <impacted FEs> |
      | 5 | Impacted entity                       | <impacted entities> |
      | 6 | Tester                                | tester |

    Examples:
      | entity | impacted FEs      | impacted entities |
      | nfvo   | nfvo-2, vnfm, vim | oss               |
      | vnfm   | nfvo, vim         | vnf, em           |
      | vim    | nfvo, vnfm        | nfvi              |

  @table:5.3.4-1 @clause:5.3.4
  Scenario Outline: The roles when an NFVO is replaced
    Given a <entity> without internal support that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                  | played by |
      | 1 | Software Modification Manager (SMM)   | smm |
      | 2 | Source NFV-MANO functional entity     | nfvo |
      | 3 | Destination NFV-MANO functional entity | nfvo-b |
      | 4 | Impacted NFV-MANO functional entity   | nfvo-2, vnfm, vim |
      | 5 | Impacted entity                       | oss |
      | 6 | Tester                                | tester |

    Examples:
      | entity |
      | nfvo   |

  @table:5.3.5-1 @clause:5.3.5
  Scenario Outline: The roles when a VNFM is replaced
    Given a <entity> without internal support that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                  | played by |
      | 1 | Software Modification Manager (SMM)   | smm |
      | 2 | Source NFV-MANO functional entity     | vnfm |
      | 3 | Destination NFV-MANO functional entity | vnfm-b |
      | 4 | Impacted NFV-MANO functional entity   | nfvo, vim |
      | 5 | Impacted entity                       | vnf, em |
      | 6 | Tester                                | tester |

    Examples:
      | entity |
      | vnfm   |

  @table:5.3.6.1-1 @clause:5.3.6 @clause:5.3.6.1
  Scenario Outline: The roles when a VIM is replaced
    Given a <entity> without internal support that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                  | played by |
      | 1 | Software Modification Manager (SMM)   | smm |
      | 2 | Source NFV-MANO functional entity     | vim |
      | 3 | Destination NFV-MANO functional entity | vim-b |
      | 4 | Impacted NFV-MANO functional entity   | nfvo, vnfm |
      | 5 | Impacted entity                       | nfvi |
      | 6 | Tester                                | tester |

    Examples:
      | entity |
      | vim    |
