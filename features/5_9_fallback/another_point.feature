# The note of table 5.9.5-1: a fallback that cannot be completed from one restoration point.
@clause:5.9 @clause:5.9.5 @table:5.9.5-1 @note:0
Feature: Another restoration point, or none

  @table:5.9.4-1
  Rule: A fallback that cannot be completed is tried from another restoration point

    @interpretation:I-043 @interpretation:I-046
    Scenario Outline: An older restoration point leads to the end
      Given a <entity> that may have to fall back
      And it manages something
      And a restoration point that holds <entity>
      And since then something that it manages came, and something went
      And a restoration point that holds <entity>
      And these faults are armed
        | actor  | fault             | at                  |
        | target | missing-resources | restoration/restore |
      When the external manager has the Fallback Manager fall back
      Then (begin) the Fallback Manager takes up the request for a fallback
      And (1) the Fallback Manager stops every fallback target by force before it restores anything
      And (2) the Fallback Manager restores every fallback target from the same restoration point
      And the fallback to this restoration point cannot be completed
      And the Fallback Manager takes the older restoration point, and not the same again
      And (1) the Fallback Manager stops every fallback target by force before it restores anything
      And (2) the Fallback Manager restores every fallback target from the same restoration point
      And (3) every fallback target comes up in the version of the restoration point, started and locked
      And (4) every fallback target discovers what it really manages
      And (5) every fallback target notifies the Fallback Manager that its state is reconciled
      And (6) the Fallback Manager unlocks every fallback target, and none before all have reconciled their state
      And (7) the Fallback Manager has the tester run every suite for the whole NFV-MANO, naming the resources it may use
      And (8) the tester reports to the Fallback Manager that everything runs as expected
      And (end) the Fallback Manager reports that the fallback succeeded, not before the tester did
      And (end) every fallback target is in the state of the restoration point, adjusted to what it really manages
      And these post-conditions hold
        | # | condition                                                                                |
        | 1 | fallback targets and impacted managed entities work normally, on a consistent set of data |

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |

    Scenario Outline: A restoration point of a wider scope leads to the end
      Given a <entity> that may have to fall back
      And a restoration point that holds <entity>, <others>
      And it manages something
      And a restoration point that holds <entity>
      And these faults are armed
        | actor  | fault       | at                    |
        | tester | failed-test | test-run/suite-system |
      When the external manager has the Fallback Manager fall back
      Then (begin) the Fallback Manager takes up the request for a fallback
      And (1) the Fallback Manager stops every fallback target by force before it restores anything
      And (2) the Fallback Manager restores every fallback target from the same restoration point
      And (5) every fallback target notifies the Fallback Manager that its state is reconciled
      And (6) the Fallback Manager unlocks every fallback target, and none before all have reconciled their state
      And the fallback to this restoration point cannot be completed
      And the Fallback Manager takes the wider restoration point, and not the same again
      And (1) the Fallback Manager stops every fallback target by force before it restores anything
      And (2) the Fallback Manager restores every fallback target from the same restoration point
      And (3) every fallback target comes up in the version of the restoration point, started and locked
      And (4) every fallback target discovers what it really manages
      And (5) every fallback target notifies the Fallback Manager that its state is reconciled
      And (6) the Fallback Manager unlocks every fallback target, and none before all have reconciled their state
      And (7) the Fallback Manager has the tester run every suite for the whole NFV-MANO, naming the resources it may use
      And (8) the tester reports to the Fallback Manager that everything runs as expected
      And (end) the Fallback Manager reports that the fallback succeeded, not before the tester did
      And (end) every fallback target is in the state of the restoration point, adjusted to what it really manages
      And these post-conditions hold
        | # | condition                                                                                |
        | 1 | fallback targets and impacted managed entities work normally, on a consistent set of data |

      Examples:
        | entity | others    |
        | nfvo   | vnfm      |
        | vnfm   | nfvo, vim |
        | vim    | vnfm      |

  Rule: Without another restoration point nothing is left but to install NFV-MANO anew

    Scenario Outline: No restoration point leads to the end
      Given a <entity> that may have to fall back
      And a restoration point that holds <entity>
      And a restoration point that holds <entity>
      And these faults are armed
        | actor  | fault             | at                  | times |
        | target | missing-resources | restoration/restore | 9     |
      When the external manager has the Fallback Manager fall back
      Then (begin) the Fallback Manager takes up the request for a fallback
      And (1) the Fallback Manager stops every fallback target by force before it restores anything
      And (2) the Fallback Manager restores every fallback target from the same restoration point
      And the fallback to this restoration point cannot be completed
      And the Fallback Manager takes the older restoration point, and not the same again
      And (1) the Fallback Manager stops every fallback target by force before it restores anything
      And (2) the Fallback Manager restores every fallback target from the same restoration point
      And the fallback to this restoration point cannot be completed
      And (end) the Fallback Manager reports that NFV-MANO has to be reinstalled, and why

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |
