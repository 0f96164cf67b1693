# Clause 5.2.2.7: the process begins while the target executes an operation that its consumer asked for.
@clause:5.2.2 @clause:5.2.2.7 @table:5.2.2.7-1 @support:internal-seamless
Feature: A modification that begins while an LCM or VRM operation is ongoing

  @note:5 @interpretation:I-009
  Scenario Outline: The ongoing operation is handled by <action>
    Given a seamless <entity> that runs its source version
    And an operation of its consumer is ongoing
    And the operator wants ongoing operations handled by <policy>
    And its descriptor offers for ongoing operations <capability>
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And (1) the SMM reads from the target's descriptor what it can do
    And (1) the SMM checks whether an operation is ongoing at the target
    And (1) the SMM goes on with the ongoing operation <action>
    And (2) the SMM makes sure of the resources of its plan before anything is changed
    And (2) the SMM holds a restoration point of the target before anything is changed
    And (2) the SMM starts special logs at the target before anything is changed
    And (3) the SMM asks the target for the destination version, naming the resources it may use
    And (4) the target moves to the destination version by itself
    And (4) the target releases what it took for the destination version before it reports
    And (5) the target reports to the SMM that it completed the move to the destination version
    And (6) the SMM has the tester run every suite that applies to the destination version, naming the resources it may use
    And (7) the tester reports success for the destination version and frees its resources
    And (end) the SMM commits the move to the destination version at the target
    And (end) the SMM releases what protected the process
    And the operation completes, once

    Examples: The operator's first wish is possible
      | entity | action         | policy                   | capability               |
      | nfvo   | PARALLEL       | PARALLEL, COMPLETE_FIRST | PARALLEL, COMPLETE_FIRST |
      | nfvo   | COMPLETE_FIRST | COMPLETE_FIRST, PARALLEL | PARALLEL, COMPLETE_FIRST |
      | vnfm   | PARALLEL       | PARALLEL, COMPLETE_FIRST | PARALLEL, COMPLETE_FIRST |
      | vnfm   | COMPLETE_FIRST | COMPLETE_FIRST, PARALLEL | PARALLEL, COMPLETE_FIRST |
      | vim    | PARALLEL       | PARALLEL, COMPLETE_FIRST | PARALLEL, COMPLETE_FIRST |
      | vim    | COMPLETE_FIRST | COMPLETE_FIRST, PARALLEL | PARALLEL, COMPLETE_FIRST |

    Examples: The target's capability leaves only the second
      | entity | action         | policy                   | capability     |
      | nfvo   | COMPLETE_FIRST | PARALLEL, COMPLETE_FIRST | COMPLETE_FIRST |
      | vnfm   | COMPLETE_FIRST | PARALLEL, COMPLETE_FIRST | COMPLETE_FIRST |
      | vim    | COMPLETE_FIRST | PARALLEL, COMPLETE_FIRST | COMPLETE_FIRST |
