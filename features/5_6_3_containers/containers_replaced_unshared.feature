# Clause 5.6.3.7: the same without internal support. Another instance of the CISM takes the place, and NFV-MANO sees nothing.
@clause:5.6.3 @clause:5.6.3.7 @support:none @interpretation:I-056
Feature: A VNF replaces the CISM that it embeds for itself, without impact on NFV-MANO

  Scenario Outline: NFV-MANO neither takes part nor changes
    Given a VNF that embeds a CISM without internal support for itself alone, <entity>
    When the owner of the VNF has it replace its CISM by one of the destination version
    Then the VNF replaces its embedded CISM by one of the destination version by itself
    And nfvo, nfvo-2, vnfm, vim, wim, cism, smm, tester take no part in it
    And NFV-MANO stays as it is while the VNF modifies its embedded CISM

    Examples:
      | entity            |
      | vnf-cism@unshared |
