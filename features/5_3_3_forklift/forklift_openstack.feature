# Clause 5.3.6.2: a VIM of OpenStack components, which cannot always be replaced as a whole. Any entity may be like that.
@clause:5.3.6 @clause:5.3.6.2 @support:none
Feature: What keeps an entity from being replaced by another instance of itself

  @table:5.3.3.5-1 @interpretation:I-027
  Scenario Outline: The hardware has no room for another instance
    Given a <entity> without internal support that runs its source version
    And its resource provider has no room for another instance
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And the SMM instantiates nothing, and the source keeps its state
    And the process ends with nothing changed

    Examples:
      | entity |
      | vim    |
      | vnfm   |

  @table:5.3.3.5-1 @interpretation:I-027
  Scenario Outline: The state model is not supported
    Given a <entity> without internal support that runs its source version
    And it does not support the state model
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And the SMM instantiates nothing, and the source keeps its state
    And the process ends with nothing changed

    Examples:
      | entity |
      | vim    |
      | vnfm   |

  @table:5.3.3.6-1 @table:5.3.3.4-1 @interpretation:I-023
  Scenario Outline: Its state cannot be read by the destination
    Given a <entity> without internal support that runs its source version
    And its destination can read operational state data of its own version only
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll back
    And (1) the SMM makes sure of the resources for the way back
    And (2) the SMM learns how far the instances are, or knows it already
    And (7) the source instance goes on with the state that it had handed over
    And (8) the SMM unlocks the application of the source instance, which has its state
    And (8) the SMM starts the service interfaces of the source instance towards impacted FEs, and it is authenticated to them
    And (9) the SMM starts the service interfaces of the source instance towards impacted entities, and it is authenticated to them
    And (10) the SMM gracefully stops the service interfaces of the destination instance towards impacted entities
    And (11) the SMM has the tester run all that applies to the source version on the source instance
    And (12) the tester looks at the source instance
    And (13) the tester finds the source instance in order in the source version, and frees its resources
    And (14) the SMM waits until the service interfaces of the destination instance towards impacted entities are shut down
    And (14) the SMM gracefully stops the service interfaces of the destination instance towards impacted FEs
    And (14) the SMM waits until the service interfaces of the destination instance towards impacted FEs are shut down
    And (14) the SMM terminates the destination instance, which is shut down
    And (end) the SMM commits by releasing what protected the process, once the destination instance is gone
    And the process ends with the source version committed
    And nothing of the destination instance is left
    And these post-conditions hold
      | # | condition                                                                                   |
      | 1 | SMM, impacted FEs and impacted entities work normally                                       |
      | 2 | the source instance works normally, runs the source version, and the destination is gone |

    Examples:
      | entity |
      | vim    |
      | vnfm   |
