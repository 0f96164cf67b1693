# Clause 5.6.2: the software rollback of clause 5.2.2.6 for every placement of the CISM.
@clause:5.6.2 @table:5.2.2.6-1 @table:5.2.2.3-1 @table:5.2.2.4-1 @support:internal-seamless @interpretation:I-050
Feature: A software rollback by the SMM where there are containers

  @note:3
  Scenario Outline: The destination version does not pass its tests
    Given a seamless <entity> that runs its source version
    And its peers keep using it
    And these faults are armed
      | actor  | fault       | at                    |
      | tester | failed-test | test-run/suite-system |
    And these pre-conditions hold
      | # | condition                                                     |
      | 1 | destination version and execution plan are at hand            |
      | 2 | SMM, target, impacted FEs and impacted entities work normally |
      | 3 | resources for the modification and its tests are free         |
      | 4 | test suites for both versions are at hand                     |
    When the external manager has the SMM move the target to the destination version
    Then the tester reports that the destination version did not pass
    And (begin) the SMM decides to roll back
    And (1) the SMM makes sure of the resources for the way back
    And (2) the SMM asks the target for the source version, naming the resources it may use
    And (3) the target moves to the source version by itself
    And (3) the target's services stay up the whole time
    And (3) the target releases what it took for the source version before it reports
    And (4) the target reports to the SMM that it completed the move to the source version
    And (5) the SMM has the tester run every suite that applies to the source version, naming the resources it may use
    And (6) the tester reports success for the source version and frees its resources
    And (end) the SMM commits the move to the source version at the target
    And (end) the SMM releases what protected the process
    And the process ends with the source version committed
    And these post-conditions hold
      | # | condition                                              |
      | 1 | SMM, impacted FEs and impacted entities work normally  |
      | 2 | the target works normally and runs the source version  |

    @clause:5.6.2.2
    Examples:
      | entity        |
      | nfvo@embedded |
      | vnfm@embedded |
      | vim@embedded  |

    @clause:5.6.2.3
    Examples:
      | entity           |
      | nfvo@distributed |
      | vnfm@distributed |
      | vim@distributed  |

    @clause:5.6.2.4
    Examples:
      | entity          |
      | nfvo@standalone |
      | vnfm@standalone |
      | vim@standalone  |
      | cism            |

    @clause:5.6.2.5
    Examples:
      | entity     |
      | cism@alone |

    @clause:5.6.2.6
    Examples:
      | entity      |
      | nfvo@shared |
      | vnfm@shared |
      | vim@shared  |

    @interpretation:I-055
    Examples:
      | entity |
      | wim    |

  @note:3 @clause:5.6.2.6 @interpretation:I-053 @interpretation:I-054
  Scenario Outline: The destination version does not pass its tests in a VNF that embeds a CISM
    Given a seamless <entity> that runs its source version
    And its peers keep using it
    And these faults are armed
      | actor  | fault       | at                    |
      | tester | failed-test | test-run/suite-system |
    And these pre-conditions hold
      | # | condition                                                     |
      | 1 | destination version and execution plan are at hand            |
      | 2 | SMM, target, impacted FEs and impacted entities work normally |
      | 3 | resources for the modification and its tests are free         |
      | 4 | test suites for both versions are at hand                     |
    When the external manager has the SMM move the target to the destination version
    Then the tester reports that the destination version did not pass
    And (begin) the SMM decides to roll back
    And (1) the SMM makes sure of the resources for the way back
    And (2) the SMM asks the target for the source version, naming the resources it may use
    And (3) the target moves to the source version by itself
    And (3) the VNFM changes the VNF package of the target to the one with the source version
    And (3) the target's services stay up the whole time
    And (3) the target releases what it took for the source version before it reports
    And (4) the target reports to the SMM that it completed the move to the source version
    And (5) the SMM has the tester run every suite that applies to the source version, naming the resources it may use
    And (6) the tester reports success for the source version and frees its resources
    And (end) the SMM commits the move to the source version at the target
    And (end) the SMM releases what protected the process
    And the process ends with the source version committed
    And these post-conditions hold
      | # | condition                                              |
      | 1 | SMM, impacted FEs and impacted entities work normally  |
      | 2 | the target works normally and runs the source version  |

    Examples:
      | entity   |
      | vnf-cism |
