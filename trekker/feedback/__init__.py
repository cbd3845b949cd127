"""Asking people afterwards what they took home, and months later what came of it."""
