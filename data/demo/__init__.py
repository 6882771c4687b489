"""The examples, all of them invented and marked."""
