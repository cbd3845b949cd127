"""Registering on the public site, and the pages behind a personal link, by page."""
