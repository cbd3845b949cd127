"""Requests for a session lose the name of who asked after their term."""
