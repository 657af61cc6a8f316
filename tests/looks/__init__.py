"""How a live block looks in each theme, as pictures for the docs."""
