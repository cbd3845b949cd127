"""The addresses of feedback, a module per part of the platform."""
