"""Routes, headers, tiles, files and plain pages round the pages that Streamlit draws."""
