# Clause 5.6.2: the flow of clause 5.2.2 is the template for every placement of the CISM.
@clause:5.6.2 @table:5.2.2.5-1 @table:5.2.2.3-1 @table:5.2.2.4-1 @support:internal-seamless
@interpretation:I-001 @interpretation:I-003 @interpretation:I-004 @interpretation:I-050 @interpretation:I-051
Feature: An entity modifies its own software where there are containers, and its peers do not notice

  Scenario Outline: A clean modification
    Given a seamless <entity> that runs its source version
    And its peers keep using it
    And these pre-conditions hold
      | # | condition                                                |
      | 1 | destination version and execution plan are at hand       |
      | 2 | SMM, target, impacted FEs and impacted entities work normally |
      | 3 | resources for the modification and its tests are free    |
      | 4 | test suites for both versions are at hand                |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And (1) the SMM makes sure of the resources of its plan before anything is changed
    And (1) the SMM holds a restoration point of the target before anything is changed
    And (1) the SMM starts special logs at the target before anything is changed
    And (2) the SMM asks the target for the destination version, naming the resources it may use
    And (3) the target moves to the destination version by itself
    And (3) the target's services stay up the whole time
    And (3) the target releases what it took for the destination version before it reports
    And (4) the target reports to the SMM that it completed the move to the destination version
    And (5) the SMM has the tester run every suite that applies to the destination version, naming the resources it may use
    And (6) the tester reports success for the destination version and frees its resources
    And (end) the SMM commits the move to the destination version at the target
    And (end) the SMM releases what protected the process
    And the process ends with the destination version committed
    And these post-conditions hold
      | # | condition                                                     |
      | 1 | SMM, impacted FEs and impacted entities work normally         |
      | 2 | the target works normally and runs the destination version    |

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

  @clause:5.6.2.6 @interpretation:I-053 @interpretation:I-054
  Scenario Outline: A clean modification of a VNF that embeds a CISM
    Given a seamless <entity> that runs its source version
    And its peers keep using it
    And these pre-conditions hold
      | # | condition                                                |
      | 1 | destination version and execution plan are at hand       |
      | 2 | SMM, target, impacted FEs and impacted entities work normally |
      | 3 | resources for the modification and its tests are free    |
      | 4 | test suites for both versions are at hand                |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And (1) the SMM makes sure of the resources of its plan before anything is changed
    And (1) the SMM holds a restoration point of the target before anything is changed
    And (1) the SMM starts special logs at the target before anything is changed
    And (2) the SMM asks the target for the destination version, naming the resources it may use
    And (3) the target moves to the destination version by itself
    And (3) the VNFM changes the VNF package of the target to the one with the destination version
    And (3) the target's services stay up the whole time
    And (3) the target releases what it took for the destination version before it reports
    And (4) the target reports to the SMM that it completed the move to the destination version
    And (5) the SMM has the tester run every suite that applies to the destination version, naming the resources it may use
    And (6) the tester reports success for the destination version and frees its resources
    And (end) the SMM commits the move to the destination version at the target
    And (end) the SMM releases what protected the process
    And the process ends with the destination version committed
    And these post-conditions hold
      | # | condition                                                     |
      | 1 | SMM, impacted FEs and impacted entities work normally         |
      | 2 | the target works normally and runs the destination version    |

    Examples:
      | entity   |
      | vnf-cism |
