"""Pieces that several pages draw alike."""
