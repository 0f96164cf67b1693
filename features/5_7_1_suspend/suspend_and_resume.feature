# Clause 5.7.1.5: the status is asked for, the work is suspended where that is safe, and goes on later.
@clause:5.7.1 @clause:5.7.1.5 @table:5.7.1.5-1 @support:internal-seamless
Feature: A modification under way is asked for its status, suspended and resumed

  @table:5.7.1.3-1 @table:5.7.1.4-1 @interpretation:I-030 @interpretation:I-031
  Scenario Outline: The conditions change while the target is at <step>
    Given a seamless <entity> that runs its source version
    And its peers keep using it
    And the external manager wants the process suspended while the target is at <step>
    And these pre-conditions hold
      | # | condition                                                |
      | 1 | the destination version is at hand                       |
      | 2 | the SMM works normally and has an execution plan         |
      | 3 | target, impacted FEs and impacted entities work normally |
      | 4 | resources for the modification and its tests are free    |
      | 5 | test suites for both versions are at hand                |
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then (begin) the SMM launches the software modification process
    And (1) the SMM makes sure of the resources of its plan before anything is changed
    And (1) the SMM holds a restoration point of the target before anything is changed
    And (1) the SMM starts special logs at the target before anything is changed
    And (2) the SMM asks the target for the destination version, naming the resources it may use
    And (3) the target begins to move to the destination version by itself
    And (4) the SMM learns from the target how far it is
    And (5) the target reports how far it is, and what it says is plausible
    And (6) the SMM asks the target to suspend its work
    And (7) the target goes on until it can safely be suspended
    And (8) the target reports to the SMM that its work is suspended
    And nothing goes on before the external manager says how
    And (9) the SMM has the target go on with its work
    And (10) the target moves to the destination version by itself
    And (10) the target's services stay up the whole time
    And (10) the target releases what it took for the destination version before it reports
    And (11) the target reports to the SMM that it completed the move to the destination version
    And (12) the SMM has the tester run every suite that applies to the destination version, naming the resources it may use
    And (13) the tester runs the suites it was asked for against the target and its peers
    And (14) the tester reports success for the destination version and frees its resources
    And (end) the SMM commits the move to the destination version at the target
    And (end) the SMM releases what protected the process
    And the process ends with the destination version committed
    And these post-conditions hold
      | # | condition                                                  |
      | 1 | SMM, impacted FEs and impacted entities work normally      |
      | 2 | the target works normally and runs the destination version |

    Examples:
      | entity | step    |
      | nfvo   | prepare |
      | nfvo   | deploy  |
      | vnfm   | prepare |
      | vnfm   | deploy  |
      | vim    | prepare |
      | vim    | deploy  |
