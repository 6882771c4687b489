"""Themes, suggestions and the answer of a decision."""
