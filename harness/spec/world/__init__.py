"""What a flow does to the world: instances, their service interfaces, their state data, the paths of network services.

`actions` reads from the words of a row what is done to what, `state` is the world that it is done to, `walk` goes
through the rows of a flow and of the rollback that takes it back. Shared by the lint's semantic rules and "what if".
"""
