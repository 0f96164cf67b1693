"""What carries the actors' words: transports, tokens, time, and the recorder that writes every exchange down."""
