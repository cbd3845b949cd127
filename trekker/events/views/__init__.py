"""Screens of activities, by what they are about."""
