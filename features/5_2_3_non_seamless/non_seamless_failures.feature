# Notes 1, 3 and 4 of table 5.2.3.5-1: restoration point, failures, and what the commit closes.
@clause:5.2.3 @clause:5.2.3.5 @table:5.2.3.5-1 @support:internal-non-seamless
Feature: A modification with new service interfaces that fails, and what protects it

  @note:1 @interpretation:I-002
  Rule: A restoration point exists before anything is changed

    Scenario Outline: An existing restoration point is used, and kept
      Given a non-seamless <entity> that runs its source version
      And a restoration point of it exists already
      When the external manager has the SMM move the target to the destination version
      Then (begin) the SMM launches the software modification process
      And (1) the SMM holds a restoration point of the target before anything is changed
      And the SMM makes no restoration point besides the existing one
      And (3) the SMM asks the target for the destination version, naming the resources it may use
      And (end) the SMM commits the move to the destination version at the target
      And (end) the SMM releases what protected the process
      And the existing restoration point is still there

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |

    Scenario Outline: Without an existing restoration point a new one is made
      Given a non-seamless <entity> that runs its source version
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

  @note:3
  Rule: After a failure the SMM decides between retry, rollback and fallback

    @clause:5.8
    Scenario Outline: A request that cannot be served now is sent again
      Given a non-seamless <entity> that runs its source version
      And these faults are armed
        | actor  | fault           | at                                         |
        | target | transient-error | POST /nfvmanoswm/v1/software_modifications |
      When the external manager has the SMM move the target to the destination version
      Then (3) the SMM asks the target for the destination version, naming the resources it may use
      And (5) the target reports to the SMM that it completed the move to the destination version
      And (12) the SMM gracefully stops the old service interfaces towards impacted FEs
      And (end) the SMM commits the move to the destination version at the target
      And the SMM asked the target no more than 1 times to modify its software
      And the process ends with the destination version committed

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |

    Scenario Outline: A request that is refused for good changes nothing
      Given a non-seamless <entity> that runs its source version
      And these faults are armed
        | actor  | fault  | at                                         | times |
        | target | refuse | POST /nfvmanoswm/v1/software_modifications | 9     |
      When the external manager has the SMM move the target to the destination version
      Then (begin) the SMM launches the software modification process
      And the target refuses the request
      And (end) the SMM releases what protected the process
      And the process ends with nothing changed
      And the target has no new service interfaces any more

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |

    @clause:5.2.3.6
    Scenario Outline: Tests that do not pass lead to the software rollback
      Given a non-seamless <entity> that runs its source version
      And these faults are armed
        | actor  | fault       | at                    |
        | tester | failed-test | test-run/suite-system |
      When the external manager has the SMM move the target to the destination version
      Then (10) the SMM has the tester run every suite that applies to the destination version, naming the resources it may use
      And the tester reports that the destination version did not pass
      And the SMM decides to roll back
      And the SMM asks the target for the source version, naming the resources it may use
      And the target reports to the SMM that it completed the move to the source version
      And the process ends with the source version committed
      And the target has no new service interfaces any more

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |

    @interpretation:I-006 @interpretation:I-007 @interpretation:I-014
    Scenario Outline: A target that crashed at its work and was started again calls for a person
      Given a non-seamless <entity> that runs its source version
      And these faults are armed
        | actor  | fault | at                           | heals after |
        | target | crash | software-modification/deploy | 30          |
      When the external manager has the SMM move the target to the destination version
      Then (3) the SMM asks the target for the destination version, naming the resources it may use
      And the target fails without an answer
      And the SMM asked the target no more than 1 times to modify its software
      And the target, started again, reports that the modification failed
      And the SMM keeps what a fallback needs
      And the process ends with a call for a person

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |

  @note:4
  Rule: The commit closes the way back

    Scenario Outline: What is committed is not rolled back
      Given a non-seamless <entity> that runs its source version
      And the external manager keeps the commit to itself
      When the external manager has the SMM move the target to the destination version
      And the external manager asks the SMM for the commit
      And the external manager asks the SMM for the rollback
      Then (begin) the SMM launches the software modification process
      And the SMM waits for the external manager before it commits
      And (end) the SMM commits the move to the destination version at the target
      And (end) the SMM releases what protected the process
      And the SMM refuses to roll back what is committed
      And the process ends with the destination version committed

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |
