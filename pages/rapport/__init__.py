"""The report, for officials: choose, see what is missing, make it, fetch it."""
