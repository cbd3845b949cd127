"""The public pages: home, privacy, accessibility."""
