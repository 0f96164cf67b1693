# Who plays which role where another instance takes the place and there are containers: the tables of clauses 5.3.4 to 5.3.6 with
# what clauses 5.6.3.2 to 5.6.3.6 add to them (rows with the same number), and the tables of a CISM and of a VNF that embeds one.
@clause:5.6.3 @support:none @interpretation:I-012 @interpretation:I-050
Feature: The roles of instances in containerised architectures, and who plays them

  @table:5.3.4-1
  Scenario Outline: The roles when an NFVO is replaced and there is a CISM
    Given a <entity> without internal support that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                                             | played by      |
      | 1 | Software Modification Manager (SMM)                              | smm            |
      | 2 | Source NFV-MANO functional entity                                | nfvo           |
      | 3 | Destination NFV-MANO functional entity                           | nfvo-b         |
      | 4 | Impacted NFV-MANO functional entity                              | <impacted FEs> |
      | 4 | CISM instance(s) among the impacted NFV-MANO functional entities | <CISM>         |
      | 5 | Impacted entity                                                  | oss            |
      | 6 | Tester                                                           | tester         |

    @clause:5.6.3.2
    Examples:
      | entity        | impacted FEs      | CISM |
      | nfvo@embedded | nfvo-2, vnfm, vim | vim  |

    @clause:5.6.3.3
    Examples:
      | entity           | impacted FEs      | CISM      |
      | nfvo@distributed | nfvo-2, vnfm, vim | vnfm, vim |

    @clause:5.6.3.4
    Examples:
      | entity          | impacted FEs            | CISM |
      | nfvo@standalone | nfvo-2, vnfm, vim, cism | cism |

  @table:5.3.4-1 @clause:5.6.3.6 @interpretation:I-053
  Scenario Outline: The roles when an NFVO is replaced and a VNF embeds a shared CISM
    Given a <entity> without internal support that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                                             | played by                   |
      | 1 | Software Modification Manager (SMM)                              | smm                         |
      | 2 | Source NFV-MANO functional entity                                | nfvo                        |
      | 3 | Destination NFV-MANO functional entity                           | nfvo-b                      |
      | 4 | Impacted NFV-MANO functional entity                              | nfvo-2, vnfm, vim, vnf-cism |
      | 4 | CISM instance(s) among the impacted NFV-MANO functional entities | vnf-cism                    |
      | 5 | Impacted entity                                                  | oss, vnf-cism               |
      | 5 | VNF embedding the CISM                                           | vnf-cism                    |
      | 6 | Tester                                                           | tester                      |

    Examples:
      | entity      |
      | nfvo@shared |

  @table:5.3.5-1
  Scenario Outline: The roles when a VNFM is replaced and there is a CISM
    Given a <entity> without internal support that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                                             | played by      |
      | 1 | Software Modification Manager (SMM)                              | smm            |
      | 2 | Source NFV-MANO functional entity                                | vnfm           |
      | 3 | Destination NFV-MANO functional entity                           | vnfm-b         |
      | 4 | Impacted NFV-MANO functional entity                              | <impacted FEs> |
      | 4 | CISM instance(s) among the impacted NFV-MANO functional entities | <CISM>         |
      | 5 | Impacted entity                                                  | vnf, em        |
      | 6 | Tester                                                           | tester         |

    @clause:5.6.3.2
    Examples:
      | entity        | impacted FEs | CISM |
      | vnfm@embedded | nfvo, vim    | vim  |

    @clause:5.6.3.4
    Examples:
      | entity          | impacted FEs    | CISM |
      | vnfm@standalone | nfvo, vim, cism | cism |

  @table:5.3.5-1 @clause:5.6.3.3 @interpretation:I-052
  Scenario Outline: The roles when a VNFM with the MCIO management is replaced
    Given a <entity> without internal support that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                                       | played by     |
      | 1 | Software Modification Manager (SMM)                        | smm           |
      | 2 | Source NFV-MANO functional entity                          | vnfm          |
      | 3 | Destination NFV-MANO functional entity                     | vnfm-b        |
      | 4 | Impacted NFV-MANO functional entity                        | nfvo, vim     |
      | 4 | Container-specific virtual resource management of the CISM | vim           |
      | 5 | Impacted entity                                            | vnf, em, mcio |
      | 6 | Tester                                                     | tester        |

    Examples:
      | entity           |
      | vnfm@distributed |

  @table:5.3.5-1 @clause:5.6.3.6 @interpretation:I-053
  Scenario Outline: The roles when a VNFM is replaced and a VNF embeds a shared CISM
    Given a <entity> without internal support that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                                             | played by           |
      | 1 | Software Modification Manager (SMM)                              | smm                 |
      | 2 | Source NFV-MANO functional entity                                | vnfm                |
      | 3 | Destination NFV-MANO functional entity                           | vnfm-b              |
      | 4 | Impacted NFV-MANO functional entity                              | nfvo, vim, vnf-cism |
      | 4 | CISM instance(s) among the impacted NFV-MANO functional entities | vnf-cism            |
      | 5 | Impacted entity                                                  | vnf, em, vnf-cism   |
      | 5 | VNF embedding the CISM                                           | vnf-cism            |
      | 6 | Tester                                                           | tester              |

    Examples:
      | entity      |
      | vnfm@shared |

  @table:5.3.6.1-1
  Scenario Outline: The roles when a VIM is replaced and there is a CISM
    Given a <entity> without internal support that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                   | played by           |
      | 1 | Software Modification Manager (SMM)    | smm                 |
      | 2 | Source NFV-MANO functional entity      | vim                 |
      | 3 | Destination NFV-MANO functional entity | vim-b               |
      | 4 | Impacted NFV-MANO functional entity    | <impacted FEs>      |
      | 5 | Impacted entity                        | <impacted entities> |
      | 6 | Tester                                 | tester              |

    @clause:5.6.3.2
    Examples:
      | entity       | impacted FEs | impacted entities |
      | vim@embedded | nfvo, vnfm   | nfvi, cis         |

    @clause:5.6.3.6
    Examples:
      | entity     | impacted FEs | impacted entities |
      | vim@shared | nfvo, vnfm   | nfvi              |

  @table:5.3.6.1-1 @clause:5.6.3.4
  Scenario Outline: The roles when a VIM is replaced and there is a CISM of its own
    Given a <entity> without internal support that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                                             | played by        |
      | 1 | Software Modification Manager (SMM)                              | smm              |
      | 2 | Source NFV-MANO functional entity                                | vim              |
      | 3 | Destination NFV-MANO functional entity                           | vim-b            |
      | 4 | Impacted NFV-MANO functional entity                              | nfvo, vnfm, cism |
      | 4 | CISM instance(s) among the impacted NFV-MANO functional entities | cism             |
      | 5 | Impacted entity                                                  | nfvi             |
      | 6 | Tester                                                           | tester           |

    Examples:
      | entity         |
      | vim@standalone |

  @table:5.3.6.1-1 @clause:5.6.3.3 @interpretation:I-052
  Scenario Outline: The roles when a VIM with the management of container-specific resources is replaced
    Given a <entity> without internal support that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                   | played by  |
      | 1 | Software Modification Manager (SMM)    | smm        |
      | 2 | Source NFV-MANO functional entity      | vim        |
      | 3 | Destination NFV-MANO functional entity | vim-b      |
      | 4 | Impacted NFV-MANO functional entity    | nfvo, vnfm |
      | 4 | MCIO management of the CISM            | vnfm       |
      | 5 | Impacted entity                        | nfvi, cis  |
      | 6 | Tester                                 | tester     |

    Examples:
      | entity          |
      | vim@distributed |

  @table:5.6.3.4-1 @clause:5.6.3.4
  Scenario Outline: The roles when a CISM of its own is replaced
    Given a <entity> without internal support that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                   | played by       |
      | 1 | Software Modification Manager (SMM)    | smm             |
      | 2 | Source NFV-MANO functional entity      | cism            |
      | 3 | Destination NFV-MANO functional entity | cism-b          |
      | 4 | Impacted NFV-MANO functional entity    | nfvo, vnfm, vim |
      | 5 | Impacted entity                        | nfvi, mcio, cis |
      | 6 | Tester                                 | tester          |

    Examples:
      | entity |
      | cism   |

  @table:5.6.3.5-1 @clause:5.6.3.5 @interpretation:I-057
  Scenario Outline: The roles when a CISM in the place of VIM and VNFM is replaced
    Given a <entity> without internal support that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                   | played by                |
      | 1 | Software Modification Manager (SMM)    | smm                      |
      | 2 | Source NFV-MANO functional entity      | cism                     |
      | 3 | Destination NFV-MANO functional entity | cism-b                   |
      | 4 | Impacted NFV-MANO functional entity    | nfvo                     |
      | 5 | Impacted entity                        | vnf, mcio, cis, em, nfvi |
      | 6 | Tester                                 | tester                   |
    And vnfm, vim take no part in it

    Examples:
      | entity     |
      | cism@alone |

  @table:5.6.3.6-1 @clause:5.6.3.6 @interpretation:I-053
  Scenario Outline: The roles when a VNF that embeds a CISM is replaced
    Given a <entity> without internal support that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                   | played by       |
      | 1 | Software Modification Manager (SMM)    | smm             |
      | 2 | Source NFV-MANO functional entity      | vnf-cism        |
      | 3 | Destination NFV-MANO functional entity | vnf-cism-b      |
      | 4 | Impacted NFV-MANO functional entity    | vnfm, vim       |
      | 5 | Impacted entity                        | nfvi, mcio, cis |
      | 6 | Tester                                 | tester          |

    Examples:
      | entity   |
      | vnf-cism |
