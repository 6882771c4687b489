"""Land and people: shipped and loaded layers, cells, demography, places and the base map."""
