"""Reports, what was written in them, the figures that were fixed, and who else reads of them."""

from trekker.reports.models.file import ReportFile, ReportFileQuerySet
from trekker.reports.models.narrative import NarrativeText
from trekker.reports.models.publication import Publication, PublicationQuerySet
from trekker.reports.models.report import STEPS, Report, ReportQuerySet, ReportStep
from trekker.reports.models.signals import SignalChoice
from trekker.reports.models.snapshot import Fixed, Snapshot, SnapshotQuerySet

__all__ = [
    "STEPS",
    "Fixed",
    "NarrativeText",
    "Publication",
    "PublicationQuerySet",
    "Report",
    "ReportFile",
    "ReportFileQuerySet",
    "ReportQuerySet",
    "ReportStep",
    "SignalChoice",
    "Snapshot",
    "SnapshotQuerySet",
]
