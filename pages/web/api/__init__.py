"""The open data: read only, no key, the same figures as the pages show."""
