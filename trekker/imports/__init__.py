"""Every file from outside: read, recognise, map, match, preview, store in one transaction."""
