"""Storage: the only place that opens DuckDB or a file, and where the rules of the service stand."""
