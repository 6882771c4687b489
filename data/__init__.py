"""Storage and rules: the only place that opens DuckDB, the open data and what people upload."""
