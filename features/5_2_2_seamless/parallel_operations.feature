# Clause 5.2.2.8: an operation is triggered while the target modifies its software.
@clause:5.2.2 @clause:5.2.2.8 @table:5.2.2.8-1 @support:internal-seamless
Feature: An LCM or VRM operation that arrives during a modification

  @note:5 @interpretation:I-010 @interpretation:I-011
  Scenario Outline: The operation that arrives is handled by <action>
    Given a seamless <entity> that runs its source version
    And an operation of its consumer arrives while it works
    And the operator wants parallel operations handled by <policy>
    And its descriptor offers for parallel operations <capability>
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And (1) the SMM makes sure of the resources of its plan before anything is changed
    And (1) the SMM holds a restoration point of the target before anything is changed
    And (1) the SMM starts special logs at the target before anything is changed
    And (2) the SMM reads from the target's descriptor what it can do
    And (2) the SMM learns of the operation that was triggered
    And (2) the SMM has the operation handled by <action>
    And (3) the SMM asks the target for the destination version, naming the resources it may use
    And (4) the target moves to the destination version by itself
    And (4) the target releases what it took for the destination version before it reports
    And (5) the target reports to the SMM that it completed the move to the destination version
    And (6) the SMM has the tester run every suite that applies to the destination version, naming the resources it may use
    And (7) the tester reports success for the destination version and frees its resources
    And (8) the SMM commits the move to the destination version at the target
    And (8) the SMM releases what protected the process
    And (end) the operation that arrived is brought to its end as <action> asks

    Examples: The operator's first wish is possible
      | entity | action          | policy                 | capability                                |
      | nfvo   | PARALLEL        | PARALLEL, DELAY        | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND |
      | nfvo   | DELAY           | DELAY, PARALLEL        | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND |
      | nfvo   | NOTIFY_CONSUMER | NOTIFY_CONSUMER, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND |
      | nfvo   | SUSPEND         | SUSPEND, DELAY         | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND |
      | vnfm   | PARALLEL        | PARALLEL, DELAY        | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND |
      | vnfm   | DELAY           | DELAY, PARALLEL        | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND |
      | vnfm   | NOTIFY_CONSUMER | NOTIFY_CONSUMER, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND |
      | vnfm   | SUSPEND         | SUSPEND, DELAY         | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND |
      | vim    | PARALLEL        | PARALLEL, DELAY        | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND |
      | vim    | DELAY           | DELAY, PARALLEL        | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND |
      | vim    | NOTIFY_CONSUMER | NOTIFY_CONSUMER, DELAY | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND |
      | vim    | SUSPEND         | SUSPEND, DELAY         | PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND |

    Examples: The target's capability leaves only another
      | entity | action | policy                   | capability               |
      | nfvo   | DELAY  | NOTIFY_CONSUMER, DELAY   | PARALLEL, DELAY, SUSPEND |
      | vnfm   | DELAY  | NOTIFY_CONSUMER, DELAY   | PARALLEL, DELAY, SUSPEND |
      | vim    | DELAY  | NOTIFY_CONSUMER, DELAY   | PARALLEL, DELAY, SUSPEND |
