"""The HTTP faces of the entities: one thin Flask blueprint an API, no behaviour of its own."""
