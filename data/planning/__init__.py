"""Writing a decision: drafts, the promise, its area, publishing, and what is imported."""
