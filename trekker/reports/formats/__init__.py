"""Drawings and files of reports."""
