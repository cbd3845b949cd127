"""An invented year, so that a newcomer sees the platform at work."""
