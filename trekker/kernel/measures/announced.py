"""Measures whose register does not exist yet."""
