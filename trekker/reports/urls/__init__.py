"""Addresses of reports, all under the back office."""
