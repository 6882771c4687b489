"""Planning a dialogue: how far a decision reaches, and what the figures rest on."""
