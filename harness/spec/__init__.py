"""The editor's desk: reads a document of the GR's shape, finds what is wrong in its flows, shows what failures do.

Knows nothing of the lab, the SMM or the judge: what it knows it reads in the document. `sources` turn a file into
blocks, `build` makes the model of them, `lint`, `world`, `drawing`, `coverage` and `editions` work on the model alone.
"""
