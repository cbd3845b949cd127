"""Persons, their positions over time, and the accounts that sign in."""
