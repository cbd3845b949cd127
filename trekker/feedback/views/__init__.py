"""The screens of feedback, a module per subject."""
