"""Functional entities as plain Python state machines: no HTTP, no Flask, no sleep, nothing of the rest of mocks."""
