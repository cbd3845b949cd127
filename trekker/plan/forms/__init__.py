"""What the screens of the plan ask: versions and their parts, who leads."""

from trekker.plan.forms.leads import WorksFor
from trekker.plan.forms.revisions import Compare, NextYear, Origins, Trial, TrialName, named
from trekker.plan.forms.versions import (
    ActionForm,
    Adopt,
    DashboardFilter,
    GoalForm,
    IndicatorForm,
    LineForm,
    MomentForm,
    NewVersion,
    Note,
    Upload,
)

__all__ = [
    "ActionForm",
    "Adopt",
    "Compare",
    "DashboardFilter",
    "GoalForm",
    "IndicatorForm",
    "LineForm",
    "MomentForm",
    "NewVersion",
    "NextYear",
    "Note",
    "Origins",
    "Trial",
    "TrialName",
    "Upload",
    "WorksFor",
    "named",
]
