"""What the phrases of features/ mean: lab up, stimulus armed, subject asked, history judged. Nothing imports this."""
