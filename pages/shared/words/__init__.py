"""The words that residents and officials read, alike wherever they stand."""
