"""Dutch notation."""
