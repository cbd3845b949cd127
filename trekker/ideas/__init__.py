"""Needs and opportunities for trainings and more, from noted to decided."""
