"""The forms of feedback, a module per subject."""
