"""The result of a dialogue, layer by layer."""
