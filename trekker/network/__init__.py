"""Channels and dated memberships: who belongs to the network, since when and why."""
