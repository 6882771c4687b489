"""The HTTP side: open data, tiles, sign-in and security headers around the pages."""
