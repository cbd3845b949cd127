"""Every change to a plan: reading a text into a concept, mending its nodes, adopting it."""

from trekker.plan.actions.forecasts import keep_forecasts
from trekker.plan.actions.leads import set_parties
from trekker.plan.actions.lines import note_export, remove_line, save_line
from trekker.plan.actions.locks import NotAConcept
from trekker.plan.actions.nodes import (
    CodeTaken,
    GoalUnderItself,
    add_goal,
    add_indicator,
    correct_action,
    correct_goal,
    correct_indicator,
    correct_moment,
    note_choice,
    remove_node,
    settle_remark,
)
from trekker.plan.actions.origins import NotEarlier, set_origins
from trekker.plan.actions.trials import (
    NameTaken,
    YearTaken,
    promote,
    revise_trial,
    start_next_year,
    start_trial,
)
from trekker.plan.actions.versions import (
    NothingChanged,
    Overtaken,
    ReasonMissing,
    TooEarly,
    adopt,
    copy_version,
    discard,
    start_version,
    store_proposal,
)

__all__ = [
    "CodeTaken",
    "GoalUnderItself",
    "NameTaken",
    "NotAConcept",
    "NotEarlier",
    "NothingChanged",
    "Overtaken",
    "ReasonMissing",
    "TooEarly",
    "YearTaken",
    "add_goal",
    "add_indicator",
    "adopt",
    "copy_version",
    "correct_action",
    "correct_goal",
    "correct_indicator",
    "correct_moment",
    "discard",
    "keep_forecasts",
    "note_choice",
    "note_export",
    "promote",
    "remove_line",
    "remove_node",
    "revise_trial",
    "save_line",
    "set_origins",
    "set_parties",
    "settle_remark",
    "start_next_year",
    "start_trial",
    "start_version",
    "store_proposal",
]
