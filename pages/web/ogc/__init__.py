"""OGC API – Features, Part 1 (Core 1.0, OGC 17-069r4), over the same public data as /api/v1."""
