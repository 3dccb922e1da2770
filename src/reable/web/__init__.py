"""The web: a running clinic around the pure core."""
