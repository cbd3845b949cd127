"""Ideas that become events, and requests for a session, in the back office."""
