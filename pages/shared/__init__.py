"""What several pages use: frame, texts, state, caches and maps."""
