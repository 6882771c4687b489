-- What caches are kept by: a row for each change, counted by name.

CREATE TABLE changes (name VARCHAR NOT NULL);
