"""The GR as Gherkin: what the judge is asked to find. Data only."""
