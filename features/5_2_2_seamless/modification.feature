# Clause 5.2.2.5 with its neighbours: who takes part is in role_mappings.yaml, and judged in roles.feature.
@clause:5.2.2 @clause:5.2.2.5 @table:5.2.2.5-1 @support:internal-seamless
Feature: An entity modifies its own software, and its peers do not notice

  @table:5.2.2.3-1 @table:5.2.2.4-1
  Rule: The destination version is deployed, tested and committed

    @interpretation:I-001 @interpretation:I-003 @interpretation:I-004
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

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |

  @note:1
  Rule: A restoration point exists before anything is changed

    @interpretation:I-002
    Scenario Outline: An existing restoration point is used, and kept
      Given a seamless <entity> that runs its source version
      And a restoration point of it exists already
      When the external manager has the SMM move the target to the destination version
      Then (begin) the SMM launches the software modification process
      And (1) the SMM holds a restoration point of the target before anything is changed
      And the SMM makes no restoration point besides the existing one
      And (end) the SMM commits the move to the destination version at the target
      And (end) the SMM releases what protected the process
      And the existing restoration point is still there

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |

    Scenario Outline: Without an existing restoration point a new one is made
      Given a seamless <entity> that runs its source version
      When the external manager has the SMM move the target to the destination version
      Then (begin) the SMM launches the software modification process
      And the SMM makes a restoration point of its own
      And (1) the SMM holds a restoration point of the target before anything is changed
      And (end) the SMM releases what protected the process

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |

  @note:4
  Rule: The commit closes the way back

    Scenario Outline: After the commit there is no rollback, but a new modification
      Given a seamless <entity> that runs its source version
      When the external manager has the SMM move the target to the destination version
      And the external manager asks the SMM for the rollback
      And the external manager has the SMM move the target to the source version
      Then (end) the SMM commits the move to the destination version at the target
      And the SMM refuses to roll back what is committed
      And (2) the SMM asks the target for the source version, naming the resources it may use
      And (3) the target moves to the source version by itself
      And (4) the target reports to the SMM that it completed the move to the source version
      And (5) the SMM has the tester run every suite that applies to the source version, naming the resources it may use
      And (6) the tester reports success for the source version and frees its resources
      And (end) the SMM commits the move to the source version at the target

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |

    Scenario Outline: The commit waits for the external manager where it keeps it to itself
      Given a seamless <entity> that runs its source version
      And the external manager keeps the commit to itself
      When the external manager has the SMM move the target to the destination version
      And the external manager asks the SMM for the commit
      Then (6) the tester reports success for the destination version and frees its resources
      And the SMM waits for the external manager before it commits
      And (end) the SMM commits the move to the destination version at the target
      And (end) the SMM releases what protected the process
      And the process ends with the destination version committed

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |
