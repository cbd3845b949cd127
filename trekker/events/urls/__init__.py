"""Addresses of activities: the public agenda, and our own screens in the back office."""
