"""Signing in, by a one-time link or the municipality's identity provider, and out."""
