"""What can go wrong with a lab, each with a message that says what to do.

    LabError
      PortTaken
      ActorUnknown
      EngineError
      StateError
TopologyError (topology.py) stands by itself: it is about a file.
"""

from __future__ import annotations


class LabError(Exception):
    """The lab cannot do what was asked of it."""


class PortTaken(LabError):
    """A port that the topology asks for is in use."""


class EngineError(LabError):
    """The container engine is not there, or refuses."""


class StateError(LabError):
    """An entity's state cannot be kept, or what is in its file is not its state."""


class ActorUnknown(LabError):
    """No actor of that name is in the lab."""
