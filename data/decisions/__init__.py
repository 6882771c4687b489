"""The read side of a decision, and how far it reaches."""
