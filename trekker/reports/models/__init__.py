"""Reports, what was written in them, and the figures that were fixed."""

from trekker.reports.models.narrative import NarrativeText
from trekker.reports.models.report import STEPS, Report, ReportQuerySet, ReportStep
from trekker.reports.models.snapshot import Fixed, Snapshot, SnapshotQuerySet

__all__ = [
    "STEPS",
    "Fixed",
    "NarrativeText",
    "Report",
    "ReportQuerySet",
    "ReportStep",
    "Snapshot",
    "SnapshotQuerySet",
]
