# Clause 5.3.6.2: a VIM of OpenStack components, which are modified separately and independently.
@clause:5.3.6 @clause:5.3.6.2 @support:components @interpretation:I-121
Feature: The components of an entity are modified one by one

  @interpretation:I-122
  Scenario Outline: Each component moves by itself, and no VNF notices
    Given a <entity> that consists of components, <components>, which are modified one by one
    And its peers keep using it
    When the external manager has the SMM move the target to the destination version
    Then the SMM launches the software modification process
    And the SMM makes sure of the resources of its plan before anything is changed
    And the SMM holds a restoration point of the target before anything is changed
    And the SMM starts special logs at the target before anything is changed
    And the SMM learns which components the target has, and what each runs
    And the SMM moves each component by itself to the destination version, one after the other
    And the SMM has the tester run every suite that applies to the destination version, naming the resources it may use
    And the tester reports success for the destination version and frees its resources
    And the SMM releases what protected the process
    And the process ends with the destination version committed
    And while a component is modified all others run what they ran before
    And what the target manages for VNFs stays assigned as it was
    And the target's services stay up the whole time
    And the SMM asks for no change of state of a target that has no state model
    And each component runs the destination version

    Examples:
      | entity | components                          |
      | vim    | platform, compute, network, storage |

  @interpretation:I-122
  Scenario Outline: The tests do not pass, and each component goes back
    Given a <entity> that consists of components, <components>, which are modified one by one
    And its peers keep using it
    And these faults are armed
      | actor  | fault       | at                    |
      | tester | failed-test | test-run/suite-system |
    When the external manager has the SMM move the target to the destination version
    Then the SMM moves each component by itself to the destination version, one after the other
    And the tester reports that the destination version did not pass
    And the SMM decides to roll back
    And the SMM makes sure of the resources for the way back
    And the SMM takes back the components that it had moved, and only those, the last one first
    And the SMM has the tester run every suite that applies to the source version, naming the resources it may use
    And the tester reports success for the source version and frees its resources
    And the SMM releases what protected the process
    And the process ends with the source version committed
    And while a component is modified all others run what they ran before
    And the SMM asks for no change of state of a target that has no state model
    And each component runs the source version
    And what the target manages for VNFs stays assigned as it was

    Examples:
      | entity | components                          |
      | vim    | platform, compute, network, storage |

  @interpretation:I-122
  Scenario Outline: A component fails for good, and those before it go back
    Given a <entity> that consists of components, <components>, which are modified one by one
    And these faults are armed
      | actor  | fault             | at                           | after | retry        |
      | target | internal-rollback | software-modification/switch | 2     | not feasible |
    When the external manager has the SMM move the target to the destination version
    Then the SMM learns which components the target has, and what each runs
    And the SMM takes back the components that it had moved, and only those, the last one first
    And the tester reports success for the source version and frees its resources
    And the process ends with the source version committed
    And each component runs the source version
    And what the target manages for VNFs stays assigned as it was

    Examples:
      | entity | components                          |
      | vim    | platform, compute, network, storage |

  @clause:5.8 @interpretation:I-013 @interpretation:I-123
  Scenario Outline: A component fails in a way that may pass, and a retry is offered
    Given a <entity> that consists of components, <components>, which are modified one by one
    And its descriptor offers for recovery RETRY, ROLLBACK, FALLBACK
    And these faults are armed
      | actor  | fault             | at                           | after | retry    |
      | target | internal-rollback | software-modification/switch | 1     | possible |
    When the external manager has the SMM move the target to the destination version
    Then the SMM asks for the component that failed once more, and for no other again
    And the SMM moves each component by itself to the destination version, one after the other
    And the process ends with the destination version committed
    And each component runs the destination version

    Examples:
      | entity | components                          |
      | vim    | platform, compute, network, storage |

  @clause:5.8 @interpretation:I-123
  Scenario Outline: A component fails in a way that may pass, and no retry is offered
    Given a <entity> that consists of components, <components>, which are modified one by one
    And its descriptor offers for recovery SUSPENSION, ROLLBACK, FALLBACK
    And these faults are armed
      | actor  | fault             | at                           | after | retry    |
      | target | internal-rollback | software-modification/switch | 1     | possible |
    When the external manager has the SMM move the target to the destination version
    Then the SMM asked the target no more than 3 times to modify its software
    And the SMM takes back the components that it had moved, and only those, the last one first
    And the tester reports success for the source version and frees its resources
    And the process ends with the source version committed
    And each component runs the source version
    And what the target manages for VNFs stays assigned as it was

    Examples:
      | entity | components                          |
      | vim    | platform, compute, network, storage |

  @clause:5.7 @interpretation:I-123
  Scenario Outline: A suspension is offered, and a component halts
    Given a <entity> that consists of components, <components>, which are modified one by one
    And the external manager wants the process suspended while the target is at deploy
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then the SMM asks the target to suspend its work
    And the target reports to the SMM that its work is suspended
    And nothing goes on before the external manager says how
    And the SMM has the target go on with its work
    And the process ends with the destination version committed
    And each component runs the destination version

    Examples:
      | entity | components                          |
      | vim    | platform, compute, network, storage |

  @clause:5.7 @interpretation:I-123
  Scenario Outline: No suspension is offered, and the process is held between two components
    Given a <entity> that consists of components, <components>, which are modified one by one
    And its descriptor offers for recovery RETRY, ROLLBACK, FALLBACK
    And the external manager wants the process suspended while the target is at deploy
    When the external manager has the SMM move the target to the destination version
    And the external manager has the SMM resume the process
    Then the SMM does not ask for a suspension that the target does not offer
    And the process is held while some components have moved, and others have not
    And nothing goes on before the external manager says how
    And the process ends with the destination version committed
    And each component runs the destination version

    Examples:
      | entity | components                          |
      | vim    | platform, compute, network, storage |

  @clause:5.9 @interpretation:I-047 @interpretation:I-123
  Scenario Outline: No rollback is offered, and the SMM falls back instead
    Given a <entity> that consists of components, <components>, which are modified one by one
    And its descriptor offers for recovery SUSPENSION, RETRY, FALLBACK
    And a Fallback Manager stands by
    And these faults are armed
      | actor  | fault       | at                    |
      | tester | failed-test | test-run/suite-system |
    When the external manager has the SMM move the target to the destination version
    Then the SMM moves each component by itself to the destination version, one after the other
    And the tester reports that the destination version did not pass
    And the SMM does not ask for a way back that the target does not offer
    And the SMM hands over to the Fallback Manager, naming the restoration point that it kept
    And the process ends with a fallback
    And each component runs the source version

    Examples:
      | entity | components                          |
      | vim    | platform, compute, network, storage |

  @clause:5.9 @interpretation:I-007 @interpretation:I-123
  Scenario Outline: No fallback is offered, and a failed rollback calls for a person
    Given a <entity> that consists of components, <components>, which are modified one by one
    And its descriptor offers for recovery SUSPENSION, RETRY, ROLLBACK
    And a Fallback Manager stands by
    And these faults are armed
      | actor  | fault       | at                    | times |
      | tester | failed-test | test-run/suite-system | 2     |
    When the external manager has the SMM move the target to the destination version
    Then the SMM decides to roll back
    And the SMM takes back the components that it had moved, and only those, the last one first
    And the tester reports that the source version did not pass
    And nobody asks for a fallback that the target does not offer
    And the process ends with a call for a person

    Examples:
      | entity | components                          |
      | vim    | platform, compute, network, storage |

  @interpretation:I-123
  Scenario Outline: Neither rollback nor fallback is offered, and nothing is begun
    Given a <entity> that consists of components, <components>, which are modified one by one
    And its descriptor offers for recovery SUSPENSION, RETRY
    When the external manager has the SMM move the target to the destination version
    Then the SMM launches the software modification process
    And the SMM has no component modified
    And the process ends with nothing changed
    And each component runs the source version

    Examples:
      | entity | components                          |
      | vim    | platform, compute, network, storage |
