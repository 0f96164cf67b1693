# Clause 5.6.2.7: a CISM that a VNF embeds for itself is not visible to NFV-MANO. That nothing happens there is what is to be seen.
@clause:5.6.2 @clause:5.6.2.7 @support:internal-seamless @interpretation:I-056
Feature: A VNF modifies the CISM that it embeds for itself, without impact on NFV-MANO

  Scenario Outline: NFV-MANO neither takes part nor changes
    Given a VNF that embeds a CISM for itself alone, <entity>
    When the owner of the VNF has it move its CISM to the destination version
    Then the VNF moves its embedded CISM to the destination version by itself
    And nfvo, nfvo-2, vnfm, vim, wim, cism, smm, tester take no part in it
    And NFV-MANO stays as it is while the VNF modifies its embedded CISM

    Examples:
      | entity            |
      | vnf-cism@unshared |
