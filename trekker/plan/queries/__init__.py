"""Answers about the plan: its figures on a day, and its nodes beside their text."""
