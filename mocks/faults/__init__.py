"""Faults of the lab: what goes wrong at an actor, where, when, how often, and how it heals."""
