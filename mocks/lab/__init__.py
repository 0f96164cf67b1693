"""A topology in, running actors out."""
