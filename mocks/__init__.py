"""The lab: mock NFV-MANO entities, their APIs, faults, and the wire that records everything they say."""

__version__ = "0.1.0"
