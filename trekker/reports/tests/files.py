"""Files of reports for tests."""

from __future__ import annotations

from trekker.reports.models import ReportFile
from trekker.reports.tests.factories import NOW


def ready_file(**changes) -> ReportFile:
    """Make a file that is ready: the annual report of 2026 as a page."""
    facts = {
        "year": 2026,
        "kind": "annual",
        "format": "html",
        "state": "READY",
        "step": "DONE",
        "name": "jaarrapport-2026.html",
        "said": "met de cijfers van 30 november 2026",
        "content": b"<!doctype html><html lang='nl'><head><title>Rapport</title></head>"
        b"<body><h1>Rapport</h1></body></html>",
        "size": 100,
        "asked_at": NOW,
        "beat_at": NOW,
    }
    return ReportFile.objects.create(**{**facts, **changes})
