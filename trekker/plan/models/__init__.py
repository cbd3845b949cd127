"""The plan, its yearly versions, what each version promises, and what was foretold of it."""

from trekker.plan.models.forecast import Forecast
from trekker.plan.models.meeting import Agreement, Meeting, Minute
from trekker.plan.models.node import (
    Action,
    Goal,
    Indicator,
    IndicatorLine,
    Lead,
    Moment,
    Node,
    Passage,
    Remark,
)
from trekker.plan.models.progress import Progress, ProgressNote
from trekker.plan.models.representative import Representative
from trekker.plan.models.version import Plan, PlanVersion, PlanVersionQuerySet

__all__ = [
    "Action",
    "Agreement",
    "Forecast",
    "Goal",
    "Indicator",
    "IndicatorLine",
    "Lead",
    "Meeting",
    "Minute",
    "Moment",
    "Node",
    "Passage",
    "Plan",
    "PlanVersion",
    "PlanVersionQuerySet",
    "Progress",
    "ProgressNote",
    "Remark",
    "Representative",
]
