"""Answers about evaluations that take more than one table, a module per subject."""
