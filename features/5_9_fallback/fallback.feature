# Clause 5.9.5: forced stop, restoration, reconciliation, tests. The state of the restoration point is outdated by then.
@clause:5.9 @clause:5.9.5 @table:5.9.5-1
Feature: A fallback sets functional entities back to the state of a restoration point

  @table:5.9.3-1 @table:5.9.4-1
  Rule: What the restoration point says is adjusted to what really is there

    @interpretation:I-040 @interpretation:I-041 @interpretation:I-042 @interpretation:I-048
    Scenario Outline: One functional entity falls back
      Given a <entity> that may have to fall back
      And it manages something
      And a restoration point that holds <entity>
      And since then something that it manages came, and something went
      And these pre-conditions hold
        | # | condition                                                  |
        | 1 | a restoration point of every fallback target is available  |
        | 2 | test suites for the complete set of services are available |
      When the external manager has the Fallback Manager fall back
      Then (begin) the Fallback Manager takes up the request for a fallback
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

  @table:5.9.3-1 @table:5.9.4-1
  Rule: Whoever has state in the restoration point falls back, all at the same time

    @interpretation:I-043 @interpretation:I-044
    Scenario Outline: Several functional entities fall back together
      Given a <entity> that may have to fall back
      And it manages something
      And a restoration point that holds <entity>, <others>
      And since then something that it manages came, and something went
      And these pre-conditions hold
        | # | condition                                                  |
        | 1 | a restoration point of every fallback target is available  |
        | 2 | test suites for the complete set of services are available |
      When the external manager has the Fallback Manager fall back
      Then (begin) the Fallback Manager takes up the request for a fallback
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

  Rule: By force means whatever is going on

    @interpretation:I-045
    Scenario Outline: An operation is ongoing
      Given a <entity> that may have to fall back
      And a restoration point that holds <entity>
      And an operation of its consumer is ongoing
      When the external manager has the Fallback Manager fall back
      Then (begin) the Fallback Manager takes up the request for a fallback
      And (1) the Fallback Manager stops every fallback target by force before it restores anything
      And the ongoing operation does not keep its target from being stopped
      And (2) the Fallback Manager restores every fallback target from the same restoration point
      And (5) every fallback target notifies the Fallback Manager that its state is reconciled
      And (6) the Fallback Manager unlocks every fallback target, and none before all have reconciled their state
      And (end) the Fallback Manager reports that the fallback succeeded, not before the tester did
      And (end) every fallback target is in the state of the restoration point, adjusted to what it really manages

      Examples:
        | entity |
        | nfvo   |
        | vnfm   |
        | vim    |
