# Clause 5.5.2.5: a specific VNFM is replaced by a generic one, together with the VNF that it manages.
@clause:5.5.2 @clause:5.5.2.5 @table:5.5.2.5-1 @table:5.5.2.3-1 @table:5.5.2.4-1
Feature: A generic VNFM takes the place of a specific one

  @note:5 @note:6 @interpretation:I-070 @interpretation:I-076 @interpretation:I-078
  Scenario Outline: A G-VNFM with capacity is there
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    And these pre-conditions hold
      | # | condition                                                                               |
      | 1 | the destination VNF version is at hand, and is managed over the standard interface      |
      | 2 | a generic VNFM version is at hand                                                       |
      | 3 | the SMM works normally and has the execution plan                                       |
      | 4 | the specific VNFM and the source VNF work normally                                      |
      | 5 | resources for the modification and its tests are free                                   |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And (1) the SMM makes sure of the resources of its plan before anything is changed
    And (1) the SMM holds a restoration point of the target before anything is changed
    And (1) the SMM starts special logs at the target before anything is changed
    And (2) the SMM finds that the generic VNFM can manage another VNF
    And (5) the SMM adds a parallel path with the destination VNF to the NSD, and has the NS follow it
    And (6) the NFVO asks the manager of the destination VNF to instantiate it, and the VIM for its virtual networks
    And (7) the manager of the destination VNF and the VIM report to the NFVO what is instantiated
    And (8) the NFVO reports to the SMM that the NS is as the NSD says
    And (9) the SMM redirects the traffic to the destination VNF by the schedule of its plan
    And (10) the SMM has the NS follow an NSD without the path of the source VNF, once that handles no traffic
    And (11) the NFVO has the manager of the source VNF terminate it, and the VIM remove networks that are not needed
    And (12) the manager of the source VNF and the VIM report to the NFVO what is removed
    And (13) the NFVO reports to the SMM that the NS is as the NSD says
    And (14) the SMM locks and terminates the specific VNFM, which manages no VNF any more
    And (15) the SMM has the destination VNF and its manager tested, and both pass
    And (end) the SMM releases what protected the replacement
    And no request within the NS is lost
    And at any moment there is a path that serves, and none is cut off that is in use
    And the replacement ends with the destination version committed
    And these post-conditions hold
      | # | condition                                         |
      | 1 | the VNF works normally in its destination version |
      | 2 | the VNFM is the generic one and works normally |

    Examples:
      | entity |
      | svnfm  |

  Scenario Outline: There is no G-VNFM with capacity
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    And no generic VNFM can manage another VNF
    And these pre-conditions hold
      | # | condition                                                                               |
      | 1 | the destination VNF version is at hand, and is managed over the standard interface      |
      | 2 | a generic VNFM version is at hand                                                       |
      | 3 | the SMM works normally and has the execution plan                                       |
      | 4 | the specific VNFM and the source VNF work normally                                      |
      | 5 | resources for the modification and its tests are free                                   |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And (1) the SMM makes sure of the resources of its plan before anything is changed
    And (1) the SMM holds a restoration point of the target before anything is changed
    And (1) the SMM starts special logs at the target before anything is changed
    And (2) the SMM instantiates a new generic VNFM, and verifies that it is operational
    And (3) the SMM sets the peering information in the new generic VNFM and in the NFVO
    And (3) the SMM unlocks the new generic VNFM
    And (4) the new generic VNFM and the NFVO peer with each other
    And (5) the SMM adds a parallel path with the destination VNF to the NSD, and has the NS follow it
    And (6) the NFVO asks the manager of the destination VNF to instantiate it, and the VIM for its virtual networks
    And (7) the manager of the destination VNF and the VIM report to the NFVO what is instantiated
    And (8) the NFVO reports to the SMM that the NS is as the NSD says
    And (9) the SMM redirects the traffic to the destination VNF by the schedule of its plan
    And (10) the SMM has the NS follow an NSD without the path of the source VNF, once that handles no traffic
    And (11) the NFVO has the manager of the source VNF terminate it, and the VIM remove networks that are not needed
    And (12) the manager of the source VNF and the VIM report to the NFVO what is removed
    And (13) the NFVO reports to the SMM that the NS is as the NSD says
    And (14) the SMM locks and terminates the specific VNFM, which manages no VNF any more
    And (15) the SMM has the destination VNF and its manager tested, and both pass
    And (end) the SMM releases what protected the replacement
    And no request within the NS is lost
    And at any moment there is a path that serves, and none is cut off that is in use
    And the replacement ends with the destination version committed
    And these post-conditions hold
      | # | condition                                         |
      | 1 | the VNF works normally in its destination version |
      | 2 | the VNFM is the generic one and works normally |

    Examples:
      | entity |
      | svnfm  |

  Scenario Outline: The S-VNFM manages other VNFs and stays
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    And the specific VNFM manages other VNFs too
    And these pre-conditions hold
      | # | condition                                                                               |
      | 1 | the destination VNF version is at hand, and is managed over the standard interface      |
      | 2 | a generic VNFM version is at hand                                                       |
      | 3 | the SMM works normally and has the execution plan                                       |
      | 4 | the specific VNFM and the source VNF work normally                                      |
      | 5 | resources for the modification and its tests are free                                   |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And (1) the SMM makes sure of the resources of its plan before anything is changed
    And (1) the SMM holds a restoration point of the target before anything is changed
    And (1) the SMM starts special logs at the target before anything is changed
    And (2) the SMM finds that the generic VNFM can manage another VNF
    And (5) the SMM adds a parallel path with the destination VNF to the NSD, and has the NS follow it
    And (6) the NFVO asks the manager of the destination VNF to instantiate it, and the VIM for its virtual networks
    And (7) the manager of the destination VNF and the VIM report to the NFVO what is instantiated
    And (8) the NFVO reports to the SMM that the NS is as the NSD says
    And (9) the SMM redirects the traffic to the destination VNF by the schedule of its plan
    And (10) the SMM has the NS follow an NSD without the path of the source VNF, once that handles no traffic
    And (11) the NFVO has the manager of the source VNF terminate it, and the VIM remove networks that are not needed
    And (12) the manager of the source VNF and the VIM report to the NFVO what is removed
    And (13) the NFVO reports to the SMM that the NS is as the NSD says
    And (14) the SMM keeps the specific VNFM, which manages other VNFs
    And (15) the SMM has the destination VNF and its manager tested, and both pass
    And (end) the SMM releases what protected the replacement
    And no request within the NS is lost
    And at any moment there is a path that serves, and none is cut off that is in use
    And the replacement ends with the destination version committed
    And these post-conditions hold
      | # | condition                                         |
      | 1 | the VNF works normally in its destination version |
      | 2 | the VNFM is the generic one and works normally |

    Examples:
      | entity |
      | svnfm  |

  @note:1
  Scenario Outline: An existing restoration point of the S-VNFM is used, and kept
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    And a restoration point of it exists already
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM launches the software modification process
    And (1) the SMM makes sure of the resources of its plan before anything is changed
    And (1) the SMM holds a restoration point of the target before anything is changed
    And the SMM makes no restoration point besides the existing one
    And (end) the SMM releases what protected the replacement
    And the existing restoration point is still there
    And the replacement ends with the destination version committed

    Examples:
      | entity |
      | svnfm  |

  @note:2
  Scenario Outline: The destination VNF cannot be instantiated for the time being
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    And these faults are armed
      | actor | fault             | at                         |
      | gvnfm | missing-resources | vnf-lcm-operation/allocate |
    When the external manager has the SMM move the target to the destination version
    Then (5) the SMM adds a parallel path with the destination VNF to the NSD, and has the NS follow it
    And the SMM has the NFVO try the deployment again
    And (6) the NFVO asks the manager of the destination VNF to instantiate it, and the VIM for its virtual networks
    And (7) the manager of the destination VNF and the VIM report to the NFVO what is instantiated
    And (8) the NFVO reports to the SMM that the NS is as the NSD says
    And no request within the NS is lost
    And at any moment there is a path that serves, and none is cut off that is in use
    And the replacement ends with the destination version committed

    Examples:
      | entity |
      | svnfm  |

  @note:3
  Scenario Outline: Another schedule leads the traffic over
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    And the schedule of its plan is 10, 60, 90, 100
    When the external manager has the SMM move the target to the destination version
    Then (5) the SMM adds a parallel path with the destination VNF to the NSD, and has the NS follow it
    And (8) the NFVO reports to the SMM that the NS is as the NSD says
    And (9) the SMM redirects the traffic to the destination VNF by the schedule of its plan
    And no request within the NS is lost
    And at any moment there is a path that serves, and none is cut off that is in use
    And the replacement ends with the destination version committed

    Examples:
      | entity |
      | svnfm  |

  @note:4
  Scenario Outline: After the commit there is no way back
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    When the external manager has the SMM move the target to the destination version
    And the external manager asks the SMM for the rollback
    Then (end) the SMM releases what protected the replacement
    And the SMM refuses to roll the committed replacement back
    And the replacement ends with the destination version committed
    And these post-conditions hold
      | # | condition                                         |
      | 1 | the VNF works normally in its destination version |
      | 2 | the VNFM is the generic one and works normally |

    Examples:
      | entity |
      | svnfm  |
