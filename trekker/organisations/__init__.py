"""Local governments and partners, what they count for, their mergers and mail domains."""
