"""How the figures are made, in plain words."""
