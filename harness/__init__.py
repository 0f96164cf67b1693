"""The harness: what drives, judges and reads. It knows the lab only by what crosses the wire."""
