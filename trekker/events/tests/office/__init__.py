"""The screens of activities in the back office."""
