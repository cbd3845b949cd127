"""Every change to a report: starting, writing, each step, fixing and restating."""

from trekker.reports.actions.fixing import FiguresMoved, NotOver, fix
from trekker.reports.actions.publishing import NothingToShow, count_again, publish, take_off
from trekker.reports.actions.signals import choose_day, send_signals
from trekker.reports.actions.steps import (
    NotReady,
    ReasonMissing,
    ReportExists,
    WrongDay,
    WrongStep,
    move,
    restate,
    start_report,
)
from trekker.reports.actions.writing import NotWritable, WrittenMeanwhile, write_narrative

__all__ = [
    "FiguresMoved",
    "NotOver",
    "NotReady",
    "NotWritable",
    "NothingToShow",
    "ReasonMissing",
    "ReportExists",
    "WrittenMeanwhile",
    "WrongDay",
    "WrongStep",
    "choose_day",
    "count_again",
    "fix",
    "move",
    "publish",
    "restate",
    "send_signals",
    "start_report",
    "take_off",
    "write_narrative",
]
