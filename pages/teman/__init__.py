"""Sorting comments into themes, answering them, and publishing what became of the decision."""
