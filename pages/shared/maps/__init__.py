"""Maps: the only place that sees folium. No text that a person wrote ever comes in here."""
