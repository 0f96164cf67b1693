# Notes 2 and 3 of table 5.2.2.5-1: what becomes of a modification that does not go through at once.
@clause:5.2.2 @clause:5.2.2.5 @table:5.2.2.5-1 @support:internal-seamless
Feature: A modification that fails ends in a version that is known to work, or says that it needs a person

  @note:2
  Rule: The target may roll back by itself, and says whether a retry may help

    @interpretation:I-013
    Scenario Outline: The retry succeeds
      Given a seamless <entity> that runs its source version
      And these faults are armed
        | actor  | fault             | at                           | retry    |
        | target | internal-rollback | software-modification/switch | possible |
      When the external manager has the SMM move the target to the destination version
      Then (2) the SMM asks the target for the destination version, naming the resources it may use
      And (4) the target reports that it rolled back by itself, and that a retry is possible
      And (2) the SMM asks the target for the destination version, naming the resources it may use
      And (3) the target moves to the destination version by itself
      And (4) the target reports to the SMM that it completed the move to the destination version
      And (6) the tester reports success for the destination version and frees its resources
      And (end) the SMM commits the move to the destination version at the target
      And (end) the SMM releases what protected the process

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |

    @interpretation:I-005
    Scenario Outline: A retry is not feasible
      Given a seamless <entity> that runs its source version
      And these faults are armed
        | actor  | fault             | at                           | retry        |
        | target | internal-rollback | software-modification/switch | not feasible |
      When the external manager has the SMM move the target to the destination version
      Then (2) the SMM asks the target for the destination version, naming the resources it may use
      And (4) the target reports that it rolled back by itself, and that a retry is not feasible
      And the SMM does not ask for the destination version again
      And (5) the SMM has the tester run every suite that applies to the source version, naming the resources it may use
      And (6) the tester reports success for the source version and frees its resources
      And (end) the SMM releases what protected the process
      And the process ends with the source version committed

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |

  @note:3
  Rule: After any other failure the SMM decides between retry, rollback and fallback

    @clause:5.8
    Scenario Outline: A request that cannot be served now is sent again
      Given a seamless <entity> that runs its source version
      And these faults are armed
        | actor  | fault           | at                                          |
        | target | transient-error | POST /nfvmanoswm/v1/software_modifications |
      When the external manager has the SMM move the target to the destination version
      Then (2) the SMM asks the target for the destination version, naming the resources it may use
      And (4) the target reports to the SMM that it completed the move to the destination version
      And (end) the SMM commits the move to the destination version at the target
      And the SMM asked the target no more than 1 times to modify its software
      And the process ends with the destination version committed

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |

    Scenario Outline: A request that is refused for good changes nothing
      Given a seamless <entity> that runs its source version
      And these faults are armed
        | actor  | fault  | at                                          | times |
        | target | refuse | POST /nfvmanoswm/v1/software_modifications | 9     |
      When the external manager has the SMM move the target to the destination version
      Then the target refuses the request
      And (end) the SMM releases what protected the process
      And the process ends with nothing changed

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |

    @interpretation:I-006
    Scenario Outline: A request whose answer is lost is not sent twice
      Given a seamless <entity> that runs its source version
      And these faults are armed
        | actor  | fault         | at                                          |
        | target | lost-response | POST /nfvmanoswm/v1/software_modifications |
      When the external manager has the SMM move the target to the destination version
      Then the target fails without an answer
      And the SMM looks up at the target what became of its request
      And (4) the target reports to the SMM that it completed the move to the destination version
      And (end) the SMM commits the move to the destination version at the target
      And the SMM asked the target no more than 1 times to modify its software
      And (end) the SMM releases what protected the process

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |

    @interpretation:I-006 @interpretation:I-007
    Scenario Outline: A target that is struck by a <fault> at its work calls for a person
      Given a seamless <entity> that runs its source version
      And these faults are armed
        | actor  | fault   | at                           |
        | target | <fault> | software-modification/switch |
      When the external manager has the SMM move the target to the destination version
      Then (2) the SMM asks the target for the destination version, naming the resources it may use
      And the target fails without an answer
      And the SMM looks up at the target what became of its request
      And the SMM asked the target no more than 1 times to modify its software
      And the SMM keeps what a fallback needs
      And the process ends with a call for a person

      Examples:
        | entity | fault |
        | nfvo   | crash |
        | vnfm   | crash |
        | vim    | crash |
        | nfvo   | hang  |
        | vnfm   | hang  |
        | vim    | hang  |

    @interpretation:I-006 @interpretation:I-007 @interpretation:I-014
    Scenario Outline: A target that crashed and was started again knows its state, and can be restored
      Given a seamless <entity> that runs its source version
      And these faults are armed
        | actor  | fault | at                         | heals after |
        | target | crash | software-modification/<at> | 30          |
      When the external manager has the SMM move the target to the destination version
      And an administrator has the target restored from its restoration point
      Then (2) the SMM asks the target for the destination version, naming the resources it may use
      And the target fails without an answer
      And the SMM asked the target no more than 1 times to modify its software
      And the target, started again, reports that the modification failed
      And the SMM keeps what a fallback needs
      And the process ends with a call for a person
      And the target, restored from the restoration point, works in its source version

      # cl*: the clearing away, when the destination version runs already
      Examples:
        | entity | at     |
        | nfvo   | deploy |
        | vnfm   | switch |
        | vnfm   | cl*    |
        | vim    | cl*    |

    @clause:5.8 @interpretation:I-014
    Scenario Outline: Tests that a crash of the tester ended are run again
      Given a seamless <entity> that runs its source version
      And these faults are armed
        | actor  | fault | at                | heals after |
        | tester | crash | test-run/suite-*  | 30          |
      When the external manager has the SMM move the target to the destination version
      Then (5) the SMM has the tester run every suite that applies to the destination version, naming the resources it may use
      And the SMM makes sure of the test resources and has the tester run again
      And (6) the tester reports success for the destination version and frees its resources
      And (end) the SMM commits the move to the destination version at the target
      And (end) the SMM releases what protected the process

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |

    @clause:5.8
    Scenario Outline: Test resources that come late are tried again
      Given a seamless <entity> that runs its source version
      And these faults are armed
        | actor  | fault             | at               | retry    |
        | tester | missing-resources | test-run/acquire | possible |
      When the external manager has the SMM move the target to the destination version
      Then (5) the SMM has the tester run every suite that applies to the destination version, naming the resources it may use
      And the tester reports that it could not get its resources
      And the SMM makes sure of the test resources and has the tester run again
      And (6) the tester reports success for the destination version and frees its resources
      And (end) the SMM commits the move to the destination version at the target
      And (end) the SMM releases what protected the process

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |
