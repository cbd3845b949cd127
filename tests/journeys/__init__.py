"""A person's way through the platform, in a real Chromium with a real server and real mail."""
