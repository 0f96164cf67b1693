"""The judge: a recorded history in, findings out. No I/O, and no knowledge of how a subject works inside."""
