# Who plays which role where there are containers: the tables of clauses 5.2.4 to 5.2.6 with what clauses 5.6.2.2 to 5.6.2.6
# add to them (rows with the same number), and the tables of a CISM and of a VNF that embeds one.
@clause:5.6.2 @support:internal-seamless @interpretation:I-012 @interpretation:I-050
Feature: The roles in containerised architectures, and who plays them

  @table:5.2.4-1
  Scenario Outline: The roles when an NFVO is modified and there is a CISM
    Given a seamless <entity> that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                                             | played by      |
      | 1 | Software Modification Manager (SMM)                              | smm            |
      | 2 | Target NFV-MANO functional entity                                | nfvo           |
      | 3 | Impacted NFV-MANO functional entity                              | <impacted FEs> |
      | 3 | CISM instance(s) among the impacted NFV-MANO functional entities | <CISM>         |
      | 4 | Impacted entity                                                  | oss            |
      | 5 | Tester                                                           | tester         |

    @clause:5.6.2.2
    Examples:
      | entity        | impacted FEs      | CISM |
      | nfvo@embedded | nfvo-2, vnfm, vim | vim  |

    @clause:5.6.2.3
    Examples:
      | entity           | impacted FEs      | CISM      |
      | nfvo@distributed | nfvo-2, vnfm, vim | vnfm, vim |

    @clause:5.6.2.4
    Examples:
      | entity          | impacted FEs            | CISM |
      | nfvo@standalone | nfvo-2, vnfm, vim, cism | cism |

  @table:5.2.4-1 @clause:5.6.2.6 @interpretation:I-053
  Scenario Outline: The roles when an NFVO is modified and a VNF embeds a shared CISM
    Given a seamless <entity> that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                                             | played by                   |
      | 1 | Software Modification Manager (SMM)                              | smm                         |
      | 2 | Target NFV-MANO functional entity                                | nfvo                        |
      | 3 | Impacted NFV-MANO functional entity                              | nfvo-2, vnfm, vim, vnf-cism |
      | 3 | CISM instance(s) among the impacted NFV-MANO functional entities | vnf-cism                    |
      | 4 | Impacted entity                                                  | oss, vnf-cism               |
      | 4 | VNF embedding the CISM                                           | vnf-cism                    |
      | 5 | Tester                                                           | tester                      |

    Examples:
      | entity      |
      | nfvo@shared |

  @table:5.2.5-1
  Scenario Outline: The roles when a VNFM is modified and there is a CISM
    Given a seamless <entity> that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                                             | played by      |
      | 1 | Software Modification Manager (SMM)                              | smm            |
      | 2 | Target NFV-MANO functional entity                                | vnfm           |
      | 3 | Impacted NFV-MANO functional entity                              | <impacted FEs> |
      | 3 | CISM instance(s) among the impacted NFV-MANO functional entities | <CISM>         |
      | 4 | Impacted entity                                                  | vnf, em        |
      | 5 | Tester                                                           | tester         |

    @clause:5.6.2.2
    Examples:
      | entity        | impacted FEs | CISM |
      | vnfm@embedded | nfvo, vim    | vim  |

    @clause:5.6.2.4
    Examples:
      | entity          | impacted FEs    | CISM |
      | vnfm@standalone | nfvo, vim, cism | cism |

  @table:5.2.5-1 @clause:5.6.2.3 @interpretation:I-052
  Scenario Outline: The roles when a VNFM with the MCIO management is modified
    Given a seamless <entity> that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                                       | played by     |
      | 1 | Software Modification Manager (SMM)                        | smm           |
      | 2 | Target NFV-MANO functional entity                          | vnfm          |
      | 3 | Impacted NFV-MANO functional entity                        | nfvo, vim     |
      | 3 | Container-specific virtual resource management of the CISM | vim           |
      | 4 | Impacted entity                                            | vnf, em, mcio |
      | 5 | Tester                                                     | tester        |

    Examples:
      | entity           |
      | vnfm@distributed |

  @table:5.2.5-1 @clause:5.6.2.6 @interpretation:I-053
  Scenario Outline: The roles when a VNFM is modified and a VNF embeds a shared CISM
    Given a seamless <entity> that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                                             | played by           |
      | 1 | Software Modification Manager (SMM)                              | smm                 |
      | 2 | Target NFV-MANO functional entity                                | vnfm                |
      | 3 | Impacted NFV-MANO functional entity                              | nfvo, vim, vnf-cism |
      | 3 | CISM instance(s) among the impacted NFV-MANO functional entities | vnf-cism            |
      | 4 | Impacted entity                                                  | vnf, em, vnf-cism   |
      | 4 | VNF embedding the CISM                                           | vnf-cism            |
      | 5 | Tester                                                           | tester              |

    Examples:
      | entity      |
      | vnfm@shared |

  @table:5.2.6-1
  Scenario Outline: The roles when a VIM is modified and there is a CISM
    Given a seamless <entity> that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                | played by           |
      | 1 | Software Modification Manager (SMM) | smm                 |
      | 2 | Target NFV-MANO functional entity   | vim                 |
      | 3 | Impacted NFV-MANO functional entity | <impacted FEs>      |
      | 4 | Impacted entity                     | <impacted entities> |
      | 5 | Tester                              | tester              |

    @clause:5.6.2.2
    Examples:
      | entity       | impacted FEs | impacted entities |
      | vim@embedded | nfvo, vnfm   | nfvi, cis         |

    @clause:5.6.2.6
    Examples:
      | entity     | impacted FEs | impacted entities |
      | vim@shared | nfvo, vnfm   | nfvi              |

  @table:5.2.6-1 @clause:5.6.2.4
  Scenario Outline: The roles when a VIM is modified and there is a CISM of its own
    Given a seamless <entity> that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                                             | played by        |
      | 1 | Software Modification Manager (SMM)                              | smm              |
      | 2 | Target NFV-MANO functional entity                                | vim              |
      | 3 | Impacted NFV-MANO functional entity                              | nfvo, vnfm, cism |
      | 3 | CISM instance(s) among the impacted NFV-MANO functional entities | cism             |
      | 4 | Impacted entity                                                  | nfvi             |
      | 5 | Tester                                                           | tester           |

    Examples:
      | entity         |
      | vim@standalone |

  @table:5.2.6-1 @clause:5.6.2.3 @interpretation:I-052
  Scenario Outline: The roles when a VIM with the management of container-specific resources is modified
    Given a seamless <entity> that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                | played by  |
      | 1 | Software Modification Manager (SMM) | smm        |
      | 2 | Target NFV-MANO functional entity   | vim        |
      | 3 | Impacted NFV-MANO functional entity | nfvo, vnfm |
      | 3 | MCIO management of the CISM         | vnfm       |
      | 4 | Impacted entity                     | nfvi, cis  |
      | 5 | Tester                              | tester     |

    Examples:
      | entity          |
      | vim@distributed |

  @table:5.6.2.4-1 @clause:5.6.2.4
  Scenario Outline: The roles when a CISM of its own is modified
    Given a seamless <entity> that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                | played by       |
      | 1 | Software Modification Manager (SMM) | smm             |
      | 2 | Target NFV-MANO functional entity   | cism            |
      | 3 | Impacted NFV-MANO functional entity | nfvo, vnfm, vim |
      | 4 | Impacted entity                     | nfvi, mcio, cis |
      | 5 | Tester                              | tester          |

    Examples:
      | entity |
      | cism   |

  @table:5.6.2.5-1 @clause:5.6.2.5 @interpretation:I-057
  Scenario Outline: The roles when a CISM in the place of VIM and VNFM is modified
    Given a seamless <entity> that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                | played by                |
      | 1 | Software Modification Manager (SMM) | smm                      |
      | 2 | Target NFV-MANO functional entity   | cism                     |
      | 3 | Impacted NFV-MANO functional entity | nfvo                     |
      | 4 | Impacted entity                     | vnf, mcio, cis, em, nfvi |
      | 5 | Tester                              | tester                   |
    And vnfm, vim take no part in it

    Examples:
      | entity     |
      | cism@alone |

  @table:5.6.2.6-1 @clause:5.6.2.6 @interpretation:I-053
  Scenario Outline: The roles when a VNF that embeds a CISM is modified
    Given a seamless <entity> that runs its source version
    When the external manager has the SMM move the target to the destination version
    Then these roles were played
      | # | role                                | played by       |
      | 1 | Software Modification Manager (SMM) | smm             |
      | 2 | Target NFV-MANO functional entity   | vnf-cism        |
      | 3 | Impacted NFV-MANO functional entity | vnfm, vim       |
      | 4 | Impacted entity                     | nfvi, mcio, cis |
      | 5 | Tester                              | tester          |

    Examples:
      | entity   |
      | vnf-cism |
