"""Answers that end in a report, as frozen dataclasses."""
