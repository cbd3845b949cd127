"""Making an activity, changing it, and moving it on."""
