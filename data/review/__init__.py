"""What officials do to comments: review, answer, move, and enter for others."""
