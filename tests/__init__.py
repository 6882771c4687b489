"""Rules of the service as tests, and the tools they share."""
