"""Tags for the pages of results."""
