# Clause 5.5.2.6: the SMM rolls the replacement back, from the entry that fits what failed.
@clause:5.5.2 @clause:5.5.2.6 @table:5.5.2.6-1 @table:5.5.2.4-1
Feature: A specific VNFM and its VNF come back

  @note:2 @note:3 @note:4
  Scenario Outline: At 15: the S-VNFM is gone already, and the G-VNFM was made for the VNF
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    And no generic VNFM can manage another VNF
    And these faults are armed
      | actor  | fault       | at                    |
      | tester | failed-test | test-run/suite-system |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll the replacement back
    And (1) the SMM makes sure of the resources for the way back
    And (2) the SMM instantiates a new specific VNFM, and verifies that it is operational
    And (3) the SMM sets the peering information in the new specific VNFM and in the NFVO
    And (3) the SMM unlocks the new specific VNFM
    And (4) the new specific VNFM and the NFVO peer with each other
    And (5) the SMM adds a parallel path with the source VNF to the NSD, and has the NS follow it
    And (6) the NFVO asks the manager of the source VNF to instantiate it, and the VIM for its virtual networks
    And (7) the manager of the source VNF and the VIM report to the NFVO what is instantiated
    And (8) the NFVO reports to the SMM that the NS is as the NSD says
    And (9) the SMM redirects the traffic to the source VNF by the schedule of its plan
    And (10) the SMM has the NS follow an NSD without the path of the destination VNF, once that handles no traffic
    And (11) the NFVO has the manager of the destination VNF terminate it, and the VIM remove networks that are not needed
    And (12) the manager of the destination VNF and the VIM report to the NFVO what is removed
    And (13) the NFVO reports to the SMM that the NS is as the NSD says
    And (14) the SMM locks and terminates the generic VNFM, which manages no VNF any more
    And (15) the SMM has the source VNF and its manager tested, and both pass
    And (end) the SMM releases what protected the replacement
    And no request within the NS is lost
    And at any moment there is a path that serves, and none is cut off that is in use
    And the replacement ends with the source version committed
    And these post-conditions hold
      | # | condition                                         |
      | 1 | the VNF works normally in its source version |
      | 2 | the VNFM is the specific one and works normally |

    Examples:
      | entity |
      | svnfm  |

  @interpretation:I-075 @interpretation:I-077
  Scenario Outline: At 15: the S-VNFM was kept, and the G-VNFM is used for other VNFs
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    And the specific VNFM manages other VNFs too
    And these faults are armed
      | actor  | fault       | at                    |
      | tester | failed-test | test-run/suite-system |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll the replacement back
    And (1) the SMM makes sure of the resources for the way back
    And (5) the SMM adds a parallel path with the source VNF to the NSD, and has the NS follow it
    And (6) the NFVO asks the manager of the source VNF to instantiate it, and the VIM for its virtual networks
    And (7) the manager of the source VNF and the VIM report to the NFVO what is instantiated
    And (8) the NFVO reports to the SMM that the NS is as the NSD says
    And (9) the SMM redirects the traffic to the source VNF by the schedule of its plan
    And (10) the SMM has the NS follow an NSD without the path of the destination VNF, once that handles no traffic
    And (11) the NFVO has the manager of the destination VNF terminate it, and the VIM remove networks that are not needed
    And (12) the manager of the destination VNF and the VIM report to the NFVO what is removed
    And (13) the NFVO reports to the SMM that the NS is as the NSD says
    And (14) the SMM keeps the generic VNFM, which manages other VNFs
    And (15) the SMM has the source VNF and its manager tested, and both pass
    And (end) the SMM releases what protected the replacement
    And no request within the NS is lost
    And at any moment there is a path that serves, and none is cut off that is in use
    And the replacement ends with the source version committed
    And these post-conditions hold
      | # | condition                                         |
      | 1 | the VNF works normally in its source version |
      | 2 | the VNFM is the specific one and works normally |

    Examples:
      | entity |
      | svnfm  |

  @interpretation:I-075
  Scenario Outline: At 15: an administrator wants the S-VNFM back before the commit
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    And the specific VNFM manages other VNFs too
    And the external manager keeps the commit to itself
    When the external manager has the SMM move the target to the destination version
    And the external manager asks the SMM for the rollback
    Then (begin) the SMM decides to roll the replacement back
    And (1) the SMM makes sure of the resources for the way back
    And (5) the SMM adds a parallel path with the source VNF to the NSD, and has the NS follow it
    And (6) the NFVO asks the manager of the source VNF to instantiate it, and the VIM for its virtual networks
    And (7) the manager of the source VNF and the VIM report to the NFVO what is instantiated
    And (8) the NFVO reports to the SMM that the NS is as the NSD says
    And (9) the SMM redirects the traffic to the source VNF by the schedule of its plan
    And (10) the SMM has the NS follow an NSD without the path of the destination VNF, once that handles no traffic
    And (11) the NFVO has the manager of the destination VNF terminate it, and the VIM remove networks that are not needed
    And (12) the manager of the destination VNF and the VIM report to the NFVO what is removed
    And (13) the NFVO reports to the SMM that the NS is as the NSD says
    And (14) the SMM keeps the generic VNFM, which manages other VNFs
    And (15) the SMM has the source VNF and its manager tested, and both pass
    And (end) the SMM releases what protected the replacement
    And no request within the NS is lost
    And at any moment there is a path that serves, and none is cut off that is in use
    And the replacement ends with the source version committed
    And these post-conditions hold
      | # | condition                                         |
      | 1 | the VNF works normally in its source version |
      | 2 | the VNFM is the specific one and works normally |

    Examples:
      | entity |
      | svnfm  |

  @interpretation:I-072
  Scenario Outline: At 10: the NSD without the source VNF is refused
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    And these faults are armed
      | actor | fault  | at                                   | after |
      | nfvo  | refuse | POST /nslcm/v1/ns_instances/*/update | 1     |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll the replacement back
    And (9) the SMM redirects the traffic to the source VNF by the schedule of its plan
    And (10) the SMM has the NS follow an NSD without the path of the destination VNF, once that handles no traffic
    And (11) the NFVO has the manager of the destination VNF terminate it, and the VIM remove networks that are not needed
    And (12) the manager of the destination VNF and the VIM report to the NFVO what is removed
    And (13) the NFVO reports to the SMM that the NS is as the NSD says
    And (14) the SMM keeps the generic VNFM, which manages other VNFs
    And (15) the SMM has the source VNF and its manager tested, and both pass
    And (end) the SMM releases what protected the replacement
    And no request within the NS is lost
    And at any moment there is a path that serves, and none is cut off that is in use
    And the replacement ends with the source version committed
    And these post-conditions hold
      | # | condition                                         |
      | 1 | the VNF works normally in its source version |
      | 2 | the VNFM is the specific one and works normally |

    Examples:
      | entity |
      | svnfm  |

  @interpretation:I-073
  Scenario Outline: At 11 to 13: the source VNF cannot be terminated
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    And these faults are armed
      | actor | fault             | at                      | times | retry        |
      | svnfm | missing-resources | vnf-lcm-operation/grant | 20    | not feasible |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll the replacement back
    And (8) the NFVO reports to the SMM that the NS is as the NSD says
    And (9) the SMM redirects the traffic to the source VNF by the schedule of its plan
    And (10) the SMM has the NS follow an NSD without the path of the destination VNF, once that handles no traffic
    And (11) the NFVO has the manager of the destination VNF terminate it, and the VIM remove networks that are not needed
    And (12) the manager of the destination VNF and the VIM report to the NFVO what is removed
    And (13) the NFVO reports to the SMM that the NS is as the NSD says
    And (14) the SMM keeps the generic VNFM, which manages other VNFs
    And (15) the SMM has the source VNF and its manager tested, and both pass
    And (end) the SMM releases what protected the replacement
    And no request within the NS is lost
    And at any moment there is a path that serves, and none is cut off that is in use
    And the replacement ends with the source version committed
    And these post-conditions hold
      | # | condition                                         |
      | 1 | the VNF works normally in its source version |
      | 2 | the VNFM is the specific one and works normally |

    Examples:
      | entity |
      | svnfm  |

  @interpretation:I-075 @interpretation:I-125
  Scenario Outline: At 14: the S-VNFM cannot be terminated, and serves again
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    And these faults are armed
      | actor | fault  | at                                     |
      | svnfm | refuse | POST /nfvmanoswm/v1/instance/terminate |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll the replacement back
    And (1) the SMM makes sure of the resources for the way back
    And (3) the SMM unlocks the new specific VNFM
    And (5) the SMM adds a parallel path with the source VNF to the NSD, and has the NS follow it
    And (6) the NFVO asks the manager of the source VNF to instantiate it, and the VIM for its virtual networks
    And (7) the manager of the source VNF and the VIM report to the NFVO what is instantiated
    And (8) the NFVO reports to the SMM that the NS is as the NSD says
    And (9) the SMM redirects the traffic to the source VNF by the schedule of its plan
    And (10) the SMM has the NS follow an NSD without the path of the destination VNF, once that handles no traffic
    And (11) the NFVO has the manager of the destination VNF terminate it, and the VIM remove networks that are not needed
    And (12) the manager of the destination VNF and the VIM report to the NFVO what is removed
    And (13) the NFVO reports to the SMM that the NS is as the NSD says
    And (14) the SMM keeps the generic VNFM, which manages other VNFs
    And (15) the SMM has the source VNF and its manager tested, and both pass
    And (end) the SMM releases what protected the replacement
    And no request within the NS is lost
    And at any moment there is a path that serves, and none is cut off that is in use
    And the replacement ends with the source version committed
    And these post-conditions hold
      | # | condition                                         |
      | 1 | the VNF works normally in its source version |
      | 2 | the VNFM is the specific one and works normally |

    Examples:
      | entity |
      | svnfm  |

  Scenario Outline: At 9: the traffic cannot be led over to the end
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    And these faults are armed
      | actor | fault  | at                      | after |
      | em    | refuse | PUT /steering/v1/routes | 1     |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll the replacement back
    And (9) the SMM redirects the traffic to the source VNF by the schedule of its plan
    And (10) the SMM has the NS follow an NSD without the path of the destination VNF, once that handles no traffic
    And (11) the NFVO has the manager of the destination VNF terminate it, and the VIM remove networks that are not needed
    And (12) the manager of the destination VNF and the VIM report to the NFVO what is removed
    And (13) the NFVO reports to the SMM that the NS is as the NSD says
    And (14) the SMM keeps the generic VNFM, which manages other VNFs
    And (15) the SMM has the source VNF and its manager tested, and both pass
    And (end) the SMM releases what protected the replacement
    And no request within the NS is lost
    And at any moment there is a path that serves, and none is cut off that is in use
    And the replacement ends with the source version committed
    And these post-conditions hold
      | # | condition                                         |
      | 1 | the VNF works normally in its source version |
      | 2 | the VNFM is the specific one and works normally |

    Examples:
      | entity |
      | svnfm  |

  @interpretation:I-071
  Scenario Outline: At 6 and 7: the destination VNF cannot be instantiated
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    And these faults are armed
      | actor | fault             | at                         | times |
      | gvnfm | missing-resources | vnf-lcm-operation/allocate | 20    |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll the replacement back
    And (11) the NFVO has the manager of the destination VNF terminate it, and the VIM remove networks that are not needed
    And (12) the manager of the destination VNF and the VIM report to the NFVO what is removed
    And (13) the NFVO reports to the SMM that the NS is as the NSD says
    And (14) the SMM keeps the generic VNFM, which manages other VNFs
    And (15) the SMM has the source VNF and its manager tested, and both pass
    And (end) the SMM releases what protected the replacement
    And no request within the NS is lost
    And at any moment there is a path that serves, and none is cut off that is in use
    And the replacement ends with the source version committed
    And these post-conditions hold
      | # | condition                                         |
      | 1 | the VNF works normally in its source version |
      | 2 | the VNFM is the specific one and works normally |

    Examples:
      | entity |
      | svnfm  |

  @interpretation:I-074
  Scenario Outline: At 3, 4, and 5 which has no entry: the new G-VNFM is of no use any more
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    And no generic VNFM can manage another VNF
    And these faults are armed
      | actor   | fault  | at   |
      | <actor> | refuse | <at> |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll the replacement back
    And (14) the SMM locks and terminates the generic VNFM, which manages no VNF any more
    And (15) the SMM has the source VNF and its manager tested, and both pass
    And (end) the SMM releases what protected the replacement
    And no request within the NS is lost
    And at any moment there is a path that serves, and none is cut off that is in use
    And the replacement ends with the source version committed
    And these post-conditions hold
      | # | condition                                         |
      | 1 | the VNF works normally in its source version |
      | 2 | the VNFM is the specific one and works normally |

    Examples:
      | entity | failed at | actor   | at                                           |
      | svnfm  | 3         | nfvo    | POST /nfvmanocim/v2/peer_entities            |
      | svnfm  | 4         | gvnfm-b | POST /peer/v1/connections                    |
      | svnfm  | 5         | nfvo    | POST /nsd/v1/ns_descriptors                  |

  Scenario Outline: At 2: the new G-VNFM does not come up
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    And no generic VNFM can manage another VNF
    And these faults are armed
      | actor   | fault  | at                                       |
      | gvnfm-b | refuse | POST /nfvmanoswm/v1/instance/instantiate |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll the replacement back
    And (15) the SMM has the source VNF and its manager tested, and both pass
    And (end) the SMM releases what protected the replacement
    And no request within the NS is lost
    And at any moment there is a path that serves, and none is cut off that is in use
    And the replacement ends with the source version committed
    And these post-conditions hold
      | # | condition                                         |
      | 1 | the VNF works normally in its source version |
      | 2 | the VNFM is the specific one and works normally |

    Examples:
      | entity |
      | svnfm  |

  @interpretation:I-074
  Scenario Outline: At 1, which has no entry: resources are missing, and nothing has changed
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    And these faults are armed
      | actor | fault             | at                        |
      | vim   | missing-resources | POST /vrm/v1/reservations |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll the replacement back
    And no request within the NS is lost
    And at any moment there is a path that serves, and none is cut off that is in use
    And the replacement ends with nothing changed
    And the SMM keeps the specific VNFM, which manages other VNFs

    Examples:
      | entity |
      | svnfm  |

  @note:1
  Scenario Outline: The S-VNFM does not come back
    Given a specific VNFM, the <entity>, whose VNF is to be managed by a generic one
    And these faults are armed
      | actor  | fault       | at                    |
      | tester | failed-test | test-run/suite-system |
      | svnfm-b | refuse | POST /nfvmanoswm/v1/instance/instantiate |
    When the external manager has the SMM move the target to the destination version
    Then (begin) the SMM decides to roll the replacement back
    And (1) the SMM makes sure of the resources for the way back
    And the replacement ends with a call for a person
    And the SMM keeps what a fallback needs
    And no request within the NS is lost
    And at any moment there is a path that serves, and none is cut off that is in use

    Examples:
      | entity |
      | svnfm  |
