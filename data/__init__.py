"""Storage and rules: the only place for the database, the open data and what people upload."""
