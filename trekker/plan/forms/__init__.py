"""What the screens of the plan ask: versions and their parts, who leads."""

from trekker.plan.forms.leads import WorksFor
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
    "DashboardFilter",
    "GoalForm",
    "IndicatorForm",
    "LineForm",
    "MomentForm",
    "NewVersion",
    "Note",
    "Upload",
    "WorksFor",
]
