"""Tags of the screens of an import."""
